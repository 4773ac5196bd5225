import { readFileSync } from 'node:fs';
import express from 'express';

/**
 * L2, a process of its own: what Express costs. It routes, reads JSON bodies and answers the constant
 * that the file SAMPLES holds for the route (`{"<method> <path>": {"status", "text"}}`).
 */
const samples = JSON.parse(readFileSync(process.env['SAMPLES'] ?? '', 'utf8')) as Record<
  string,
  { status: number; text: string }
>;
const app = express();
app.disable('x-powered-by').disable('etag');
const parse = express.json({ limit: '32mb' });
for (const [route, { status, text }] of Object.entries(samples)) {
  const [method, path = '/'] = route.split(' ');
  const answer: express.RequestHandler = (_req, res) => {
    res.status(status).type('json').send(text);
  };
  if (method === 'POST') app.post(path, parse, answer);
  else if (method === 'PUT') app.put(path, parse, answer);
  else app.get(path, answer);
}
app.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit());
