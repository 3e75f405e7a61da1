import type { AssetCategory } from '../model/project.ts';

/** Pictures and sounds an asset may hold; each goes to Git LFS. */
const pictureTypes: readonly string[] =
  'png jpg jpeg webp gif bmp tif tiff tga exr hdr dpx heic heif avif jxl dng cr2 cr3 nef arw raf psd'.split(
    ' ',
  );
const soundTypes: readonly string[] = 'wav mp3 flac aac m4a ogg opus aif aiff caf wma mid midi'.split(' ');

export function typesOf(category: AssetCategory): readonly string[] {
  return category === 'music' ? soundTypes : pictureTypes;
}

export function extensionOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at < 1 ? '' : name.slice(at + 1).toLowerCase();
}

/** So many bytes of a file are enough to tell what it is. */
export const headBytes = 64;

const riff = 'RIFF';
const boxed = /^.{4}ftyp/s;
const tiff = /^(II\*\0|MM\0\*|II\+\0|MM\0\+|II.\0|IIRO|IIU\0|FUJIFILM)/s;
const signatures: Readonly<Record<string, RegExp>> = {
  png: /^\x89PNG\r\n\x1a\n/,
  jpg: /^\xff\xd8\xff/,
  gif: /^GIF8[79]a/,
  webp: new RegExp(`^${riff}.{4}WEBP`, 's'),
  bmp: /^BM/,
  tif: tiff,
  exr: /^v\/1\x01/,
  hdr: /^#\?/,
  dpx: /^(SDPX|XPDS)/,
  heic: boxed,
  avif: boxed,
  jxl: /^(\xff\x0a|\0\0\0\x0cJXL )/,
  psd: /^8BPS/,
  wav: new RegExp(`^(${riff}|RF64|BW64).{4}WAVE`, 's'),
  mp3: /^(ID3|\xff[\xe0-\xff])/,
  aac: /^(ID3|\xff[\xf0-\xff]|ADIF)/,
  flac: /^(fLaC|ID3)/,
  ogg: /^OggS/,
  m4a: boxed,
  aif: /^FORM.{4}AIF[FC]/s,
  caf: /^caff/,
  wma: /^\x30\x26\xb2\x75/,
  mid: /^(MThd|RIFF)/,
};
const spellings: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  tiff: 'tif',
  heif: 'heic',
  opus: 'ogg',
  aiff: 'aif',
  midi: 'mid',
};

/** A pointer of Git LFS, as a clone without the media has it in their place. */
export const pointerStart = 'version https://git-lfs.github.com/spec/';

/** Whether a file's first bytes are what its name says; true for types that have no mark. */
export function looksLike(extension: string, head: Uint8Array): boolean {
  const signature = signatures[spellings[extension] ?? extension];
  if (signature === undefined) return head.length > 0;
  return signature.test(String.fromCharCode(...head.subarray(0, headBytes)));
}
