import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Request } from 'express';
import { expect, it } from 'vitest';
import { limitBody } from './body-deadline.ts';

it('cuts a body that does not come to its end, and leaves one alone that did', async () => {
  const server = createServer((req, res) => {
    limitBody(req as Request, 200);
    req.on('error', () => undefined);
    req.resume().on('end', () => res.end('read'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = async (body: string) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
    socket.write(
      `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 10\r\n\r\n${body}`,
    );
    await once(socket, 'close');
    return Buffer.concat(chunks).toString();
  };
  expect(await send('0123456789')).toMatch(/read$/);
  expect(await send('01234')).toBe('');
  server.close();
});
