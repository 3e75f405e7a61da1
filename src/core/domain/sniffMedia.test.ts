import { expect, test } from 'vitest';
import { isVideo, sniffMedia, trueMediaType } from './sniffMedia.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const box = (brand: string, ...compatible: readonly string[]): string =>
  `\0\0\0\x20ftyp${brand}\0\0\0\0${compatible.join('')}`;
const ebml = (docType: string): string =>
  `\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84${docType}`;
const png = '\x89PNG\r\n\x1a\n';

test.each([
  [png, 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF89a', 'image/gif'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
  ['BM\x36\x0c\0\0\0\0\0\0', 'image/bmp'],
  ['MM\0*', 'image/tiff'],
  ['v/1\x01', 'image/x-exr'],
  [box('avif', 'mif1'), 'image/avif'],
  [box('mif1', 'mif1', 'avif'), 'image/avif'],
  [box('mif1', 'mif1', 'heic'), 'image/heic'],
  [box('qt  '), 'video/quicktime'],
  ['\0\0\0\x08wide\0\0\0\0mdat', 'video/quicktime'],
  [box('isom', 'isom', 'avc1', 'mp41'), 'video/mp4'],
  [box('M4A '), 'audio/mp4'],
  [ebml('webm'), 'video/webm'],
  [ebml('matroska'), 'video/x-matroska'],
  ['RIFF\x24\0\0\0AVI LIST', 'video/x-msvideo'],
  ['RIFF\x24\0\0\0WAVEfmt ', 'audio/wav'],
  ['ID3\x04', 'audio/mpeg'],
  ['The free world', undefined],
  ['#EXTM3U\n/etc/passwd', undefined],
  ['', undefined],
])('%j is %s', (head, mediaType) => {
  expect(sniffMedia(bytes(head))).toBe(mediaType);
});

const truth = (head: string, mediaType: string, ending: string) =>
  trueMediaType({ head: bytes(head), mediaType, ending });

test('a claim that fits the bytes is taken in the words that are usual', () => {
  expect(truth(png, 'image/png', 'png')).toEqual({ is: 'image/png' });
  expect(truth(png, 'image/apng', 'png')).toEqual({ is: 'image/png' });
  expect(truth('\xff\xd8\xff', 'IMAGE/JPG; q=1', 'jpeg')).toEqual({ is: 'image/jpeg' });
  expect(truth(box('isom'), 'application/octet-stream', 'mp4')).toEqual({ is: 'video/mp4' });
});

test('what is not what it is said to be is refused', () => {
  expect(truth(png, 'video/mp4', 'mp4')).toEqual({ no: 'is image/png, not video/mp4' });
  expect(truth(png, 'image/png', 'mp4')).toEqual({ no: 'is image/png, which its ending does not say' });
  expect(truth('#EXTM3U', 'video/mp4', 'mp4')).toEqual({ no: 'is no video/mp4 file' });
  expect(truth('oops', 'text/plain', 'png')).toEqual({ no: 'is no .png file' });
  expect(truth('', 'image/png', 'png')).toEqual({ no: 'is no image/png file' });
});

test('of types that have no mark the claim is all there is', () => {
  expect(truth('{}', 'application/json', 'json')).toEqual({ is: 'application/json' });
});

test('animated pictures are pictures', () => {
  expect(['image/gif', 'image/webp', 'image/png', 'video/webm'].map(isVideo)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
