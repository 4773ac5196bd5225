import { z } from 'zod';
import type { Method, Path, Route } from '../contract.ts';
import { controlCharacters } from '../primitives.ts';
import type { Permission } from '../permissions.ts';

/** The routes of an operation that is served under `/v1` and, the same, under `/api/v1`. */
export function platformRoutes(
  path: Path,
  main: Method,
  ...further: Method[]
): Route & { readonly family: 'platform'; readonly also: readonly Route[] } {
  const methods = [main, ...further];
  const routes = methods.flatMap((method): Route[] => [
    { method, path: `/v1${path}` },
    { method, path: `/api/v1${path}` },
  ]);
  return { family: 'platform', method: main, path: `/v1${path}`, also: routes.slice(1) };
}

/** What people and roles belong to: the operations of both are alike. */
export interface ScopeOfMembers {
  readonly path: '/teams/{id}' | '/projects/{id}';
  readonly tag: string;
  /** How sentences call it. */
  readonly noun: 'team' | 'project';
}

/** The access of an operation in the team or project whose id is the input's `id`. */
export const inScope = (
  { noun }: ScopeOfMembers,
  permission: Permission,
): { readonly permission: Permission; readonly team?: string; readonly project?: string } =>
  noun === 'team' ? { permission, team: 'id' } : { permission, project: 'id' };

/** An id in a path: any text; what is no id of ours is simply not found. */
export const pathId = (what: string, example: string) =>
  z
    .string()
    .min(1)
    .max(100)
    .meta({ description: `Id of the ${what}`, example });

/** `{id}` of the team or the project. */
export const scopeId = ({ noun }: ScopeOfMembers) =>
  pathId(noun, `${noun === 'team' ? 'team' : 'proj'}_01kaj5cz5rf4q9t2jw2hq5m8e3`);

/** A name on one line, with something in it that can be seen. */
export const oneLine = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(new RegExp(`^[^\\s${controlCharacters}][^${controlCharacters}]*$`), {
      error: 'Use one line of text that does not begin with a space',
    });
