/**
 * Writes a query as the server reads it: objects in brackets (`filter[title][eq]=a`), lists joined
 * by commas, or within brackets numbered (values may hold commas), nothing for what is undefined or null.
 */
export function serializeQuery(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .flatMap(([key, value]) =>
      Array.isArray(value)
        ? [`${encodeURIComponent(key)}=${value.map((item) => encoded(item)).join(',')}`]
        : pairs(encodeURIComponent(key), value),
    )
    .join('&');
}

function pairs(key: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object' && !(value instanceof Date))
    return Object.entries(value).flatMap(([inner, item]) =>
      pairs(`${key}[${encodeURIComponent(inner)}]`, item),
    );
  return [`${key}=${encoded(value)}`];
}

const encoded = (value: unknown): string =>
  encodeURIComponent(value instanceof Date ? value.toISOString() : String(value));
