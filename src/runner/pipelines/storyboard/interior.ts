import { behind, xAt } from './camera.ts';
import { mix } from './colour.ts';
import { furnish } from './furniture.ts';
import { num, type Point } from './geometry.ts';
import { shaded } from './palette.ts';
import { tag } from './pen.ts';
import { glow, panelAt, type Drawn, type Room, type Scenery, type Solid } from './scenery.ts';
import { drawWindow } from './window.ts';

export function drawInterior(scenery: Scenery, wideWindow: boolean): Drawn {
  const room = measureRoom(scenery);
  const window = drawWindow(scenery, room, wideWindow);
  const marks = [
    shell(scenery, room),
    floorboards(scenery, room),
    wallLines(scenery, room),
    window.marks,
    dressing(scenery, room, window.at),
    furnish(scenery, room),
  ];
  const lamp =
    scenery.palette.night || scenery.random.chance(0.4) ? drawLamp(scenery, room) : { defs: '', marks: '' };
  return { defs: window.defs + lamp.defs, marks: marks.join('') + lamp.marks };
}

function measureRoom({ camera, random }: Scenery): Room {
  const depth = behind(camera, random.between(8, 12) * (camera.size === 'EWS' ? 2.2 : 1));
  const visible = (camera.frame.width / 2 / camera.scale) * depth;
  const above = ((camera.vanishing[1] - camera.frame.y) / camera.scale) * depth + camera.height;
  return {
    depth,
    half: Math.max(9, visible * random.between(0.68, 0.86)),
    height: Math.max(11.5, camera.size === 'WS' || camera.size === 'EWS' ? above * 0.8 : 0),
    near: 0.16,
  };
}

function shell({ camera, pen, palette, lit }: Scenery, room: Room): string {
  const { half, height, depth, near } = room;
  const p = (x: number, y: number, z: number) => camera.project(x, y, z);
  const side = (x: number) => [p(x, 0, near), p(x, height, near), p(x, height, depth), p(x, 0, depth)];
  const wall = (facing: 1 | -1) => shaded(palette.wall, palette, facing === lit ? 0.08 : 0.26);
  return [
    pen.polygon(
      [p(-half, height, near), p(half, height, near), p(half, height, depth), p(-half, height, depth)],
      { fill: mix(palette.wall, palette.halo, palette.night ? 0 : 0.25) },
    ),
    pen.polygon([p(-half, 0, near), p(half, 0, near), p(half, 0, depth), p(-half, 0, depth)], {
      fill: palette.floor,
    }),
    pen.polygon(side(-half), { fill: wall(1) }),
    pen.polygon(side(half), { fill: wall(-1) }),
    pen.polygon(panelAt(camera, { x: [-half, half], y: [0, height], z: [depth, depth] }), {
      fill: shaded(palette.wall, palette, 0.06),
    }),
  ].join('');
}

function floorboards({ camera, pen, random }: Scenery, { half, depth, near }: Room): string {
  const count = random.pick(10, 12, 14);
  const tiled = random.chance(0.35);
  const mark = { weight: pen.weight * 0.6, opacity: 0.4 };
  const away = Array.from({ length: count - 1 }, (_, i) => {
    const x = -half + ((i + 1) * 2 * half) / count;
    return pen.line(camera.project(x, 0, near), camera.project(x, 0, depth), mark);
  });
  const across = Array.from({ length: tiled ? 9 : 0 }, (_, i) => {
    const z = depth / (1 + (i + 1) * 0.16);
    return pen.line(camera.project(-half, 0, z), camera.project(half, 0, z), mark);
  });
  return [...away, ...across].join('');
}

/** A skirting board all round, and a dado or a picture rail. */
function wallLines({ camera, pen, random, palette }: Scenery, { half, depth, near, height }: Room): string {
  const rail = random.pick(3.6, 9.6, 0);
  const levels = [0.6, ...(rail > 0 && rail < height ? [rail] : [])];
  return levels
    .map((y) => {
      const points: Point[] = [
        camera.project(-half, y, near),
        camera.project(-half, y, depth),
        camera.project(half, y, depth),
        camera.project(half, y, near),
      ];
      return pen.path(`M${points.map(([x, py]) => `${num(x)} ${num(py)}`).join('L')}`, {
        weight: pen.weight * 0.7,
        opacity: 0.5,
        ink: palette.ink,
      });
    })
    .join('');
}

