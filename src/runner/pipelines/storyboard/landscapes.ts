import { behind, xAt } from './camera.ts';
import { lampPosts, skyline, street } from './city.ts';
import { mix } from './colour.ts';
import { ellipse, polygonPath, ribbon, smoothPath, type Point } from './geometry.ts';
import { shaded } from './palette.ts';
import { box, type Scenery } from './scenery.ts';

export type Landscape = 'hills' | 'city' | 'forest' | 'sea' | 'desert';

const landscapes: Readonly<Record<Landscape, (scenery: Scenery) => string>> = {
  hills: (s) =>
    [
      ridge(s, { rise: 0.26, colour: s.palette.far, rough: 0.5 }),
      ridge(s, { rise: 0.13, colour: s.palette.mid, rough: 0.9 }),
      trees(s, 4, 26),
      fence(s),
    ].join(''),
  city: (s) => [skyline(s), street(s), lampPosts(s)].join(''),
  forest: (s) =>
    [
      ridge(s, { rise: 0.3, colour: mix(s.palette.far, s.palette.foliage, 0.4), rough: 2.2 }),
      trees(s, 13, 7),
    ].join(''),
  sea: (s) =>
    [ridge(s, { rise: 0.07, colour: s.palette.far, rough: 0.6 }), waves(s), boat(s), pier(s)].join(''),
  desert: (s) =>
    [
      mesas(s),
      ridge(s, { rise: 0.08, colour: mix(s.palette.ground, s.palette.light, 0.25), rough: 0.4 }),
      rocks(s),
    ].join(''),
};

export function drawLandscape(kind: Landscape, scenery: Scenery): string {
  return landscapes[kind](scenery);
}

/** A far line of hills or tree tops along the horizon. */
function ridge(
  { area, camera, pen, random }: Scenery,
  { rise, colour, rough }: { rise: number; colour: string; rough: number },
): string {
  const horizon = camera.vanishing[1];
  const steps = Math.round(8 + rough * 8);
  const phase = random.between(0, 6);
  const top = Array.from({ length: steps + 1 }, (_, i): Point => {
    const t = i / steps;
    const swell = 0.5 + 0.3 * Math.sin(phase + t * 6.5) + 0.2 * random.next() * rough;
    return [area.x + area.width * t, horizon - camera.frame.height * rise * swell];
  });
  const land =
    smoothPath(top, false) +
    polygonPath([...top.slice(-1), [area.x + area.width, horizon + 1], [area.x, horizon + 1]], false).replace(
      'M',
      'L',
    );
  return pen.path(`${land}Z`, { fill: colour, ink: 'none' }) + pen.curve(top, { weight: pen.weight * 0.7 });
}

function trees(s: Scenery, count: number, nearest: number): string {
  const spots = Array.from({ length: count }, (_, i) => ({
    heads: nearest + ((count - i) / count) * 55 + s.random.about(2),
    side: i % 2 === 0 ? 1 : -1,
  }));
  return spots
    .map(({ heads, side }) => {
      const z = behind(s.camera, heads);
      const centre = s.camera.frame.x + s.camera.frame.width * (0.5 + side * s.random.between(0.16, 0.56));
      return tree(s, xAt(s.camera, centre, z), z);
    })
    .join('');
}

function tree(s: Scenery, x: number, z: number): string {
  const { camera, pen, palette, random } = s;
  const height = random.between(20, 32);
  const lean = random.about(0.8);
  const far = Math.min(0.75, (z - 1) / 9);
  const leaf = mix(palette.foliage, palette.far, far);
  const trunk = ribbon(
    [
      camera.project(x, 0, z),
      camera.project(x + lean, height * 0.3, z),
      camera.project(x + lean, height * 0.6, z),
    ],
    [1.1, 0.75, 0.5].map((w) => (w * camera.scale) / z),
  );
  const crown = (dx: number, dy: number, r: number, colour: string) => {
    const ring = ellipse([0, 0], 1, 1, 11).map(([ex, ey]): Point => {
      const bump = r * random.between(0.84, 1.14);
      return camera.project(x + lean + dx + ex * bump, height * 0.7 + dy - ey * bump * 0.85, z);
    });
    return pen.blob(ring, { fill: colour, weight: pen.weight * (1 - far * 0.6) });
  };
  return [
    pen.polygon(trunk, { fill: mix(shaded(palette.wood, palette, 0.2), palette.far, far) }),
    crown(-s.lit * 3.2, -2, height * 0.2, shaded(leaf, palette, 0.3)),
    crown(-s.lit * 0.6, 1.6, height * 0.25, shaded(leaf, palette, 0.14)),
    crown(s.lit * 3.6, -0.8, height * 0.19, leaf),
    crown(s.lit * 1.4, 4.2, height * 0.15, mix(leaf, palette.light, 0.14)),
  ].join('');
}

