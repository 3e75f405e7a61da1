import { xAt } from './camera.ts';
import { mix } from './colour.ts';
import { clamp, type Point } from './geometry.ts';
import { shaded } from './palette.ts';
import { panelAt, skyGradient, type Drawn, type Room, type Scenery, type Solid } from './scenery.ts';

export function drawWindow(scenery: Scenery, room: Room, wide: boolean): Drawn & { at: Solid } {
  const { camera, pen, palette, lit, random } = scenery;
  const visible = (camera.frame.width / camera.scale) * room.depth;
  const width = wide ? Math.min(visible * 0.62, room.half * 1.5) : clamp(visible * 0.24, 3.4, 7.5);
  const centreX = clamp(
    xAt(
      camera,
      camera.frame.x + camera.frame.width * (0.5 + lit * (wide ? 0.08 : random.between(0.2, 0.3))),
      room.depth,
    ),
    -room.half + width / 2 + 0.6,
    room.half - width / 2 - 0.6,
  );
  const z = [room.depth, room.depth] as const;
  const at: Solid = { x: [centreX - width / 2, centreX + width / 2], y: wide ? [2.4, 9.8] : [3.7, 9.4], z };
  const pane = panelAt(camera, at);
  const id = scenery.id();
  const frame = panelAt(camera, { x: [at.x[0] - 0.4, at.x[1] + 0.4], y: [at.y[0] - 0.4, at.y[1] + 0.4], z });
  const marks = [
    pen.polygon(frame, { fill: shaded(palette.wood, palette, 0) }),
    pen.polygon(pane, { fill: `url(#${id})` }),
    view(scenery, at),
    bars(scenery, at, wide ? 4 : random.pick(2, 3)),
    wide ? '' : curtains(scenery, at),
    shaft(scenery, at),
  ];
  return {
    defs: skyGradient(id, palette, [pane[0]?.[1] ?? 0, pane[2]?.[1] ?? 1]),
    marks: marks.join(''),
    at,
  };
}

/** Roofs or hills behind the pane. */
function view({ camera, pen, palette, random }: Scenery, { x, y, z }: Solid): string {
  const steps = 9;
  const level = () => y[0] + (y[1] - y[0]) * random.between(0.12, 0.42);
  const roofs = Array.from({ length: steps }, (_, i) => {
    const height = level();
    return [
      camera.project(x[0] + ((x[1] - x[0]) * i) / steps, height, z[0]),
      camera.project(x[0] + ((x[1] - x[0]) * (i + 1)) / steps, height, z[0]),
    ];
  }).flat();
  return pen.polygon([camera.project(x[0], y[0], z[0]), ...roofs, camera.project(x[1], y[0], z[0])], {
    fill: palette.far,
    ink: 'none',
  });
}

function bars({ camera, pen, palette }: Scenery, { x, y, z }: Solid, columns: number): string {
  const mark = { ink: mix(palette.wood, palette.ink, 0.45), weight: pen.weight * 1.7 };
  const uprights = Array.from({ length: columns - 1 }, (_, i) => {
    const at = x[0] + ((x[1] - x[0]) * (i + 1)) / columns;
    return pen.line(camera.project(at, y[0], z[0]), camera.project(at, y[1], z[0]), mark);
  });
  const middle = y[0] + (y[1] - y[0]) * 0.58;
  return [
    ...uprights,
    pen.line(camera.project(x[0], middle, z[0]), camera.project(x[1], middle, z[0]), mark),
  ].join('');
}

function curtains({ camera, pen, palette, random }: Scenery, { x, y, z }: Solid): string {
  if (random.chance(0.35)) return '';
  const cloth = mix(palette.wall, palette.wood, 0.35);
  const width = (x[1] - x[0]) * 0.2;
  const hang = (edge: number, outwards: number) => {
    const points: Point[] = [
      [edge - outwards * 0.4, y[1] + 0.5],
      [edge + outwards * width, y[1] + 0.5],
      [edge + outwards * width * 1.2, y[0] - 0.8],
      [edge - outwards * width * 0.1, y[0] - 0.8],
    ];
    const fold = (t: number) =>
      pen.line(
        camera.project(edge + outwards * width * t, y[1] + 0.4, z[0]),
        camera.project(edge + outwards * width * (t + 0.1), y[0] - 0.7, z[0]),
        { weight: pen.weight * 0.5, opacity: 0.6 },
      );
    return (
      pen.polygon(
        points.map(([px, py]) => camera.project(px, py, z[0])),
        { fill: cloth },
      ) +
      fold(0.3) +
      fold(0.65)
    );
  };
  return hang(x[0], -1) + hang(x[1], 1);
}

/** Daylight falling through the window onto the floor. */
function shaft({ camera, pen, palette, lit }: Scenery, { x, z }: Solid): string {
  if (palette.night) return '';
  const reach = -lit * 6;
  const front = Math.max(0.35, z[0] * 0.55);
  const pool = [
    camera.project(x[0] + reach * 0.3, 0, z[0] * 0.96),
    camera.project(x[1] + reach * 0.3, 0, z[0] * 0.96),
    camera.project(x[1] + reach, 0, front),
    camera.project(x[0] + reach, 0, front),
  ];
  return pen.polygon(pool, { fill: palette.light, ink: 'none', opacity: 0.42 });
}
