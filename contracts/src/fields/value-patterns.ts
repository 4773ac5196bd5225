/**
 * What the text of a value must look like. Each is a whole rule: the validator, the OpenAPI document
 * and the schemas of defaults all use it, so they cannot disagree.
 */

/** Letters beyond ASCII, without spaces and separators. */
const beyondAscii = '\\u00a1-\\u167f\\u1681-\\u1fff\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf';

/** A dot-atom of up to 64 characters at a domain with at least one dot: what browsers accept, but for
 * `user@localhost`. */
export const emailPattern =
  /^(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** An absolute http or https address: other schemes (`javascript:`) are no links to follow. */
export const urlPattern = new RegExp(
  `^[Hh][Tt][Tt][Pp][Ss]?://([A-Za-z0-9._~%!$&'()*+,;=:-]+@)?([A-Za-z0-9_${beyondAscii}]([A-Za-z0-9_.${beyondAscii}-]*[A-Za-z0-9_${beyondAscii}])?\\.?|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?([/?#][^\\s\\u0000-\\u001f\\u007f<>"]*)?$`,
);

/** A segment: letters and digits of any script, `-`, `_`, `~`, and `.` but not first. */
const segment = `[A-Za-z0-9_~${beyondAscii}-][A-Za-z0-9_.~${beyondAscii}-]*`;

/** A path of segments, such as `release/v24.0.0`: never `..`, never empty between slashes. */
export const slugPattern = new RegExp(`^${segment}(/${segment})*$`);

/** The form of a date; that the day exists is checked beside it. */
export const datePattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** The form of an RFC 3339 time; that it exists is checked beside it. */
export const dateTimePattern =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$/;

export const entryIdPattern = /^ent_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
export const fieldIdPattern = /^fld_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