function fence(s: Scenery): string {
  const { camera, pen, palette, random } = s;
  if (random.chance(0.4)) return '';
  const side = random.sign();
  const x = side * random.between(9, 13);
  const zs = Array.from({ length: 9 }, (_, i) => behind(camera, -4 + i * 7));
  const posts = zs.map((z) => box(s, { x: [x - 0.2, x + 0.2], y: [0, 4], z: [z, z * 1.01] }, palette.wood));
  const rail = (y: number) =>
    pen.path(
      `M${zs
        .map((z) =>
          camera
            .project(x, y, z)
            .map((v) => Math.round(v))
            .join(' '),
        )
        .join('L')}`,
      { weight: pen.weight },
    );
  return rail(3.4) + rail(2) + posts.reverse().join('');
}

function waves({ area, camera, pen, palette, random }: Scenery): string {
  return Array.from({ length: 34 }, () => {
    const z = 1.1 + random.next() ** 2 * 22;
    const width = random.between(1.5, 5);
    const x = xAt(camera, area.x + area.width * random.next(), z);
    const y = -0.6;
    const points = [
      camera.project(x - width, y, z),
      camera.project(x - width * 0.3, y + 0.25, z),
      camera.project(x + width * 0.3, y, z),
      camera.project(x + width, y + 0.2, z),
    ];
    return pen.curve(points, {
      ink: random.chance(0.5) ? palette.halo : palette.ink,
      weight: pen.weight * 0.7,
      opacity: 0.5,
    });
  }).join('');
}

function boat({ camera, pen, palette, random, lit }: Scenery): string {
  const z = behind(camera, random.between(60, 110));
  const x = xAt(camera, camera.frame.x + camera.frame.width * (0.5 - lit * random.between(0.12, 0.36)), z);
  const p = (dx: number, y: number) => camera.project(x + dx, y, z);
  return [
    pen.line(p(0, 1), p(0, 27)),
    pen.polygon([p(0.6, 26), p(0.6, 5), p(10, 5)], { fill: palette.halo }),
    pen.polygon([p(-0.6, 23), p(-0.6, 5), p(-7, 5)], { fill: mix(palette.halo, palette.far, 0.4) }),
    pen.polygon([p(-10, 3.5), p(12, 3.5), p(8, -0.6), p(-8, -0.6)], { fill: palette.wood }),
  ].join('');
}

/** Planks to stand on, with bollards. */
function pier(s: Scenery): string {
  const { camera, pen, palette, area } = s;
  const edge = behind(camera, 9);
  const half = Math.max(14, xAt(camera, area.x + area.width, edge) * 1.3);
  const p = (x: number, z: number) => camera.project(x, 0, z);
  const deck = pen.polygon([p(-half, 0.2), p(half, 0.2), p(half, edge), p(-half, edge)], {
    fill: palette.floor,
  });
  const planks = Array.from({ length: 9 }, (_, i) => {
    const z = edge / (1 + (i + 1) * 0.13);
    return pen.line(p(-half, z), p(half, z), { weight: pen.weight * 0.6, opacity: 0.5 });
  });
  const bollards = [-0.62, 0.7].map((t) => {
    const x = xAt(camera, camera.frame.x + camera.frame.width * (0.5 + t * 0.5), edge);
    return box(
      s,
      { x: [x - 0.7, x + 0.7], y: [0, 2.6], z: [edge * 0.97, edge] },
      shaded(palette.wood, palette, 0.3),
    );
  });
  return deck + planks.join('') + bollards.join('');
}

function mesas({ camera, area, pen, palette, random }: Scenery): string {
  const horizon = camera.vanishing[1];
  return Array.from({ length: 4 }, (_, i) => {
    const x = area.x + area.width * ((i + random.between(0.2, 0.8)) / 4);
    const w = area.width * random.between(0.05, 0.12);
    const h = camera.frame.height * random.between(0.08, 0.22);
    const rock = mix(palette.far, palette.tone('#b0714f'), 0.4);
    return pen.polygon(
      [
        [x - w, horizon + 3],
        [x - w * 0.7, horizon - h * 0.4],
        [x - w * 0.5, horizon - h],
        [x + w * 0.4, horizon - h * 0.95],
        [x + w * 0.65, horizon - h * 0.35],
        [x + w, horizon + 3],
      ],
      { fill: rock },
    );
  }).join('');
}

function rocks(s: Scenery): string {
  const { camera, pen, palette, random } = s;
  return Array.from({ length: 7 }, () => {
    const z = behind(camera, random.between(4, 40));
    const x = xAt(camera, camera.frame.x + camera.frame.width * random.next(), z);
    const r = random.between(0.8, 2.4);
    const p = (dx: number, y: number) => camera.project(x + dx * r, y * r, z);
    return pen.blob([p(-1, 0), p(-0.8, 0.6), p(-0.1, 0.95), p(0.7, 0.6), p(1, 0)], {
      fill: shaded(palette.ground, palette, 0.3),
    });
  }).join('');
}
