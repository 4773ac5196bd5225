import type { Response } from 'express';

const closed = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page that shows text: its stylesheet and its icon. */
export const textPagePolicy = `${closed}; style-src 'self'; img-src 'self'`;

/** The page of Swagger UI: its own scripts, and requests to the API. Its icons are data URLs. */
export function docsPolicy(publicUrl: string | undefined): string {
  const api = publicUrl === undefined ? '' : ` ${new URL(publicUrl).origin}`;
  return `${closed}; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'${api}`;
}

/** Sets the headers of an HTML page. */
export function setPageHeaders(res: Response, policy: string): void {
  res.setHeader('Content-Security-Policy', policy);
  res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
}
