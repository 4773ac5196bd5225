import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { callApi, mustCall } from '../support/call-api.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';

// A service manager stops the server while people use it.
const body = JSON.stringify({ title: 'Sent while it stops' });

/** Sends a request up to the middle of its body. */
async function halfRequest({ url, apiKey }: RunningServer): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    [
      'POST /api/v1/collections/posts/entries HTTP/1.1',
      `Host: ${host}`,
      `Authorization: Bearer ${apiKey}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Expect: 100-continue',
      'Connection: close',
      '',
      '',
    ].join('\r\n'),
  );
  // It is being handled: the server asks for the body.
  const [asked] = (await once(socket, 'data')) as [Buffer];
  expect(asked.toString()).toMatch(/^HTTP\/1.1 100 /);
  socket.write(body.slice(0, 5));
  return socket;
}

test('a request that runs when the server is stopped is answered and kept', async () => {
  const server = await startServer();
  await mustCall(server, 'POST', '/api/v1/collections', {
    name: 'posts',
    fields: [{ name: 'title', type: 'text' }],
  });
  const sockets = await Promise.all([halfRequest(server), halfRequest(server)]);

  server.process.signal('SIGTERM');
  await server.process.printed(/Stopping/);
  await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed');

  const replies = sockets.map((socket) => text(socket));
  for (const socket of sockets) socket.write(body.slice(5));
  for (const reply of await Promise.all(replies)) expect(reply).toMatch(/^HTTP\/1.1 201 /);
  expect(await server.process.exited).toEqual({ code: 0, signal: null });

  const again = await startServer({ DATA_DIR: server.dataDir });
  const list = await callApi<{ total: number }>(again, 'GET', '/api/v1/collections/posts/entries');
  expect(list.body.total).toBe(2);
  await again.stop();
});

test('nothing hangs on to it: idle connections are closed, and it ends at once', async () => {
  const server = await startServer();
  // fetch keeps its connection open for the next request.
  expect((await callApi(server, 'GET', '/health')).status).toBe(200);
  const asked = Date.now();
  expect(await server.process.stop()).toEqual({ code: 0, signal: null });
  expect(Date.now() - asked).toBeLessThan(8000);
});
