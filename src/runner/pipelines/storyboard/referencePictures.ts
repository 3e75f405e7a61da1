import { AuteurError } from '../../../core/errors.ts';
import type { Panel } from '../../../core/model/panel.ts';
import type { RelativePath } from '../../../core/model/relativePath.ts';
import type { InputFile } from '../../../core/model/take.ts';
import { readReference } from '../../../core/storage/references.ts';
import { backdropWidth, tonesOf, type Backdrop } from './backdrop.ts';
import { mostInCast } from './cast.ts';
import { coloursOf, groundOf, type PictureColours } from './pictureColours.ts';
import { describePicture, type PictureFile } from './pictureFile.ts';
import type { RenderPool } from './renderPool.ts';

/** What a panel takes from its reference pictures. */
export interface PanelPictures {
  readonly backdrop?: Backdrop;
  /** The colour of the ground, where the place is seen from above. */
  readonly ground?: string;
  /** By the path of a character's reference. */
  readonly colours: ReadonlyMap<string, PictureColours>;
}

interface Opened {
  readonly input: InputFile;
  readonly file: PictureFile;
}

/** Enough to tell clothes from hair. */
const sampleWidth = 64;
/** Of pictures made ready; a film uses the same few again and again. */
const mostKept = 32;

/** Reads the pictures a panel names, and makes them ready once for all takes that use them. */
export class ReferencePictures {
  readonly #pool: RenderPool;
  readonly #places = new Kept<Omit<PanelPictures, 'colours'>>();
  readonly #characters = new Kept<PictureColours>();

  constructor(pool: RenderPool) {
    this.#pool = pool;
  }

  /** @throws AuteurError for each picture that is missing, not fetched, outside the project or not drawable */
  async of(
    root: string,
    panel: Panel,
    signal: AbortSignal,
  ): Promise<{ pictures: PanelPictures; inputs: readonly InputFile[] }> {
    const inputs = new Map<string, InputFile>();
    const open = async (path: RelativePath): Promise<Opened> => {
      const { input, bytes } = await readReference(root, path);
      signal.throwIfAborted();
      inputs.set(path, input);
      return { input, file: describePicture(path, bytes) };
    };
    const place = panel.backdrop && (await this.#place(await open(panel.backdrop), panel, signal));
    const colours = new Map<string, PictureColours>();
    for (const { reference } of panel.characters.slice(0, mostInCast)) {
      if (reference === undefined || colours.has(reference)) continue;
      colours.set(reference, await this.#colours(await open(reference), signal));
    }
    return { pictures: { ...place, colours }, inputs: [...inputs.values()] };
  }

  #place(opened: Opened, panel: Panel, signal: AbortSignal): Promise<Omit<PanelPictures, 'colours'>> {
    const { input, file } = opened;
    if (panel.angle === 'birds-eye')
      return this.#places.get(`ground ${input.sha256}`, async () => {
        const ground = groundOf(await this.#sample(opened, signal));
        return ground === undefined ? {} : { ground };
      });
    const width = Math.min(file.width, backdropWidth(panel));
    const tones = tonesOf(panel);
    return this.#places.get(`sketch ${input.sha256} ${width} ${JSON.stringify(tones)}`, async () => {
      const drawn = await this.#pool.sketch(file, { width, tones }, signal);
      requirePixels(drawn.blank, input.path);
      const href = `data:image/png;base64,${Buffer.from(drawn.bytes).toString('base64')}`;
      return { backdrop: { href, aspect: file.width / file.height } };
    });
  }

  #colours(opened: Opened, signal: AbortSignal): Promise<PictureColours> {
    return this.#characters.get(opened.input.sha256, async () =>
      coloursOf(await this.#sample(opened, signal)),
    );
  }

  async #sample({ input, file }: Opened, signal: AbortSignal) {
    const pixels = await this.#pool.pixels(file, Math.min(sampleWidth, file.width), signal);
    requirePixels(pixels.blank, input.path);
    return { ...pixels, data: pixels.bytes };
  }
}

/** The values that were used last, by key. */
class Kept<T> {
  readonly #values = new Map<string, T>();

  async get(key: string, make: () => Promise<T>): Promise<T> {
    const value = this.#values.get(key) ?? (await make());
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= mostKept) break;
      this.#values.delete(oldest);
    }
    return value;
  }
}

/** The renderer leaves out a picture it cannot decode, and says nothing. */
function requirePixels(blank: boolean, path: string): void {
  const reason = 'its pixels cannot be decoded; it is broken, or of a rare kind such as a CMYK JPEG.';
  if (blank) throw new AuteurError('reference-unusable', { path, reason });
}
