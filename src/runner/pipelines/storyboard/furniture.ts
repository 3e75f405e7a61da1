import { behind, xAt } from './camera.ts';
import { mix } from './colour.ts';
import { clamp } from './geometry.ts';
import { shaded } from './palette.ts';
import { box, panelAt, type Room, type Scenery } from './scenery.ts';

/** One piece: where on the floor its middle is, and how far away its front and back are. */
interface Spot {
  readonly x: number;
  readonly front: number;
  readonly back: number;
}

type Piece = (scenery: Scenery, spot: Spot) => string;

const pieces = {
  sofa: (s, { x, front, back }) => {
    const cloth = s.palette.tone('#8a7f86');
    return [
      box(s, { x: [x - 4, x + 4], y: [0, 4.1], z: [back, back * 1.02] }, cloth),
      box(s, { x: [x - 4, x + 4], y: [0, 2], z: [front, back] }, mix(cloth, s.palette.halo, 0.12)),
      box(s, { x: [x - 4.6, x - 3.7], y: [0, 2.9], z: [front, back] }, cloth),
      box(s, { x: [x + 3.7, x + 4.6], y: [0, 2.9], z: [front, back] }, cloth),
    ].join('');
  },
  bed: (s, { x, front, back }) =>
    [
      box(s, { x: [x - 3.6, x + 3.6], y: [0, 5.2], z: [back, back * 1.02] }, s.palette.wood),
      box(
        s,
        { x: [x - 3.4, x + 3.4], y: [0.6, 2.5], z: [front, back] },
        mix(s.palette.wall, s.palette.halo, 0.5),
      ),
    ].join(''),
  table: (s, { x, front, back }) => {
    const leg = (at: number, z: number) =>
      box(
        s,
        { x: [at - 0.15, at + 0.15], y: [0, 3.1], z: [z, z * 1.01] },
        shaded(s.palette.wood, s.palette, 0.25),
      );
    return [
      leg(x - 3, back),
      leg(x + 3, back),
      leg(x - 3, front),
      leg(x + 3, front),
      box(s, { x: [x - 3.4, x + 3.4], y: [3.1, 3.4], z: [front, back] }, s.palette.wood),
      box(s, { x: [x - 0.9, x - 0.4], y: [3.4, 4.1], z: [front * 1.05, front * 1.06] }, s.palette.halo),
    ].join('');
  },
  counter: (s, { x, front, back }) =>
    [
      box(
        s,
        { x: [x - 6.5, x + 6.5], y: [0, 3.8], z: [front, back] },
        mix(s.palette.wood, s.palette.wall, 0.35),
      ),
      box(s, { x: [x - 6.7, x + 6.7], y: [3.8, 4.1], z: [front * 0.99, back] }, s.palette.wood),
      ...[-3.9, -1.3, 1.3, 3.9].map((dx) =>
        s.pen.polygon(
          panelAt(s.camera, { x: [x + dx - 1.1, x + dx + 1.1], y: [0.5, 3.4], z: [front, front] }),
          { weight: s.pen.weight * 0.6, opacity: 0.6 },
        ),
      ),
    ].join(''),
  shelf: (s, { x, back }) => {
    const frame = box(
      s,
      { x: [x - 2.8, x + 2.8], y: [0, 8.6], z: [back * 0.97, back] },
      shaded(s.palette.wood, s.palette, 0.15),
    );
    const rows = [0.6, 2.6, 4.6, 6.6].map((y) => {
      const hole = s.pen.polygon(
        panelAt(s.camera, { x: [x - 2.5, x + 2.5], y: [y, y + 1.7], z: [back * 0.97, back] }),
        { fill: shaded(s.palette.wood, s.palette, 0.55), weight: s.pen.weight * 0.6 },
      );
      return hole + books(s, { x, y, z: back * 0.97 });
    });
    return frame + rows.join('');
  },
  desk: (s, { x, front, back }) =>
    [
      box(s, { x: [x - 3.6, x + 3.6], y: [0, 3.3], z: [front, back] }, s.palette.wood),
      box(
        s,
        { x: [x - 1.3, x + 1.3], y: [3.7, 5.3], z: [front * 1.03, front * 1.04] },
        shaded(s.palette.far, s.palette, 0.4),
      ),
      box(s, { x: [x - 0.3, x + 0.3], y: [3.3, 3.7], z: [front * 1.03, front * 1.04] }, s.palette.ink),
    ].join(''),
  crates: (s, { x, front, back }) =>
    [
      box(s, { x: [x - 3, x - 0.2], y: [0, 2.8], z: [front, back] }, s.palette.wood),
      box(
        s,
        { x: [x + 0.1, x + 2.6], y: [0, 2.3], z: [front, back] },
        mix(s.palette.wood, s.palette.wall, 0.3),
      ),
      box(
        s,
        { x: [x - 2.2, x + 0.4], y: [2.8, 5], z: [front * 1.02, back] },
        mix(s.palette.wood, s.palette.light, 0.2),
      ),
    ].join(''),
  plant: (s, { x, front }) => {
    const leaves = Array.from({ length: 7 }, (_, i) => {
      const angle = -Math.PI * (0.12 + (i / 6) * 0.76);
      const [dx, dy] = [Math.cos(angle) * 1.7, -Math.sin(angle) * s.random.between(2, 3.2)];
      const at = (t: number, side: number) =>
        s.camera.project(x + dx * t - side * dy * 0.12, 1.7 + dy * t + side * dx * 0.12, front);
      return s.pen.blob([at(0, 0), at(0.5, 1), at(1, 0), at(0.5, -1)], {
        fill: s.palette.foliage,
        weight: s.pen.weight * 0.7,
      });
    });
    return (
      leaves.join('') +
      box(s, { x: [x - 0.8, x + 0.8], y: [0, 1.7], z: [front, front * 1.02] }, s.palette.tone('#b0714f'))
    );
  },
} as const satisfies Record<string, Piece>;

