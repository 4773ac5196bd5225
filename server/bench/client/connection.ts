import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TIMEOUT_MS = 30_000;

export interface Reply {
  readonly status: number;
  /** What came with the head of the reply: all of it, or its beginning. */
  readonly start: Buffer;
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/**
 * A kept-alive HTTP/1.1 connection that sends one request at a time and only measures the replies. It
 * shares its cores with what it measures, so it does as little as it can (README.md compares it).
 */
export class Connection {
  readonly #socket: Socket;
  #waiting: Waiting | undefined;
  #reply: Reply | undefined;
  #head: Buffer | undefined;
  /** Bytes of the body that are still to come. */
  #missing = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true).setTimeout(TIMEOUT_MS);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('timeout', () => this.#fail(new Error(`No reply within ${TIMEOUT_MS} ms`)));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The server closed the connection')));
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** Sends the text of a request. Throws where the connection breaks or speaks no such HTTP. */
  send(request: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#reply) this.#missing -= chunk.length;
    else {
      const start = this.#head ? Buffer.concat([this.#head, chunk]) : chunk;
      const end = start.indexOf('\r\n\r\n');
      if (end < 0) return void (this.#head = start);
      this.#head = undefined;
      const head = start.toString('latin1', 0, end);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      const status = Number(head.slice(9, 12));
      if (length === undefined && status !== 204)
        return this.#fail(new Error(`A reply without Content-Length:\n${head}`));
      this.#reply = { status, start };
      this.#missing = Number(length ?? 0) - (start.length - end - 4);
    }
    if (this.#missing === 0) this.#finish();
    else if (this.#missing < 0) this.#fail(new Error('A reply is longer than its Content-Length'));
  }

  #finish(): void {
    const [waiting, reply] = [this.#waiting, this.#reply];
    this.#waiting = this.#reply = undefined;
    if (waiting && reply) waiting.resolve(reply);
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#socket.destroy();
    waiting?.reject(error);
  }
}
