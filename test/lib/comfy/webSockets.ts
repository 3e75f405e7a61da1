import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const [text, binary, closing] = [1, 2, 8];

/** The server's end of one WebSocket: what the tests need of RFC 6455, and a cut in the middle of it. */
export class ServerSocket {
  readonly #stream: Duplex;
  #held = Buffer.alloc(0);
  onText: (text: string) => void = () => undefined;
  onClose: () => void = () => undefined;

  constructor(request: IncomingMessage, stream: Duplex) {
    this.#stream = stream;
    const key = request.headers['sec-websocket-key'] ?? '';
    const accept = createHash('sha1').update(`${key}${magic}`).digest('base64');
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    stream.on('data', (chunk: Buffer) => {
      this.#held = Buffer.concat([this.#held, chunk]);
      this.#readFrames();
    });
    stream.on('error', () => undefined);
    stream.on('close', () => {
      this.onClose();
    });
  }

  sendText(value: object): void {
    this.#send(text, Buffer.from(JSON.stringify(value)));
  }

  sendBinary(bytes: Uint8Array): void {
    this.#send(binary, bytes);
  }

  /** As when a cable is pulled: no goodbye. */
  cut(): void {
    this.#stream.destroy();
  }

  #send(kind: number, payload: Uint8Array): void {
    if (this.#stream.destroyed) return;
    this.#stream.write(Buffer.concat([header(kind, payload.length), payload]));
  }

  #readFrames(): void {
    for (let frame = readFrame(this.#held); frame !== undefined; frame = readFrame(this.#held)) {
      this.#held = this.#held.subarray(frame.length);
      if (frame.kind === text) this.onText(frame.payload.toString('utf8'));
      if (frame.kind !== closing) continue;
      this.#send(closing, frame.payload);
      this.#stream.end();
    }
  }
}

function header(kind: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | kind, length]);
  if (length < 0x10000) {
    const short = Buffer.from([0x80 | kind, 126, 0, 0]);
    short.writeUInt16BE(length, 2);
    return short;
  }
  const long = Buffer.alloc(10);
  long[0] = 0x80 | kind;
  long[1] = 127;
  long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}

/** The first frame a client has sent whole; clients mask theirs, and those of the tests are short. */
function readFrame(held: Buffer): { kind: number; payload: Buffer; length: number } | undefined {
  if (held.length < 6) return undefined;
  const short = (held[1] ?? 0) & 0x7f;
  const start = short === 126 ? 8 : 6;
  if (held.length < start) return undefined;
  const size = short === 126 ? held.readUInt16BE(2) : short;
  if (held.length < start + size) return undefined;
  const mask = held.subarray(start - 4, start);
  const payload = Buffer.from(held.subarray(start, start + size)).map(
    (byte, index) => byte ^ (mask[index % 4] ?? 0),
  );
  return { kind: (held[0] ?? 0) & 0x0f, payload: Buffer.from(payload), length: start + size };
}
