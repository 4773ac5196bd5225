import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareReply, type PreparedReply } from './prepared-reply.ts';

const swagger = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json');
const vendored = (name: string): URL => new URL(name, `file://${swagger}`);
const own = (name: string): URL => new URL(`assets/${name}`, import.meta.url);

/** Every file that a page loads, by the name it has under `/docs/assets`. */
const files = {
  'swagger-ui-bundle.js': {
    url: vendored('swagger-ui-bundle.js'),
    type: 'text/javascript; charset=utf-8',
  },
  'swagger-ui.css': { url: vendored('swagger-ui.css'), type: 'text/css; charset=utf-8' },
  'docs.js': { url: own('docs.js'), type: 'text/javascript; charset=utf-8' },
  'docs.css': { url: own('docs.css'), type: 'text/css; charset=utf-8' },
  'front.css': { url: own('front.css'), type: 'text/css; charset=utf-8' },
  'icon.svg': { url: own('icon.svg'), type: 'image/svg+xml' },
} as const;
export type AssetName = keyof typeof files;

interface Asset {
  readonly path: string;
  readonly reply: () => Promise<PreparedReply>;
}

/** The pages' files: read when first asked for, at paths that change with their content. */
export class PageAssets {
  readonly #assets = new Map<string, Asset>();

  /** The path of a file, below the server's root. */
  pathOf(name: AssetName): string {
    return this.#asset(name).path;
  }

  /** The file at a path; undefined where there is none (any more). */
  find(hash: string, name: string): Promise<PreparedReply> | undefined {
    if (!Object.hasOwn(files, name)) return undefined;
    const asset = this.#asset(name as AssetName);
    return asset.path.includes(`/${hash}/`) ? asset.reply() : undefined;
  }

  #asset(name: AssetName): Asset {
    const known = this.#assets.get(name);
    if (known) return known;
    const { url, type } = files[name];
    const content = readFileSync(url);
    const hash = createHash('sha1').update(content).digest('hex').slice(0, 12);
    let reply: Promise<PreparedReply> | undefined;
    const asset = {
      path: `/docs/assets/${hash}/${name}`,
      reply: () => (reply ??= prepareReply(content, type)),
    };
    this.#assets.set(name, asset);
    return asset;
  }
}
