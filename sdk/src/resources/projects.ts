import type { CallOptions, ChangeOptions, CreateOptions } from '../call-options.ts';
import type { components, operations } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';
import { allPages } from './all-pages.ts';

type Schemas = components['schemas'];
/** A project as the server shows it. */
export type Project = Schemas['Project'];
export type ProjectPage = Schemas['ProjectPage'];
/** What a new project takes. */
export type NewProject = Schemas['ProjectsCreateBody'];
/** What a change of a project takes. */
export type ProjectChange = Schemas['ProjectsUpdateBody'];
type ListQuery = NonNullable<operations['projects_list']['parameters']['query']>;

export interface ProjectsResource {
  /** One page of the projects that you may read, the newest first. */
  list(query?: ListQuery, options?: CallOptions): Promise<ProjectPage>;
  /** All of them, page by page as the loop asks for them. */
  iterate(query?: ListQuery, options?: CallOptions): AsyncGenerator<Project, void, undefined>;
  get(id: string, options?: CallOptions): Promise<Project>;
  create(project: NewProject, options?: CreateOptions): Promise<Project>;
  /** Changes what is given; `ifMatch` is the revision that you read. */
  update(id: string, change: ProjectChange, options?: ChangeOptions): Promise<Project>;
  /** Deletes a project; for a while it can be restored. */
  delete(id: string, options?: ChangeOptions): Promise<void>;
  restore(id: string, options?: CallOptions): Promise<Project>;
}

const LARGEST_PAGE = 100;
const root = '/v1/projects';
const one = '/v1/projects/{id}';

/** Projects. Every call throws ApiError or NetworkError. */
export function projectsResource({ raw, with: init }: Transport): ProjectsResource {
  const at = (id: string) => ({ params: { path: { id } } });
  const project = async (reply: Promise<{ data?: { data: Project } }>): Promise<Project> =>
    (await dataOf(reply)).data;
  return {
    list: (query = {}, options = {}) =>
      dataOf(raw.GET(root, { params: { query }, ...init(options) })),
    iterate: (query = {}, options = {}) =>
      allPages({ limit: LARGEST_PAGE, ...query }, async (page) => {
        const { data, response } = await raw.GET(root, {
          params: { query: page },
          ...init(options),
        });
        return { response, data: { items: data?.data ?? [] } };
      }),
    get: (id, options = {}) => project(raw.GET(one, { ...at(id), ...init(options) })),
    create: (body, options = {}) => project(raw.POST(root, { body, ...init(options) })),
    update: (id, body, options = {}) =>
      project(raw.PUT(one, { ...at(id), body, ...init(options) })),
    delete: async (id, options = {}) =>
      void (await raw.DELETE(one, { ...at(id), ...init(options) })),
    restore: (id, options = {}) =>
      project(raw.POST('/v1/projects/{id}/restore', { ...at(id), ...init(options) })),
  };
}
