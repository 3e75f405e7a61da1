import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import type { Panel } from '../../../core/model/panel.ts';
import { CameraAngle, CameraMovement, ShotSize } from '../../../core/model/shotList.ts';
import { blockingOf } from './blocking.ts';
import { placeCamera, type Camera } from './camera.ts';
import { castOf } from './cast.ts';
import { drawPanel } from './drawPanel.ts';
import { headBox } from './faces.ts';
import type { Rect } from './geometry.ts';
import { layOut } from './layout.ts';
import { Random } from './random.ts';
import { stage, type Placed } from './staging.ts';

const ada = { name: 'Ada', description: 'A woman of sixty-eight in a dust coat.' };
const emil = { name: 'Emil', description: 'A big man, in a camel coat and a hat.' };
const noor = { name: 'Noor', description: 'A girl of eleven in a yellow raincoat.' };
const tim = { name: 'Tim', description: 'A little boy.' };
const casts = [[emil], [noor], [ada, emil], [ada, noor], [noor, emil], [noor, tim]];
const formats: readonly (readonly [number, number])[] = [
  [1280, 720],
  [1998, 836],
  [1024, 768],
  [1000, 1000],
  [720, 1280],
];
const minutes = 60_000;

interface Staged {
  readonly camera: Camera;
  readonly figures: readonly Placed[];
}

function aPanel(fields: Partial<Panel>): Panel {
  return { ...aJob().panel, ...fields };
}

function staged(panel: Panel, seed: number): Staged {
  const cast = castOf(panel);
  const { picture } = layOut(panel.width, panel.height);
  const blocking = blockingOf(panel);
  const camera = placeCamera({ panel, cast, frame: picture, blocking }, new Random(seed, 'camera'));
  return { camera, figures: stage({ panel, cast, camera, blocking }, new Random(seed, 'staging')) };
}

function holds({ x, y, width, height }: Rect, [px, py]: readonly [number, number]): boolean {
  return px >= x && px <= x + width && py >= y && py <= y + height;
}

/** Shoulders and chest, or from above the whole figure. */
function bodyBox(figure: Placed, camera: Camera): Rect {
  const { x, y, width, height } = headBox(figure, camera);
  if (camera.angle === 'birds-eye') return { x: x - width * 0.6, y, width: width * 2.2, height };
  const half = 0.63 * figure.scale * figure.traits.build;
  return { x: x + width / 2 - half, y: y + height * 1.3, width: half * 2, height: height * 2.5 };
}

/** How much of a head is in the picture and behind nobody who stands nearer. */
function visiblePart({ camera, figures }: Staged, figure: Placed): number {
  const head = headBox(figure, camera);
  const nearer = figures.slice(figures.indexOf(figure) + 1);
  const over = nearer.flatMap((other) => [headBox(other, camera), bodyBox(other, camera)]);
  const steps = 16;
  const points = Array.from({ length: steps * steps }, (_, i): readonly [number, number] => [
    head.x + (head.width * ((i % steps) + 0.5)) / steps,
    head.y + (head.height * (Math.floor(i / steps) + 0.5)) / steps,
  ]);
  const seen = points.filter((point) => holds(camera.frame, point) && !over.some((box) => holds(box, point)));
  return seen.length / points.length;
}

/** An extreme close-up is larger than the picture. */
function enough(size: ShotSize): number {
  return size === 'ECU' ? 0.45 : 0.6;
}

describe('staging', () => {
  it.each(ShotSize.options)(
    'shows every head of one or two in %s',
    (size) => {
      const base = aPanel({ size });
      const lost: string[] = [];
      for (const characters of casts)
        for (const [width, height] of formats)
          for (const angle of CameraAngle.options)
            for (const [i, lens] of [undefined, 14, 200].entries())
              for (const turn of [1, 2, 3, 4, 5]) {
                const panel: Panel = { ...base, characters, width, height, angle };
                const seed = Math.imul(i + 1, 7919) + turn;
                const scene = staged(lens === undefined ? panel : { ...panel, lens }, seed);
                for (const figure of scene.figures) {
                  const part = visiblePart(scene, figure);
                  if (part < enough(size))
                    lost.push(`${figure.traits.name} ${part.toFixed(2)} ${width}×${height} ${angle} ${seed}`);
                }
                expect(scene.figures).toHaveLength(characters.length);
              }
      expect(lost).toEqual([]);
    },
    minutes,
  );
});

