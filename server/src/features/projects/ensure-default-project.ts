import type { Services } from '../../content/services.ts';

const insert = {
  text: `insert into projects (id, name, visibility, is_default, created_at, updated_at)
    values ($1, 'Default', 'public', true, $2, $2)
    on conflict (is_default) where is_default do nothing`,
};

/** Makes sure that the instance has its default project; two servers at once make one. */
export async function ensureDefaultProject({ database, clock, newId }: Services): Promise<void> {
  await database.sql.rows(insert, [newId('proj'), clock.now().toISOString()]);
}
