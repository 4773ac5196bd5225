import type { z } from 'zod';

type Schema = z.core.$ZodType;
type TypeText = (value: unknown) => unknown;

const keep: TypeText = (value) => value;

const toNumber: TypeText = (value) =>
  typeof value === 'string' && /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value) ? Number(value) : value;

const toBoolean: TypeText = (value) => {
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : value;
};

/** How the text of a value becomes what its schema wants; what does not fit stays as it is, for the
 * schema to refuse. */
function typerOf(schema: Schema): TypeText {
  const { def } = schema._zod as unknown as {
    def: { type: string; innerType?: Schema; element?: Schema; options?: readonly Schema[] };
  };
  if (def.innerType) return typerOf(def.innerType);
  if (def.type === 'number' || def.type === 'int') return toNumber;
  if (def.type === 'boolean') return toBoolean;
  if (def.type === 'array') {
    const item = typerOf(def.element as Schema);
    return (value) => {
      const items: unknown = typeof value === 'string' ? value.split(',') : value;
      return Array.isArray(items) ? items.map((each) => item(each)) : value;
    };
  }
  return keep;
}

/** Compiles the typing of a whole input: numbers, booleans and lists from text, known keys only. */
export function textTyper(input: z.ZodObject): (values: Record<string, unknown>) => void {
  const typers = Object.entries(input.shape)
    .map(([key, schema]) => [key, typerOf(schema as Schema)] as const)
    .filter(([, typer]) => typer !== keep);
  return (values) => {
    for (const [key, typer] of typers)
      if (Object.hasOwn(values, key)) values[key] = typer(values[key]);
  };
}
