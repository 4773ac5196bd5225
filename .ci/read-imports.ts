import { parseSync, Visitor } from 'oxc-parser';

/** One mention of another module. */
export interface Import {
  /** As written: `zod`, `./entry.ts`, `@cms/contracts`. */
  readonly specifier: string;
  /** True when nothing of it is left at run time (`import type`, `import('x').Y` as a type). */
  readonly typeOnly: boolean;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Every module that a TypeScript text names: imports, re-exports, `import()` and type imports.
 * `import { type X }` counts as a real import, since type stripping leaves `import {} from` behind.
 * A computed `import(name)` is not seen. Throws with the parser's message when the text is no TypeScript.
 */
export const readImports = (path: string, text: string): Import[] => {
  const parsed = parseSync(path, text);
  const [error] = parsed.errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  const found: Import[] = [];
  const add = (source: unknown, start: number, typeOnly: boolean) => {
    if (typeof source !== 'string') return;
    found.push({ specifier: source, typeOnly, line: text.slice(0, start).split('\n').length });
  };
  const literal = (node: { type: string }) => ('value' in node ? node.value : undefined);
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.start, node.importKind === 'type'),
    ExportNamedDeclaration: (node) =>
      add(node.source?.value, node.start, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source.value, node.start, node.exportKind === 'type'),
    ImportExpression: (node) => add(literal(node.source), node.start, false),
    TSImportType: (node) => add(literal(node.source), node.start, true),
  }).visit(parsed.program);
  return found.toSorted((one, other) => one.line - other.line);
};
