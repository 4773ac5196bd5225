import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ChildServer } from './targets/child-server.ts';
import { startDatabase } from './targets/start-database.ts';
import { startProduct } from './targets/start-servers.ts';

/**
 * Imports and exports a large CSV and a large NDJSON, and tells how much memory the server took, sampled while it did:
 * `node bench/csv-memory.ts [rows]`, 500,000 unless said. On Linux, since it reads /proc.
 */
const rows = Number(process.argv[2] ?? 500_000);
const SAMPLE_MS = 100;
const MIB = 1024 * 1024;

/** Bytes that a process has in memory now. */
const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

async function measured(name: string, pid: number, work: () => Promise<number>): Promise<void> {
  const before = residentBytes(pid);
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, residentBytes(pid))), SAMPLE_MS);
  const start = performance.now();
  const bytes = await work();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(timer);
  console.log(
    `${name}: ${rows} rows, ${(bytes / MIB).toFixed(0)} MiB in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows/s); server ${(before / MIB).toFixed(0)} MiB before, ${(peak / MIB).toFixed(0)} MiB at most`,
  );
}

const body =
  'Content as it is typed, with "quotes", commas, and a line\nbreak now and then. '.repeat(4);

function* csv(): Generator<string> {
  yield 'slug,title,body,rank\n';
  const cell = `"${body.replaceAll('"', '""')}"`;
  for (let at = 0; at < rows; at += 1) yield `article-${at},Article ${at},${cell},${at}\n`;
}

function* ndjson(): Generator<string> {
  for (let at = 0; at < rows; at += 1)
    yield `${JSON.stringify({ slug: `article-${at}`, title: `Article ${at}`, body, rank: at })}\n`;
}

const formats = {
  csv: { collection: 'articles', mediaType: 'text/csv', lines: csv },
  ndjson: { collection: 'notes', mediaType: 'application/x-ndjson', lines: ndjson },
} as const;
type Format = keyof typeof formats;

const post = async (server: ChildServer, path: string, init: RequestInit): Promise<Response> => {
  const headers = { ...server.headers, ...(init.headers as Record<string, string>) };
  const url = `http://127.0.0.1:${server.port}/api/v1/collections${path}`;
  const response = await fetch(url, { ...init, method: 'POST', headers });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
};

async function importRows(server: ChildServer, format: Format): Promise<number> {
  const { collection, mediaType, lines } = formats[format];
  let sent = 0;
  const chunks = function* () {
    for (const line of lines()) {
      const bytes = Buffer.from(line);
      sent += bytes.length;
      yield bytes;
    }
  };
  const init = { body: Readable.toWeb(Readable.from(chunks())), duplex: 'half' };
  const response = await post(server, `/${collection}/entries/import`, {
    ...(init as RequestInit),
    headers: { 'content-type': mediaType },
  });
  const report = (await response.json()) as { imported: number };
  if (report.imported !== rows) throw new Error(JSON.stringify(report).slice(0, 500));
  return sent;
}

async function exportRows(server: ChildServer, format: Format): Promise<number> {
  const url = `http://127.0.0.1:${server.port}/api/v1/collections/${formats[format].collection}/entries/export?format=${format}`;
  const response = await fetch(url, { headers: server.headers });
  let bytes = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array>) bytes += chunk.length;
  return bytes;
}

const folder = await mkdtemp(join(tmpdir(), 'cms-csv-memory-'));
const database = await startDatabase(join(folder, 'postgres'));
try {
  const server = await startProduct(database, folder, undefined, new AbortController().signal);
  try {
    const fields = [
      { name: 'slug', type: 'slug', unique: true },
      { name: 'title', type: 'text' },
      { name: 'body', type: 'editor' },
      { name: 'rank', type: 'integer' },
    ];
    for (const format of ['csv', 'ndjson'] as const) {
      await post(server, '', {
        body: JSON.stringify({ name: formats[format].collection, fields }),
        headers: { 'content-type': 'application/json' },
      });
      await measured(`import ${format}`, server.pid, () => importRows(server, format));
      await measured(`export ${format}`, server.pid, () => exportRows(server, format));
    }
  } finally {
    await server.stop();
  }
} finally {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
