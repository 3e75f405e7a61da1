import { imageSize } from 'image-size';
import { AuteurError } from '../../../core/errors.ts';

/** A picture file as it came, and what its header says. */
export interface PictureFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** As it is to be looked at, after turning. */
  readonly width: number;
  readonly height: number;
  /** As a camera writes it: 1 is upright, 2 to 8 are mirrored or turned. */
  readonly orientation: number;
}

const mediaTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
};
/** Decoded they take four bytes a pixel, and a renderer has less than 4 GB. */
const mostPixels = 64_000_000;

/** @throws AuteurError `reference-unusable` where the header is none the renderer knows, or tells of too much */
export function describePicture(path: string, bytes: Uint8Array): PictureFile {
  const { width, height, type = '', orientation = 1 } = headerOf(path, bytes);
  const mediaType = mediaTypes[type];
  const unusable = (reason: string) => new AuteurError('reference-unusable', { path, reason });
  if (mediaType === undefined) throw unusable(`it is a ${type.toUpperCase()} file.`);
  if (!(width > 0 && height > 0)) throw unusable('it has no size.');
  if (width * height > mostPixels)
    throw unusable(`it has ${width} × ${height} pixels (${Math.round((width * height) / 1e6)} megapixels).`);
  const turned = orientation >= 5 && orientation <= 8;
  return {
    bytes,
    mediaType,
    width: turned ? height : width,
    height: turned ? width : height,
    orientation,
  };
}

function headerOf(path: string, bytes: Uint8Array): ReturnType<typeof imageSize> {
  if (bytes.length === 0) throw new AuteurError('reference-unusable', { path, reason: 'it is empty.' });
  try {
    return imageSize(bytes);
  } catch (error) {
    throw new AuteurError('reference-unusable', { path, reason: 'it is no picture.' }, { cause: error });
  }
}

/** For each orientation the SVG transform from the stored picture, as units of its upright width and height. */
const turns: Readonly<Record<number, (width: number, height: number) => string>> = {
  2: (w) => `matrix(-1 0 0 1 ${w} 0)`,
  3: (w, h) => `matrix(-1 0 0 -1 ${w} ${h})`,
  4: (_, h) => `matrix(1 0 0 -1 0 ${h})`,
  5: () => 'matrix(0 1 1 0 0 0)',
  6: (w) => `matrix(0 1 -1 0 ${w} 0)`,
  7: (w, h) => `matrix(0 -1 -1 0 ${w} ${h})`,
  8: (_, h) => `matrix(0 -1 1 0 0 ${h})`,
};

/** The upright picture alone, as SVG. */
export function pictureSvg({ bytes, mediaType, width, height, orientation }: PictureFile): string {
  const turn = turns[orientation]?.(width, height);
  const [across, down] = orientation >= 5 ? [height, width] : [width, height];
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<image width="${across}" height="${down}" preserveAspectRatio="none"${turn === undefined ? '' : ` transform="${turn}"`} ` +
    `href="data:${mediaType};base64,${data}"/></svg>`
  );
}