/** A door and a few pictures, where the window leaves room. */
function dressing(scenery: Scenery, room: Room, window: Solid): string {
  const { camera, pen, palette, random, lit } = scenery;
  const z = [room.depth, room.depth] as const;
  const free = lit === 1 ? ([-room.half, window.x[0]] as const) : ([window.x[1], room.half] as const);
  const width = free[1] - free[0];
  if (width < 3) return '';
  const marks: string[] = [];
  const hasDoor = width > 8 && random.chance(0.6);
  if (hasDoor) {
    const at = lit === 1 ? free[0] + width * 0.3 : free[1] - width * 0.3;
    marks.push(door(scenery, at, room));
  }
  const middle = hasDoor
    ? lit === 1
      ? free[0] + width * 0.7
      : free[1] - width * 0.7
    : free[0] + width * random.between(0.4, 0.6);
  for (const [dx, w, h, y] of pictures(random.pick(0, 1, 2))) {
    const x = middle + dx * Math.min(1, width / 10);
    const outer: Solid = { x: [x - w / 2, x + w / 2], y: [y - h / 2, y + h / 2], z };
    const inner: Solid = {
      x: [x - w / 2 + 0.25, x + w / 2 - 0.25],
      y: [y - h / 2 + 0.25, y + h / 2 - 0.25],
      z,
    };
    marks.push(
      pen.polygon(panelAt(camera, outer), { fill: palette.wood }),
      pen.polygon(panelAt(camera, inner), {
        fill: mix(palette.wall, palette.far, 0.6),
        weight: pen.weight * 0.5,
      }),
    );
  }
  return marks.join('');
}

function pictures(
  arrangement: number,
): readonly (readonly [dx: number, width: number, height: number, y: number])[] {
  if (arrangement === 0) return [[0, 3.2, 2.4, 7.6]];
  if (arrangement === 1)
    return [
      [-1.5, 1.8, 2.4, 7.6],
      [1.2, 1.8, 2.4, 7.6],
    ];
  return [
    [-1.6, 2.2, 2.8, 7.5],
    [0.9, 1.5, 1.2, 8.2],
    [0.9, 1.5, 1.2, 6.6],
  ];
}

function door({ camera, pen, palette }: Scenery, x: number, { depth }: Room): string {
  const z = [depth, depth] as const;
  const leaf = shaded(palette.wood, palette, 0.12);
  const thin = { weight: pen.weight * 0.6, opacity: 0.7 };
  return [
    pen.polygon(panelAt(camera, { x: [x - 2.2, x + 2.2], y: [0, 9.3], z }), {
      fill: mix(palette.wood, palette.wall, 0.4),
    }),
    pen.polygon(panelAt(camera, { x: [x - 1.85, x + 1.85], y: [0, 8.95], z }), { fill: leaf }),
    pen.polygon(panelAt(camera, { x: [x - 1.3, x + 1.3], y: [4.9, 8.2], z }), thin),
    pen.polygon(panelAt(camera, { x: [x - 1.3, x + 1.3], y: [0.8, 4.1], z }), thin),
    pen.blob(panelAt(camera, { x: [x + 1.35, x + 1.65], y: [4.35, 4.65], z }), { fill: palette.light }),
  ].join('');
}

/** A pendant lamp, with its glow at night. */
function drawLamp({ camera, pen, palette, random, id }: Scenery, room: Room): Drawn {
  const z = (1 + room.depth) / 2;
  const x = xAt(camera, camera.frame.x + camera.frame.width * random.between(0.3, 0.7), z);
  const y = Math.min(room.height - 2, 10.2);
  const at = camera.project(x, y, z);
  const unit = camera.scale / z;
  const shade: Point[] = [
    camera.project(x - 0.3, y + 0.9, z),
    camera.project(x + 0.3, y + 0.9, z),
    camera.project(x + 1.1, y, z),
    camera.project(x - 1.1, y, z),
  ];
  const name = id();
  const halo = tag('circle', { cx: at[0], cy: at[1], r: unit * 9, fill: `url(#${name})` });
  const marks =
    pen.line(camera.project(x, room.height, z), camera.project(x, y + 0.9, z)) +
    pen.polygon(shade, { fill: palette.night ? palette.light : palette.wood });
  return {
    defs: palette.night ? glow(name, palette.light, 0.6) : '',
    marks: marks + (palette.night ? halo : ''),
  };
}
