const headerBytes = 8;

/**
 * The bytes of a log stream without the frames around them: 8 bytes with the stream's number and a big-endian length,
 * then so many bytes (Docker Engine API, "ContainerAttach"). Standard output and errors come in the order of the engine.
 */
export async function* demultiplexed(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let left = 0;
  for await (const chunk of stream) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      if (left === 0) {
        if (held.length < headerBytes) break;
        left = held.readUInt32BE(4);
        held = held.subarray(headerBytes);
      }
      const part = held.subarray(0, left);
      if (part.length > 0) yield part;
      held = held.subarray(part.length);
      left -= part.length;
      if (left > 0) break;
    }
  }
}
