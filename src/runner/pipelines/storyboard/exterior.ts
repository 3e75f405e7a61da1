import { xAt } from './camera.ts';
import { mix } from './colour.ts';
import { corners, ellipse, type Point } from './geometry.ts';
import { drawLandscape, type Landscape } from './landscapes.ts';
import { tag } from './pen.ts';
import { glow, skyGradient, type Drawn, type Scenery } from './scenery.ts';

const kinds: readonly (readonly [RegExp, Landscape])[] = [
  [/harbou?r|beach|sea\b|ocean|pier|dock|coast|shore|lake|river|port\b|quay|boat|lighthouse/i, 'sea'],
  [/forest|wood(s|land)?\b|jungle|park|garden|grove/i, 'forest'],
  [/desert|dune|canyon|wasteland|mars\b/i, 'desert'],
  [
    /street|city|town|alley|square|market|downtown|roof|avenue|bridge|station|parking|district|plaza/i,
    'city',
  ],
  [/field|hill|mountain|farm|meadow|village|road|valley|country|graveyard|churchyard/i, 'hills'],
];

export function drawExterior(scenery: Scenery): Drawn {
  const kind =
    kinds.find(([pattern]) => pattern.test(scenery.words))?.[1] ??
    scenery.random.pick<Landscape>('hills', 'city', 'forest');
  const sky = drawSky(scenery);
  return { defs: sky.defs, marks: sky.marks + ground(scenery, kind) + drawLandscape(kind, scenery) };
}

function drawSky(scenery: Scenery): Drawn {
  const { area, camera, palette, pen } = scenery;
  const id = scenery.id();
  const horizon = camera.vanishing[1];
  const sun = drawSun(scenery);
  return {
    defs: skyGradient(id, palette, [area.y, Math.max(horizon, area.y + 10)]) + sun.defs,
    marks:
      pen.polygon(corners(area), { fill: `url(#${id})`, ink: 'none' }) +
      (palette.night ? stars(scenery) : '') +
      sun.marks +
      clouds(scenery),
  };
}

function drawSun({ camera, palette, pen, lit, random, id }: Scenery): Drawn {
  const { frame, vanishing } = camera;
  const sky = vanishing[1] - frame.y;
  if (sky < frame.height * 0.08) return { defs: '', marks: '' };
  const low = palette.skyLow !== palette.skyTop && !palette.night;
  const x = frame.x + frame.width * (0.5 + lit * random.between(0.26, 0.4));
  const y =
    frame.y + sky * (palette.night ? random.between(0.18, 0.34) : low ? random.between(0.3, 0.62) : 0.3);
  const r = frame.height * random.between(0.045, 0.06);
  const name = id();
  const moon = pen.blob(ellipse([x - r * 0.2, y - r * 0.1], r * 0.3, r * 0.26, 8), {
    fill: mix(palette.lamp, palette.skyLow, 0.25),
    ink: 'none',
  });
  return {
    defs: glow(name, palette.lamp, palette.night ? 0.35 : 0.75),
    marks:
      tag('circle', { cx: x, cy: y, r: r * 4.5, fill: `url(#${name})` }) +
      pen.blob(ellipse([x, y], r, r), { fill: palette.lamp, weight: pen.weight * 0.7 }) +
      (palette.night ? moon : ''),
  };
}

function stars({ area, camera, palette, random }: Scenery): string {
  return Array.from({ length: 46 }, () =>
    tag('circle', {
      cx: area.x + area.width * random.next(),
      cy: area.y + (camera.vanishing[1] - area.y) * random.next() * 0.85,
      r: random.between(0.8, 2.2),
      fill: palette.lamp,
      'fill-opacity': Math.round(random.between(0.4, 1) * 10) / 10,
    }),
  ).join('');
}

function clouds({ camera, palette, pen, random }: Scenery): string {
  const { frame, vanishing } = camera;
  const sky = vanishing[1] - frame.y;
  if (sky < frame.height * 0.15) return '';
  return Array.from({ length: random.pick(2, 3, 4) }, () => {
    const [x, y] = [frame.x + frame.width * random.next(), frame.y + sky * random.between(0.1, 0.62)];
    const w = frame.width * random.between(0.08, 0.17);
    const h = w * random.between(0.12, 0.2);
    const top: Point[] = [
      [x - w, y],
      [x - w * 0.62, y - h * 0.8],
      [x - w * 0.25, y - h * 0.7],
      [x, y - h * 1.5],
      [x + w * 0.36, y - h * 0.9],
      [x + w * 0.66, y - h],
      [x + w, y],
    ];
    const colour = mix(palette.skyLow, palette.lamp, palette.night ? 0.02 : 0.5);
    return (
      pen.blob([...top, [x, y + h * 0.12]], {
        fill: colour,
        ink: 'none',
        opacity: palette.night ? 0.4 : 0.75,
      }) + pen.curve(top.slice(1, 6), { weight: pen.weight * 0.6, opacity: 0.4 })
    );
  }).join('');
}

function ground({ area, camera, palette, pen, random, words }: Scenery, kind: Landscape): string {
  const horizon = camera.vanishing[1];
  const colour =
    kind === 'sea'
      ? mix(palette.skyTop, palette.mid, 0.5)
      : kind === 'forest'
        ? mix(palette.ground, palette.foliage, 0.5)
        : palette.ground;
  const land = pen.polygon(
    [
      [area.x, horizon],
      [area.x + area.width, horizon],
      [area.x + area.width, area.y + area.height],
      [area.x, area.y + area.height],
    ],
    { fill: colour },
  );
  if (kind === 'sea' || kind === 'city') return land;
  const tufts = Array.from({ length: 26 }, () => {
    const z = 0.55 + random.next() ** 2 * 5;
    const x = xAt(camera, area.x + area.width * random.next(), z);
    return pen.curve(
      [camera.project(x - 0.7, 0, z), camera.project(x, 0.12, z), camera.project(x + 0.7, 0, z)],
      { weight: pen.weight * 0.6, opacity: 0.45 },
    );
  });
  const path =
    /road|path|track|lane|trail/i.test(words) || (kind !== 'desert' && random.chance(0.6))
      ? track({ camera, pen, palette, random })
      : '';
  return land + path + tufts.join('');
}

/** A path that winds to the horizon. */
function track({
  camera,
  pen,
  palette,
  random,
}: Pick<Scenery, 'camera' | 'pen' | 'palette' | 'random'>): string {
  const bend = random.about(7);
  const depths = [0.3, 0.8, 1.6, 3, 6, 14, 40];
  const edge = (side: number) =>
    depths.map((z, i) => camera.project(bend * Math.sin(i * 1.3) + side * 3.4, 0, z));
  return pen.blob([...edge(-1), ...edge(1).reverse()], {
    fill: mix(palette.ground, palette.light, 0.35),
    weight: pen.weight * 0.7,
  });
}