describe('the picture', () => {
  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
    await initWasm(await readFile(wasm));
  }, minutes);

  function pixels(svg: string): Uint8Array {
    const image = new Resvg(svg, { font: { fontBuffers: [] } });
    const rendered = image.render();
    const copy = rendered.pixels.slice();
    rendered.free();
    image.free();
    return copy;
  }

  /** How much of a head changes the picture: what furniture, an arrow or a label covers does not. */
  function shownPart(panel: Panel, seed: number): number[] {
    const svg = drawPanel({ panel, seed, takeNumber: 1, pipeline: 'storyboard 1' });
    const bare = svg.replace(/<g id="figures">.*?<\/g>/s, '');
    expect(bare).not.toBe(svg);
    const [full, empty] = [pixels(svg), pixels(bare)];
    const scene = staged(panel, seed);
    const unit = panel.width / layOut(panel.width, panel.height).width;
    return scene.figures.map((figure) => {
      const { x, y, width, height } = headBox(figure, scene.camera);
      const inside = Array.from({ length: 20 * 20 }, (_, i): readonly [number, number] => [
        x + width * (0.15 + (0.7 * ((i % 20) + 0.5)) / 20),
        y + height * (0.1 + (0.8 * (Math.floor(i / 20) + 0.5)) / 20),
      ]).filter((point) => holds(scene.camera.frame, point));
      const changed = inside.filter(([px, py]) => {
        const at = (Math.floor(py * unit) * panel.width + Math.floor(px * unit)) * 4;
        return [0, 1, 2].some((i) => full[at + i] !== empty[at + i]);
      });
      return changed.length / inside.length;
    });
  }

  it.each(ShotSize.options)(
    'hides no face of %s behind furniture, arrows or labels',
    (size) => {
      const hidden: string[] = [];
      for (const [i, angle] of CameraAngle.options.entries())
        for (const [j, characters] of casts.entries()) {
          const turn = ShotSize.options.indexOf(size) + i + j;
          const location = turn % 2 === 0 ? 'Kitchen' : 'Library';
          const movement = CameraMovement.options[turn % 8] ?? 'static';
          const panel = aPanel({ size, angle, movement, characters, location, width: 320, height: 180 });
          const parts = shownPart(panel, i * 31 + j);
          if (parts.some((part) => part < 0.75))
            hidden.push(
              `${angle} ${movement} ${j} ${location} ${parts.map((part) => part.toFixed(2)).join()}`,
            );
        }
      expect(hidden).toEqual([]);
    },
    minutes,
  );

  /** The part of the picture that two seeds paint differently, more than a wobbling line does. */
  function changedPart(panel: Panel, seeds: readonly [number, number]): number {
    const [one, other] = seeds.map((seed) =>
      pixels(drawPanel({ panel, seed, takeNumber: 1, pipeline: 'storyboard 1' })),
    );
    const { picture, width } = layOut(panel.width, panel.height);
    const unit = panel.width / width;
    let [changed, all] = [0, 0];
    for (let y = Math.ceil(picture.y * unit); y < (picture.y + picture.height) * unit; y += 1)
      for (let x = Math.ceil(picture.x * unit); x < (picture.x + picture.width) * unit; x += 1) {
        const at = (y * panel.width + x) * 4;
        const apart = [0, 1, 2].map((c) => Math.abs((one?.[at + c] ?? 0) - (other?.[at + c] ?? 0)));
        all += 1;
        if (Math.max(...apart) > 24) changed += 1;
      }
    return changed / all;
  }

  it.each([
    ['one', [ada], 'CU', 'INT'],
    ['one', [ada], 'WS', 'EXT'],
    ['two', [ada, emil], 'MS', 'INT'],
    ['three', [ada, emil, noor], 'MWS', 'EXT'],
  ] as const)('of %s is staged visibly otherwise by another seed (%#)', (_, characters, size, setting) => {
    const panel = aPanel({ size, setting, characters: [...characters], width: 160, height: 90 });
    const heads = (seed: number) => staged(panel, seed).figures.map(({ x, traits }) => `${traits.name} ${x}`);
    for (let seed = 1; seed <= 8; seed += 1) {
      expect(heads(seed)).not.toEqual(heads(seed + 1));
      expect(changedPart(panel, [seed, seed + 1])).toBeGreaterThan(0.15);
    }
  });
});
