export { pagesRouter, type PagesParts } from './pages-router.ts';
