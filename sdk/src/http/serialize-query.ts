/**
 * Writes a query as the server reads it: objects in brackets (`filter[title][eq]=a`), lists joined
 * by commas, nothing for what is undefined or null.
 */
export function serializeQuery(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .flatMap(([key, value]) => pairs(encodeURIComponent(key), value))
    .join('&');
}

function pairs(key: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return [`${key}=${value.map((item) => encoded(item)).join(',')}`];
  if (typeof value === 'object' && !(value instanceof Date))
    return Object.entries(value).flatMap(([inner, item]) =>
      pairs(`${key}[${encodeURIComponent(inner)}]`, item),
    );
  return [`${key}=${encoded(value)}`];
}

const encoded = (value: unknown): string =>
  encodeURIComponent(value instanceof Date ? value.toISOString() : String(value));
