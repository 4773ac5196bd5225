// temporary, being written
import type { Field } from './field.ts';
export function convertValue(from: Field, to: Field, value: unknown): { value: unknown } | 'lost' {
  if (to.type === 'text') return { value: String(value) };
  if (to.type === 'number' && Number.isFinite(Number(value))) return { value: Number(value) };
  return 'lost';
}
