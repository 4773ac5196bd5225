import { writeFileSync } from 'node:fs';
import { contracts } from '@cms/contracts';
import { buildDocument } from '@cms/contracts/openapi';
import openapiTS, { astToString, COMMENT_HEADER, type OpenAPI3 } from 'openapi-typescript';
import sdk from '../package.json' with { type: 'json' };

/**
 * Writes `openapi.json` and `src/schema.d.ts` from the contracts alone: no server, no database, no
 * network, and the same text each time.
 */
const here = (path: string): URL => new URL(`../${path}`, import.meta.url);

/** Keys in order, so that a moved contract is no change. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map(([key, item]) => [key, sorted(item)]));
}

const document = sorted(buildDocument(contracts, { version: sdk.version })) as OpenAPI3;
const text = `${JSON.stringify(document, null, 2)}\n`;
writeFileSync(here('openapi.json'), text);

// A copy: the generator may write into what it is given.
const types = await openapiTS(JSON.parse(text) as OpenAPI3, {
  alphabetize: true,
  defaultNonNullable: false,
  rootTypes: true,
  silent: true,
});
writeFileSync(here('src/schema.d.ts'), COMMENT_HEADER + astToString(types));
