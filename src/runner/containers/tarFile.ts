const blockBytes = 512;
const sizeAt = 124;
const sizeBytes = 12;

/** The content of the first file of a tar archive that holds small files only (ustar: a header block, then the content). */
export async function readFirstFile(archive: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  if (whole.length < blockBytes) return undefined;
  const octal = whole.toString('latin1', sizeAt, sizeAt + sizeBytes).replace(/[\0 ]+$/, '');
  const size = Number.parseInt(octal, 8);
  if (!Number.isSafeInteger(size)) return undefined;
  return whole.subarray(blockBytes, blockBytes + size);
}
