import type { Project } from '../../content/context.ts';
import type { Projects } from '../../content/services.ts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import { isId } from '../../platform/ids/ids.ts';

/** The PostgreSQL channel on which a project's id says that it has changed. */
export const projectsChannel = 'cms_projects';

/** Projects kept in memory. */
const MAX_PROJECTS = 10_000;

const columns = 'id, name, status, visibility, default_locale';
const byId = prepared(`select ${columns} from projects where id = $1 and deleted_at is null`);
const byDefault = prepared(`select ${columns} from projects where is_default`);

interface Row extends Omit<Project, 'defaultLocale'> {
  readonly default_locale: string;
}

/** The projects in use, kept in memory until they change; another server's change is announced. */
export class ProjectRegistry implements Projects {
  readonly #sql: Sql;
  readonly #known = new Map<string, Promise<Project | undefined>>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  find(id: string | undefined): Promise<Project | undefined> {
    if (id !== undefined && !isId('proj', id)) return Promise.resolve(undefined);
    const key = id ?? '';
    const known = this.#known.get(key);
    if (known) return known;
    const loading = this.#load(id);
    if (this.#known.size >= MAX_PROJECTS) this.#known.clear();
    this.#known.set(key, loading);
    const drop = () => {
      if (this.#known.get(key) === loading) this.#known.delete(key);
    };
    // Neither a failed look-up nor a project that is not there is worth keeping.
    loading.then((found) => (found ? undefined : drop()), drop);
    return loading;
  }

  forget(id?: string): void {
    if (id === undefined) this.#known.clear();
    else this.#known.delete(id);
    // The default project is kept by no id.
    this.#known.delete('');
  }

  async #load(id: string | undefined): Promise<Project | undefined> {
    const [row] =
      id === undefined
        ? await this.#sql.rows<Row>(byDefault, [])
        : await this.#sql.rows<Row>(byId, [id]);
    if (!row) return undefined;
    const { default_locale: defaultLocale, ...project } = row;
    return { ...project, defaultLocale };
  }
}
