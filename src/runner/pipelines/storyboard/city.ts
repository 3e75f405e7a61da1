import { behind } from './camera.ts';
import { mix } from './colour.ts';
import { shaded } from './palette.ts';
import { box, panelAt, type Scenery } from './scenery.ts';

export function skyline({ area, camera, pen, palette, random }: Scenery): string {
  const horizon = camera.vanishing[1];
  const count = 22;
  return Array.from({ length: count }, (_, i) => {
    const x = area.x + (area.width * i) / count;
    const w = (area.width / count) * random.between(0.85, 1.5);
    const h = camera.frame.height * random.between(0.06, 0.3);
    return pen.polygon(
      [
        [x, horizon],
        [x, horizon - h],
        [x + w, horizon - h],
        [x + w, horizon],
      ],
      { fill: palette.far, weight: pen.weight * 0.5 },
    );
  }).join('');
}

/** Houses on both sides of a road that leads away. */
export function street(s: Scenery): string {
  const { camera, pen, palette, random } = s;
  const far = behind(camera, 260);
  const p = (x: number, z: number) => camera.project(x, 0, z);
  const kerb = 13 + random.about(2);
  const road = pen.polygon([p(-kerb, 0.25), p(kerb, 0.25), p(kerb, far), p(-kerb, far)], {
    fill: shaded(palette.ground, palette, 0.22),
    weight: pen.weight * 0.8,
  });
  const dashes = Array.from({ length: 8 }, (_, i) => {
    const [z0, z1] = [0.5 * 1.55 ** i, 0.5 * 1.55 ** i * 1.22];
    return pen.polygon([p(-0.35, z0), p(0.35, z0), p(0.35, z1), p(-0.35, z1)], {
      fill: mix(palette.ground, palette.halo, 0.7),
      ink: 'none',
    });
  });
  const houses = [5, 4, 3, 2, 1, 0].flatMap((i) =>
    [-1, 1].map((side) => house(s, { side: side === 1 ? 1 : -1, index: i, kerb: kerb + 5 })),
  );
  return road + dashes.join('') + houses.join('');
}

function house(s: Scenery, { side, index, kerb }: { side: 1 | -1; index: number; kerb: number }): string {
  const { camera, palette, random } = s;
  const start = behind(camera, -10 + index * 27);
  const end = behind(camera, 14 + index * 27);
  const height = random.between(28, 58);
  const haze = Math.min(0.7, index * 0.15);
  const colour = mix(
    mix(palette.wall, random.pick(palette.floor, palette.wood, palette.far), 0.45),
    palette.far,
    haze,
  );
  const near = side * kerb;
  const solid = {
    x: side === 1 ? ([near, near + 40] as const) : ([near - 40, near] as const),
    y: [0, height] as const,
    z: [start, end] as const,
  };
  return box(s, solid, colour) + facade(s, { x: near, height, z: [start, end] as const, haze });
}

/** Windows on the side that faces the street. */
function facade(
  s: Scenery,
  { x, height, z, haze }: { x: number; height: number; z: readonly [number, number]; haze: number },
): string {
  const { camera, pen, palette, random } = s;
  const columns = 3;
  const rows = Math.min(5, Math.floor(height / 9));
  return Array.from({ length: rows * columns }, (_, i) => {
    const column = i % columns;
    const y = 5 + Math.floor(i / columns) * 9;
    const at = (t: number) => z[0] + (z[1] - z[0]) * ((column + t) / columns);
    const lit = palette.night && random.chance(0.45);
    const fill = lit ? palette.light : mix(shaded(palette.far, palette, 0.35), palette.far, haze);
    return pen.polygon(
      [
        camera.project(x, y, at(0.25)),
        camera.project(x, y + 5, at(0.25)),
        camera.project(x, y + 5, at(0.75)),
        camera.project(x, y, at(0.75)),
      ],
      { fill, weight: pen.weight * 0.5 },
    );
  }).join('');
}

export function lampPosts({ camera, pen, palette, random }: Scenery): string {
  const side = random.sign();
  return [3, 2, 1]
    .map((i) => {
      const z = behind(camera, i * 20 - 8);
      const x = side * 14;
      const width = Math.max(1.5, (0.3 * camera.scale) / z);
      const pole = pen.curve(
        [
          camera.project(x, 0, z),
          camera.project(x, 19, z),
          camera.project(x - side * 0.8, 20.6, z),
          camera.project(x - side * 3, 20.8, z),
        ],
        { weight: width },
      );
      return (
        pole +
        pen.blob(panelAt(camera, { x: [x - side * 4, x - side * 2.6], y: [20.1, 20.9], z: [z, z] }), {
          fill: palette.night ? palette.light : palette.halo,
        })
      );
    })
    .join('');
}
