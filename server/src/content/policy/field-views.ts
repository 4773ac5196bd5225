import type { Field } from '../fields/field.ts';
import { compileShape, type Shape } from '../fields/shape.ts';
import { isAboveRules } from './access.ts';
import { type Asker, requestOf } from './bound-rule.ts';
import type { FieldRules, RuledField } from './field-rules.ts';

/** What a caller sees of a collection's fields. */
export interface FieldView {
  /** Tells it from the other views of a revision: what is shown by another has another ETag. */
  readonly name: string;
  readonly shape: Shape;
  /** False for a field that is as good as absent: to filter and to sort by, too. */
  reads(field: Field): boolean;
}

/** Views kept in memory; there are as many as ways in which rules hold together. */
const MAX_VIEWS = 64;

/** The ways in which the fields of a collection are seen; each is made once per revision. */
export class FieldViews {
  /** For who manages the schema: everything, and for everybody else where no field has a rule. */
  readonly all: FieldView;
  readonly open: FieldView;
  readonly #fields: readonly Field[];
  readonly #ruled: readonly RuledField[];
  readonly #masked = new Map<string, FieldView>();

  constructor(fields: readonly Field[], rules: FieldRules) {
    this.#fields = fields;
    this.#ruled = rules.read;
    // Dropping a field rewrites its rows, so no stored key is ever without a field.
    const shape = compileShape(fields, { retired: false, showHidden: true });
    this.all = { name: 'all', shape, reads: () => true };
    this.open = this.#without('open', new Set());
  }

  /** The view of who asks. */
  of(asker: Asker): FieldView {
    if (isAboveRules(asker.principal)) return this.all;
    if (this.#ruled.length === 0) return this.open;
    const asked = { ...requestOf(asker), data: {} };
    const closed = this.#ruled.filter(({ opens }) => !opens(asked));
    if (closed.length === 0) return this.open;
    const name = closed.map(({ field }) => field.id.slice(4)).join('-');
    const known = this.#masked.get(name);
    if (known) return known;
    const view = this.#without(
      `${closed.length}-${name}`,
      new Set(closed.map(({ field }) => field)),
    );
    if (this.#masked.size >= MAX_VIEWS) this.#masked.clear();
    this.#masked.set(name, view);
    return view;
  }

  #without(name: string, without: ReadonlySet<Field>): FieldView {
    return {
      name,
      shape: compileShape(this.#fields, { retired: false, without }),
      reads: (field) => !field.hidden && !without.has(field),
    };
  }
}
