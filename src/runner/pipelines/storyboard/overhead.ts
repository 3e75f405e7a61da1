import { mix } from './colour.ts';
import { between, corners, ellipse, overlap, type Point, type Rect } from './geometry.ts';
import { shaded } from './palette.ts';
import type { Scenery } from './scenery.ts';

/** The floor or the street straight from above. */
export function drawOverhead(scenery: Scenery, inside: boolean): string {
  return inside ? room(scenery) : street(scenery);
}

function room(scenery: Scenery): string {
  const { area, camera, palette, pen, random } = scenery;
  const { frame } = camera;
  const unit = camera.scale;
  const count = Math.min(26, Math.max(6, Math.round(area.height / (unit * 1.1))));
  const marks = [pen.polygon(corners(area), { fill: palette.floor, ink: 'none' })];
  for (let i = 1; i < count; i += 1) {
    const y = area.y + (area.height * i) / count;
    marks.push(pen.line([area.x, y], [area.x + area.width, y], { weight: pen.weight * 0.6, opacity: 0.4 }));
    const x = area.x + area.width * random.next();
    marks.push(pen.line([x, y], [x, y + area.height / count], { weight: pen.weight * 0.6, opacity: 0.4 }));
  }
  const side = random.sign();
  const rug: Point = [frame.x + frame.width * (0.5 + side * 0.06), frame.y + frame.height * 0.55];
  const [rx, ry] = [Math.min(unit * 6, frame.width * 0.36), Math.min(unit * 4, frame.height * 0.33)];
  const cloth = mix(palette.wall, palette.tone('#a2584a'), 0.45);
  marks.push(pen.polygon(between([rug[0] - rx, rug[1] - ry], [rug[0] + rx, rug[1] + ry]), { fill: cloth }));
  marks.push(
    pen.polygon(between([rug[0] - rx * 0.9, rug[1] - ry * 0.86], [rug[0] + rx * 0.9, rug[1] + ry * 0.86]), {
      ink: palette.halo,
      opacity: 0.6,
    }),
  );
  return marks.join('') + (table(scenery, side) ?? '');
}

/** Laid for two, in the first corner of the picture where nobody stands. */
function table(scenery: Scenery, side: 1 | -1): string | undefined {
  const { frame, scale: unit } = scenery.camera;
  const [w, h] = [unit * 3.4, unit * 2.2];
  // A table larger than the picture shows only its edge.
  const reach: Point = [
    Math.min(w * 2 + unit, frame.width * 0.24),
    Math.min(h * 3 + unit, frame.height * 0.3),
  ];
  const down = scenery.random.sign();
  const corner = ([x, y]: Point): Rect => ({
    x: x < 0 ? frame.x + reach[0] - w * 2 : frame.x + frame.width - reach[0],
    y: y < 0 ? frame.y + reach[1] - h * 2.6 : frame.y + frame.height - reach[1],
    width: w * 2,
    height: h * 2.6,
  });
  const free = [
    corner([-side, down]),
    corner([-side, -down]),
    corner([side, down]),
    corner([side, -down]),
  ].find((place) => scenery.clear.every((figure) => overlap(place, figure) === 0));
  return free === undefined ? undefined : laid(scenery, { at: [free.x + w, free.y + h], w, h });
}

function laid({ camera, palette, pen }: Scenery, { at, w, h }: { at: Point; w: number; h: number }): string {
  const unit = camera.scale;
  const plate = (dx: number, dy: number) =>
    pen.blob(ellipse([at[0] + dx * w, at[1] + dy * h], unit * 0.5, unit * 0.5), {
      fill: palette.halo,
      weight: pen.weight * 0.7,
    });
  const chair = (dx: number, dy: number) =>
    pen.polygon(
      between([at[0] + dx * w - unit, at[1] + dy * h - unit], [at[0] + dx * w + unit, at[1] + dy * h + unit]),
      { fill: shaded(palette.wood, palette, 0.3) },
    );
  const fall = unit * 0.4;
  return [
    pen.polygon(between([at[0] - w + fall, at[1] - h + fall], [at[0] + w + fall, at[1] + h + fall]), {
      fill: palette.shade,
      ink: 'none',
      opacity: 0.3,
    }),
    chair(-0.5, 1.15),
    chair(0.5, 1.15),
    pen.polygon(between([at[0] - w, at[1] - h], [at[0] + w, at[1] + h]), { fill: palette.wood }),
    plate(-0.5, 0.4),
    plate(0.45, 0.3),
  ].join('');
}

function street({ area, camera, palette, pen, random, words }: Scenery): string {
  const { frame, scale: unit } = camera;
  const marks = [
    pen.polygon(corners(area), { fill: mix(palette.ground, palette.foliage, 0.25), ink: 'none' }),
  ];
  const wild = /forest|wood|field|meadow|desert|beach|hill|garden|park|dune|sea\b/i.test(words);
  const y = frame.y + frame.height * random.between(0.46, 0.6);
  const half = Math.min(Math.max(unit * 7, frame.height * 0.16), frame.height * 0.34);
  const bend = random.about(frame.height * 0.12);
  const xs = [0, 0.25, 0.5, 0.75, 1].map((t) => area.x + area.width * t);
  const edge = (offset: number) => xs.map((x, i): Point => [x, y + offset + bend * Math.sin(i * 1.2)]);
  const surface = wild ? mix(palette.ground, palette.light, 0.35) : shaded(palette.ground, palette, 0.24);
  const slope = wild ? 1 : 0;
  const line = (offset: number) =>
    xs.map((x, i): Point => [x, y + offset + slope * bend * Math.sin(i * 1.2)]);
  marks.push(
    wild
      ? pen.blob([...edge(-half), ...edge(half).reverse()], { fill: surface })
      : pen.polygon([...line(-half), ...line(half).reverse()], { fill: surface }),
  );
  if (!wild)
    marks.push(
      pen.curve(line(0), {
        ink: palette.halo,
        weight: Math.max(4, unit * 0.3),
        dash: `${Math.round(unit * 3)} ${Math.round(unit * 2.4)}`,
        opacity: 0.8,
      }),
    );
  return (
    marks.join('') +
    canopies({ area, camera, palette, pen, random }, { y, half: half + Math.abs(bend) * slope })
  );
}

/** Tree crowns beside the road, each with its shadow. */
function canopies(
  { area, camera, palette, pen, random }: Pick<Scenery, 'area' | 'camera' | 'palette' | 'pen' | 'random'>,
  road: { y: number; half: number },
): string {
  const unit = camera.scale;
  return Array.from({ length: 9 }, (_, i) => {
    const r = Math.min(unit * random.between(4, 7), camera.frame.height * 0.2);
    const x = area.x + (area.width * (i + random.next())) / 9;
    const y = road.y + (i % 2 === 0 ? 1 : -1) * (road.half + r * random.between(1.05, 1.8));
    const ring = (size: number, dx: number, dy: number) =>
      ellipse([x + dx, y + dy], r * size, r * size, 13).map(([px, py]): Point => [
        px + random.about(r * 0.1),
        py + random.about(r * 0.1),
      ]);
    return [
      pen.blob(ring(1, r * 0.22, r * 0.3), { fill: palette.shade, ink: 'none', opacity: 0.3 }),
      pen.blob(ring(1, 0, 0), { fill: palette.foliage }),
      pen.blob(ring(0.55, -r * 0.2, -r * 0.2), {
        fill: mix(palette.foliage, palette.light, 0.25),
        ink: 'none',
      }),
    ].join('');
  }).join('');
}
