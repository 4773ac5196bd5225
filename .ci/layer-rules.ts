import { isSupportFile } from './repo-files.ts';

/** An import of one file by another; both paths are relative to the repository's root, with `/`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** From the top down: a file may import its own layer and those below it. `entities.ts` is the list the ORM gets. */
const layers = [
  'main',
  'server',
  'start-problem',
  'app',
  'entities',
  'http',
  'rpc',
  'features',
  'content',
  'platform',
] as const;

/** The layer of a file of `server/src`; -1 for a file that belongs to none. */
const layerOf = (path: string): number => {
  const name = /^server\/src\/([^/]+?)(?:\.ts)?(?:\/|$)/u.exec(path)?.[1];
  return layers.findIndex((layer) => layer === name);
};

const featureOf = (path: string) => /^server\/src\/features\/([^/]+)\//u.exec(path)?.[1];
const workspaceOf = (path: string) => path.split('/')[0];

const configuration = 'server/src/config.ts';

const betweenLayers = ({ from, to, typeOnly }: Edge): string | undefined => {
  if (to === configuration)
    return typeOnly || layerOf(from) <= layers.indexOf('app')
      ? undefined
      : 'only main.ts, server.ts and app.ts read the configuration; elsewhere take its type and a value handed in';
  if (from === configuration)
    return layerOf(to) === layers.length - 1 || typeOnly
      ? undefined
      : 'config.ts imports nothing above platform';
  const [upper, lower] = [layerOf(from), layerOf(to)];
  if (lower === -1)
    return `${to} belongs to no layer (${layers.join(', ')}, config.ts): move it into one`;
  return lower >= upper
    ? undefined
    : `${layers[upper]} must not import ${layers[lower]}: the order is ${layers.join(' -> ')}`;
};

const betweenFeatures = ({ from, to }: Edge): string | undefined => {
  const [mine, other] = [featureOf(from), featureOf(to)];
  if (mine === undefined || other === undefined || mine === other) return undefined;
  return to === `server/src/features/${other}/index.ts`
    ? undefined
    : `feature ${mine} reaches ${other} only through features/${other}/index.ts`;
};

/** Why one file must not import the other, and what to do; undefined when it may. */
export const layerComplaint = (edge: Edge): string | undefined => {
  const { from, to } = edge;
  const configures = from.endsWith('.config.ts') && to.startsWith('.ci/');
  if (workspaceOf(from) !== workspaceOf(to) && !configures)
    return 'another workspace is imported by its package name, not by a path';
  if (isSupportFile(from)) return undefined;
  if (isSupportFile(to)) return 'production code imports nothing from tests, benchmarks or scripts';
  if (!from.startsWith('server/src/')) return undefined;
  if (layerOf(from) === -1 && from !== configuration)
    return `${from} belongs to no layer (${layers.join(', ')}, config.ts): move it into one`;
  return betweenLayers(edge) ?? betweenFeatures(edge);
};
