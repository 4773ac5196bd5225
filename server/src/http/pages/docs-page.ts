import type { PageAssets } from './page-assets.ts';

/** The page of Swagger UI; `prefix` is the path that a proxy puts before ours. */
export const docsPage = (assets: PageAssets, prefix: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API documentation</title>
<link rel="icon" href="${prefix}${assets.pathOf('icon.svg')}">
<link rel="stylesheet" href="${prefix}${assets.pathOf('swagger-ui.css')}">
<link rel="stylesheet" href="${prefix}${assets.pathOf('docs.css')}">
<script src="${prefix}${assets.pathOf('swagger-ui-bundle.js')}" defer></script>
<script src="${prefix}${assets.pathOf('docs.js')}" defer></script>
</head>
<body>
<div id="swagger-ui" data-url="${prefix}/api/v1/openapi.json"></div>
<noscript>This page needs JavaScript; the document is at <a href="${prefix}/api/v1/openapi.json">openapi.json</a>.</noscript>
</body>
</html>
`;
