// temporary, being written
import type { FieldDefinition } from '@cms/contracts';
import { canonicalType } from '@cms/contracts';
import type { Field } from './field.ts';
export function normaliseFields(defs: readonly FieldDefinition[], o: { existing?: readonly Field[]; usedKeys: Set<string>; newId(): string }): { fields: Field[] } | { issues: { field: string; message: string; code: string }[] } {
  const level = (ds: readonly FieldDefinition[], existing: readonly Field[], keys: Set<string>): Field[] => ds.map((d) => {
    const was = existing.find((e) => (d.id ? e.id === d.id : e.name === d.name));
    let key = was?.key ?? d.name; while (!was && keys.has(key)) key += '_2'; keys.add(key);
    const type = canonicalType(d.type); const v = Object.fromEntries(Object.entries(d.validation ?? {}).filter(([k]) => k !== 'required' && k !== 'unique'));
    const opts: Record<string, unknown> = { ...v, ...d.options };
    if (['select', 'relation', 'component'].includes(type)) opts['multiple'] ??= false;
    if (type === 'relation') opts['on_delete'] ??= 'restrict';
    const w = was?.options as any;
    if (opts['fields']) opts['fields'] = level(opts['fields'] as any, w?.fields ?? [], new Set());
    if (opts['blocks']) opts['blocks'] = Object.fromEntries(Object.entries(opts['blocks'] as any).map(([n, f]: any) => [n, level(f, w?.blocks?.[n] ?? [], new Set())]));
    return { id: was?.id ?? o.newId(), key, name: d.name, ...(d.label ? { label: d.label } : {}), type, required: d.required ?? d.validation?.required ?? false, unique: d.unique ?? d.validation?.unique ?? false, indexed: d.indexed ?? false, localized: false, hidden: d.hidden ?? false, readonly: d.readonly ?? false, ...(d.default === undefined ? {} : { default: d.default }), ...(d.message ? { message: d.message } : {}), options: opts } as unknown as Field;
  });
  return { fields: level(defs, o.existing ?? [], o.usedKeys) };
}
