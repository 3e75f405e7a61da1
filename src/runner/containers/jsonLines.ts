/** The JSON values of a stream that holds one a line, as an engine tells how far it is. */
export async function* jsonLines(stream: AsyncIterable<Buffer>): AsyncGenerator {
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${chunk.toString('utf8')}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
  }
  if (rest.trim() !== '') yield JSON.parse(rest);
}
