import { stripVTControlCharacters } from 'node:util';

const newline = 0x0a;
/** A longer line is cut into several: nothing a pipeline prints fills our memory. */
const maxLineBytes = 64 * 1024;

/** The lines of a stream of bytes, which may be anything; what is not UTF-8 or cannot be shown is replaced. */
export async function* outputLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const take = (last: Buffer): string => {
    const line = Buffer.concat([...held, last]).toString('utf8');
    held = [];
    heldBytes = 0;
    return legibleLine(line);
  };
  for await (const chunk of stream) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(newline, start);
      if (end === -1) break;
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    if (heldBytes + rest.length > maxLineBytes) yield take(rest);
    else if (rest.length > 0) {
      held.push(rest);
      heldBytes += rest.length;
    }
  }
  if (heldBytes > 0) yield take(Buffer.alloc(0));
}

/** As a terminal would show it: without colours, and of a line that is drawn over, the last drawing. */
function legibleLine(line: string): string {
  const drawn = stripVTControlCharacters(line.replace(/\r+$/, '')).split('\r').at(-1) ?? '';
  return drawn.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd');
}
