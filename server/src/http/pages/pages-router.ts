import type { ContractTree } from '@cms/contracts';
import accepts from 'accepts';
import express, { type Request, type Response } from 'express';
import type { Principal, Project } from '../../content/context.ts';
import type { SchemaRegistry } from '../../content/schema/schema-registry.ts';
import { AppError, notFound } from '../../platform/errors/app-error.ts';
import { baseUrlOf, pathPrefixOf } from './base-url.ts';
import { visibilityFor } from './describe-collections.ts';
import { docsPage } from './docs-page.ts';
import { frontJson, frontPage } from './front-page.ts';
import { PageAssets } from './page-assets.ts';
import { docsPolicy, setPageHeaders, textPagePolicy } from './page-policy.ts';
import { PostmanReplies } from './postman/postman-replies.ts';
import { prepareReply, sendPrepared } from './prepared-reply.ts';
import { type Format, ProjectDocuments } from './project-documents.ts';

interface Caller {
  readonly principal: Pick<Principal, 'permissions'>;
  readonly project: Pick<Project, 'id' | 'visibility'>;
}

export interface PagesParts {
  readonly contracts: ContractTree;
  readonly schemas: Pick<SchemaRegistry, 'project'>;
  /** Finds who calls and for which project. Throws for a bad credential. */
  readonly makeContext: (req: Request, res: Response) => Promise<Caller>;
  /** Where the product is reached from outside; undefined leaves it to each request. */
  readonly publicUrl: string | undefined;
}

type Handle = (req: Request, res: Response) => Promise<void>;

const html = 'text/html; charset=utf-8';
/** May be kept, but is asked for again each time (and then usually a 304). */
const fresh = 'no-cache';
const ownFresh = 'private, no-cache';
const forever = 'public, max-age=31536000, immutable';

/**
 * What is served for people and tools beside the API: the front page, the OpenAPI documents, the
 * documentation page with its files, and the Postman collection. Refusals go on as errors.
 */
export function pagesRouter(parts: PagesParts): express.Router {
  const { contracts, schemas, makeContext, publicUrl } = parts;
  const documents = new ProjectDocuments(contracts, publicUrl);
  const postman = new PostmanReplies(contracts);
  const assets = new PageAssets();
  const prefix = pathPrefixOf(publicUrl);
  const router = express.Router({ caseSensitive: true });
  const page = (path: string, handle: Handle): void => {
    router.get(path, handle);
    router.all(path, refuseMethod);
  };

  page('/', async (req, res) => {
    const base = baseUrlOf(req, publicUrl);
    res.vary('Accept');
    const type = accepts(req).type(['application/json', 'text/html']);
    if (type === false) throw new AppError('NOT_ACCEPTABLE');
    if (type === 'application/json')
      return sendPrepared(req, res, await prepareReply(frontJson(base), 'application/json'), fresh);
    setPageHeaders(res, textPagePolicy);
    const [style, icon] = [assets.pathOf('front.css'), assets.pathOf('icon.svg')];
    const text = frontPage(base, prefix + style, prefix + icon);
    sendPrepared(req, res, await prepareReply(text, html), fresh);
  });

  const openApi =
    (format: Format): Handle =>
    async (req, res) => {
      const { principal, project } = await makeContext(req, res);
      const schema = await schemas.project(project.id);
      const reply = await documents.reply(
        project.id,
        schema,
        visibilityFor(principal, project),
        format,
      );
      sendPrepared(req, res, reply, ownFresh);
    };
  page('/api/v1/openapi.json', openApi('json'));
  page('/api/v1/openapi.yaml', openApi('yaml'));

  page('/docs', async (req, res) => {
    setPageHeaders(res, docsPolicy(publicUrl));
    sendPrepared(req, res, await prepareReply(docsPage(assets, prefix), html), fresh);
  });
  page('/docs/assets/:hash/:name', async (req, res) => {
    const { hash, name } = req.params as { hash: string; name: string };
    const reply = await assets.find(hash, name);
    if (!reply) throw notFound();
    sendPrepared(req, res, reply, forever);
  });

  page('/postman-collection.json', async (req, res) => {
    sendPrepared(req, res, await postman.reply(baseUrlOf(req, publicUrl)), fresh);
  });
  return router;
}

function refuseMethod(req: Request, res: Response): void {
  const Allow = 'GET, HEAD, OPTIONS';
  if (req.method !== 'OPTIONS')
    throw new AppError('METHOD_NOT_ALLOWED', undefined, { headers: { Allow } });
  res.setHeader('Allow', Allow);
  res.writeHead(204).end();
}
