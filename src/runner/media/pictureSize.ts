import { imageSize } from 'image-size';

/** How large a picture is as it is to be looked at, by its header; nothing where that cannot be read. */
export function pictureSize(bytes: Uint8Array): { readonly width?: number; readonly height?: number } {
  const found = sizeIn(bytes);
  if (found === undefined || !(found.width > 0 && found.height > 0)) return {};
  const { width, height, orientation = 1 } = found;
  const isTurned = orientation >= 5 && orientation <= 8;
  return isTurned ? { width: height, height: width } : { width, height };
}

function sizeIn(bytes: Uint8Array): ReturnType<typeof imageSize> | undefined {
  try {
    return imageSize(bytes);
  } catch (error) {
    // Whatever is wrong with a header, it tells no size.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