type Name = keyof typeof pieces;

const rooms: readonly (readonly [RegExp, Name, Name])[] = [
  [/kitchen|diner|caf[eé]|restaurant|canteen/i, 'counter', 'table'],
  [/\bbar\b|pub|saloon|shop|store|reception|lab/i, 'counter', 'shelf'],
  [/bed|motel|hotel|hospital|ward/i, 'bed', 'plant'],
  [/office|police|study|newsroom|bridge|control|studio/i, 'desk', 'shelf'],
  [/library|archive|book|school|class/i, 'shelf', 'table'],
  [/warehouse|garage|factory|barn|cellar|basement|attic|ship|dock|hangar/i, 'crates', 'shelf'],
  [/living|lounge|apartment|flat|house|home|salon/i, 'sofa', 'shelf'],
];

export function furnish(scenery: Scenery, room: Room): string {
  const { camera, random, words, lit } = scenery;
  if (/corridor|hallway|stair|lift|elevator|empty|tunnel/i.test(words)) return '';
  const known = rooms.find(([pattern]) => pattern.test(words));
  const [first, second]: readonly [Name, Name] =
    known === undefined
      ? random.pick<readonly [Name, Name]>(
          ['sofa', 'shelf'],
          ['table', 'plant'],
          ['desk', 'shelf'],
          ['sofa', 'plant'],
        )
      : [known[1], known[2]];
  const back = Math.max(1.02, room.depth * 0.98);
  const front = Math.max(1.01, Math.min(back * 0.97, behind(camera, 3.5)));
  const at = (part: number) =>
    clamp(xAt(camera, camera.frame.x + camera.frame.width * part, front), -room.half + 5, room.half - 5);
  const side = 0.5 + lit * random.between(0.16, 0.26);
  return [
    pieces[second](scenery, { x: at(1 - side), front: Math.max(front, back * 0.93), back }),
    pieces[first](scenery, { x: at(side), front, back: Math.max(front * 1.05, (front + back) / 2) }),
  ].join('');
}

function books(s: Scenery, { x, y, z }: { x: number; y: number; z: number }): string {
  const count = s.random.pick(3, 5, 6);
  return Array.from({ length: count }, (_, i) => {
    const left = x - 2.4 + i * 0.62 + s.random.about(0.05);
    const colour = s.palette.tone(s.random.pick('#9a5b4c', '#5d7183', '#b39a5f', '#6d7f5f', '#7d6178'));
    return s.pen.polygon(
      panelAt(s.camera, { x: [left, left + 0.5], y: [y, y + s.random.between(1, 1.5)], z: [z, z] }),
      { fill: colour, weight: s.pen.weight * 0.4 },
    );
  }).join('');
}
