/** What a file is by its first bytes, as a media type; undefined where they say nothing we know. */
export function sniffMedia(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head.subarray(0, headLength));
  return marks.find(([mark]) => mark.test(text))?.[1];
}

/** So many bytes are enough. */
export const headLength = 64;

/** `ftyp` boxes and RIFF files are told apart by their brand, EBML files by their DocType. */
const marks: readonly (readonly [mark: RegExp, mediaType: string])[] = [
  [/^\x89PNG\r\n\x1a\n/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF.{4}WEBP/s, 'image/webp'],
  [/^BM.{4}\0{4}/s, 'image/bmp'],
  [/^(II[*+]\0|MM\0[*+])/, 'image/tiff'],
  [/^v\/1\x01/, 'image/x-exr'],
  [/^(\xff\x0a|\0\0\0\x0cJXL )/, 'image/jxl'],
  [/^\0.{3}ftyp(.{4})*?avi[fs]/s, 'image/avif'],
  [/^\0.{3}ftyp(heic|heix|hevc|hevx|mif1|msf1)/s, 'image/heic'],
  [/^\0.{3}ftypqt {2}/s, 'video/quicktime'],
  [/^\0.{3}ftypM4[AB] /s, 'audio/mp4'],
  [/^\0.{3}ftyp/s, 'video/mp4'],
  // QuickTime before it had brands.
  [/^(\0.{3}(moov|wide|free|skip)|.{4}mdat)/s, 'video/quicktime'],
  [/^\x1aE\xdf\xa3.*B\x82.webm/s, 'video/webm'],
  [/^\x1aE\xdf\xa3/, 'video/x-matroska'],
  [/^RIFF.{4}AVI /s, 'video/x-msvideo'],
  [/^(RIFF|RF64|BW64).{4}WAVE/s, 'audio/wav'],
  [/^fLaC/, 'audio/flac'],
  [/^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/, 'audio/mpeg'],
];

const otherNames: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/apng': 'image/png',
  'image/vnd.mozilla.apng': 'image/png',
  'image/x-ms-bmp': 'image/bmp',
  'image/exr': 'image/x-exr',
  'image/aces': 'image/x-exr',
  'image/heif': 'image/heic',
  'image/x-adobe-dng': 'image/tiff',
  'video/x-m4v': 'video/mp4',
  'video/mov': 'video/quicktime',
  'video/matroska': 'video/x-matroska',
  'video/mkv': 'video/x-matroska',
  'video/avi': 'video/x-msvideo',
  'video/vnd.avi': 'video/x-msvideo',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/mp3': 'audio/mpeg',
  'audio/x-flac': 'audio/flac',
};

const endings: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png', 'apng'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/bmp': ['bmp'],
  'image/tiff': ['tif', 'tiff', 'dng'],
  'image/x-exr': ['exr'],
  'image/avif': ['avif'],
  'image/heic': ['heic', 'heif'],
  'image/jxl': ['jxl'],
  'video/quicktime': ['mov', 'qt'],
  'audio/mp4': ['m4a', 'm4b'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'video/x-matroska': ['mkv'],
  'video/x-msvideo': ['avi'],
  'audio/wav': ['wav'],
  'audio/flac': ['flac'],
  'audio/mpeg': ['mp3'],
};

/** A claim that says no more than that there are bytes. */
const noClaim = 'application/octet-stream';

/**
 * What a file is, by its bytes, where the name it has and what was claimed of it fit them.
 * @returns the media type, or `no` where one of them does not fit
 */
export function trueMediaType(file: MediaClaim): { readonly is: string } | { readonly no: string } {
  const claimed = plainType(file.mediaType);
  const found = sniffMedia(file.head);
  if (found === undefined) {
    // Of a type that we do not know by its bytes the claim is all there is.
    if (!(claimed in endings) && typeOfEnding(file.ending) === undefined) return { is: claimed };
    return { no: `is no ${claimed in endings ? claimed : `.${file.ending}`} file` };
  }
  if (claimed !== noClaim && claimed !== found) return { no: `is ${found}, not ${claimed}` };
  if (endings[found]?.includes(file.ending) !== true)
    return { no: `is ${found}, which its ending does not say` };
  return { is: found };
}

interface MediaClaim {
  readonly head: Uint8Array;
  readonly mediaType: string;
  /** Of its name, without the dot, in small letters. */
  readonly ending: string;
}

function plainType(mediaType: string): string {
  const [type = ''] = mediaType.toLowerCase().split(';');
  return otherNames[type.trim()] ?? type.trim();
}

function typeOfEnding(ending: string): string | undefined {
  return Object.keys(endings).find((type) => endings[type]?.includes(ending));
}

/** Moving pictures that a player plays; animated GIF, PNG and WebP are pictures. */
export function isVideo(mediaType: string): boolean {
  return mediaType.startsWith('video/');
}
