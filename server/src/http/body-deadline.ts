import type { NextFunction, Request, Response } from 'express';

/** How long the body of a request may take that is no upload; those have the server's own limit. */
export const SLOWEST_BODY_MS = 300_000;

/** Cuts the connection of who sends a body too slowly: it holds memory and a socket meanwhile. */
export function limitBody(req: Request, milliseconds: number = SLOWEST_BODY_MS): void {
  if (req.complete) return;
  const timer = setTimeout(() => req.destroy(), milliseconds);
  timer.unref();
  req.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}

/** The same for whatever comes after it. */
export const bodyDeadline = (req: Request, _res: Response, next: NextFunction): void => {
  limitBody(req);
  next();
};
