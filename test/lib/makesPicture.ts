const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';
const octal = [...Buffer.from(png, 'base64')]
  .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
  .join('');

/** Lines of a shell script that make a picture and tell of it, as a pipeline does. */
export const makesPicture = [
  `printf '${octal}' > /auteur/output/picture.png`,
  `echo '{"type":"result","outputs":[{"path":"picture.png","mediaType":"image/png","metadata":{"width":1,"height":1}}]}'`,
].join('\n');
