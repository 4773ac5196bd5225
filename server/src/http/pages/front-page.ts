import { version } from '../../platform/version.ts';

/** Where things are, for people and programs that only know the address of the server. */
const places = [
  ['docs', '/docs', 'Documentation where every request can be tried'],
  ['openapi', '/api/v1/openapi.json', 'OpenAPI 3.1, with the exact types of your collections'],
  ['openapi_yaml', '/api/v1/openapi.yaml', 'The same as YAML'],
  ['postman', '/postman-collection.json', 'Requests for Postman, in an order that runs as it is'],
  ['health', '/health', 'Whether the service is ready'],
  ['trpc', '/trpc', 'The same operations for tRPC clients'],
] as const;

const title = 'Headless CMS';

/** The front page as JSON; `base` is where the server was reached. */
export const frontJson = (base: string): string =>
  JSON.stringify({
    name: title,
    version,
    links: Object.fromEntries(places.map(([name, path]) => [name, base + path])),
  });

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** The front page for people. */
export function frontPage(base: string, stylesheet: string, icon: string): string {
  const at = escaped(base);
  const rows = places
    .filter(([name]) => name !== 'trpc')
    .map(
      ([, path, what]) => `<div><dt><a href="${at}${path}">${path}</a></dt><dd>${what}</dd></div>`,
    );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<h1>${title}</h1>
<p class="soft">Version ${escaped(version)} is running. Collections with typed fields, and the content in them, over REST and tRPC.</p>
<h2>Where things are</h2>
<dl>
${rows.join('\n')}
</dl>
<h2>A first request</h2>
<p>The root API key was printed when the server first started.</p>
<pre><code>curl ${at}/api/v1/collections \\
  -H 'Authorization: Bearer &lt;your API key&gt;' \\
  -H 'Content-Type: application/json' \\
  -d '{"name":"articles","fields":[{"name":"title","type":"text","required":true}]}'

curl ${at}/api/v1/collections/articles/entries \\
  -H 'Authorization: Bearer &lt;your API key&gt;' \\
  -H 'Content-Type: application/json' \\
  -d '{"title":"Hello"}'</code></pre>
</body>
</html>
`;
}
