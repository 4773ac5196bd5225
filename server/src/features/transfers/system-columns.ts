/** What the CSV of entries has beside their fields. */
export const systemColumns = ['id', 'status', 'created_at', 'updated_at'] as const;

/** Every key that an entry has of the system's, under either name: an import passes over them. */
const known = new Set<string>([
  ...systemColumns,
  'collection',
  'version',
  'locale',
  'published_at',
  'created_by',
  'updated_by',
]);

/** The system column that a name means where no field is called so. */
export function systemColumn(name: string): string | undefined {
  const short = name.startsWith('sys.') ? name.slice(4) : name;
  return known.has(short) ? short : undefined;
}
