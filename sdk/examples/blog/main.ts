import { fileURLToPath } from 'node:url';
import { createClient } from '@cms/sdk';
import { importBlog } from './import-blog.ts';
import { verifyBlog } from './verify-blog.ts';

/**
 * Imports a blog and reads all of it back: `CMS_API_KEY=… node sdk/examples/blog/main.ts [folder]`. Without a folder it takes
 * the small one beside this file. `CMS_URL` is http://localhost:3000 unless set.
 */
const folder = process.argv[2] ?? fileURLToPath(new URL('data', import.meta.url));
const client = createClient({
  url: process.env['CMS_URL'] ?? 'http://localhost:3000',
  apiKey: process.env['CMS_API_KEY'],
});
const { authors, posts, pages } = await importBlog(client, folder);
process.stdout.write(`Imported ${authors} authors, ${posts} posts and ${pages} pages.\n`);
const equal = await verifyBlog(client, folder);
process.stdout.write(`Read ${equal} entries back: all as they were sent.\n`);
