import type { ContractTree } from '@cms/contracts';
import { buildDocument } from '@cms/contracts/openapi';
import type { ProjectSchema } from '../../content/schema/schema-registry.ts';
import { version } from '../../platform/version.ts';
import { describeCollections, type Visibility } from './describe-collections.ts';
import { prepareReply, type PreparedReply } from './prepared-reply.ts';
import { runInWorker } from './run-in-worker.ts';

export type Format = 'json' | 'yaml';

const types: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
};

interface Project {
  readonly revision: string;
  readonly replies: Map<string, Promise<PreparedReply>>;
}

/** Projects whose documents are kept: the most recently asked for. */
const MAX_PROJECTS = 100;

/**
 * The OpenAPI documents of projects, ready to send. One is made when it is first asked for after its
 * project's collections changed, for each kind of caller.
 */
export class ProjectDocuments {
  readonly #contracts: ContractTree;
  readonly #serverUrl: string | undefined;
  readonly #projects = new Map<string, Project>();

  constructor(contracts: ContractTree, serverUrl: string | undefined) {
    this.#contracts = contracts;
    this.#serverUrl = serverUrl;
  }

  /** A project's document for a kind of caller. */
  reply(
    projectId: string,
    schema: ProjectSchema,
    visibility: Visibility,
    format: Format,
  ): Promise<PreparedReply> {
    const { replies } = this.#project(projectId, schema.revision);
    const key = `${visibility} ${format}`;
    const known = replies.get(key);
    if (known) return known;
    const made = this.#make(schema, visibility, format);
    replies.set(key, made);
    made.catch(() => replies.delete(key));
    return made;
  }

  #project(id: string, revision: string): Project {
    const known = this.#projects.get(id);
    const project = known?.revision === revision ? known : { revision, replies: new Map() };
    this.#projects.delete(id);
    this.#projects.set(id, project);
    const [oldest] = this.#projects.keys();
    if (this.#projects.size > MAX_PROJECTS && oldest !== undefined) this.#projects.delete(oldest);
    return project;
  }

  async #make(
    schema: ProjectSchema,
    visibility: Visibility,
    format: Format,
  ): Promise<PreparedReply> {
    const document = buildDocument(this.#contracts, {
      version,
      collections: describeCollections(schema.collections, visibility),
      ...(this.#serverUrl === undefined ? {} : { serverUrl: this.#serverUrl }),
    });
    const text =
      format === 'json'
        ? JSON.stringify(document)
        : await runInWorker<string>(new URL('yaml.worker.ts', import.meta.url), document);
    return prepareReply(text, types[format]);
  }
}
