import type { Request } from 'express';

/**
 * Where the caller reached us, without a slash at the end: the configured public URL, or what the
 * request says. A Host header that is no plain host is not repeated into a page.
 */
export function baseUrlOf(req: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const { host = '' } = req.headers;
  const sane = /^([\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(:\d{1,5})?$/.test(host);
  return `${req.protocol}://${sane ? host : 'localhost'}`;
}

/** The path that a proxy puts before ours, from the public URL; empty where there is none. */
export const pathPrefixOf = (publicUrl: string | undefined): string =>
  publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
