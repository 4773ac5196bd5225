import type { FieldTypeName } from '@cms/contracts';
import type { Field } from '../field.ts';
import { blocksType } from './blocks.ts';
import { boolType } from './bool.ts';
import { componentType } from './component.ts';
import { dateType } from './date.ts';
import { datetimeType } from './datetime.ts';
import { editorType } from './editor.ts';
import { emailType } from './email.ts';
import type { FieldType } from './field-type.ts';
import { geoPointType } from './geo-point.ts';
import { integerType } from './integer.ts';
import { jsonType } from './json.ts';
import { numberType } from './number.ts';
import { relationType } from './relation.ts';
import { selectType } from './select.ts';
import { slugType } from './slug.ts';
import { textType } from './text.ts';
import { urlType } from './url.ts';

/** Everything the product knows of each type; a new type is one file and one line here. */
const registry: { readonly [T in FieldTypeName]: FieldType<T> } = {
  text: textType,
  editor: editorType,
  email: emailType,
  url: urlType,
  slug: slugType,
  number: numberType,
  integer: integerType,
  bool: boolType,
  date: dateType,
  datetime: datetimeType,
  select: selectType,
  json: jsonType,
  relation: relationType,
  geo_point: geoPointType,
  component: componentType,
  blocks: blocksType,
};

/** What is known of a field's type. */
export const typeOf = (field: Field): FieldType<FieldTypeName> => registry[field.type];
