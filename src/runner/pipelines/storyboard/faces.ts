import { onPage, type Camera } from './camera.ts';
import type { Point, Rect } from './geometry.ts';
import { poses } from './poses.ts';
import { tapers } from './rig.ts';
import type { Placed } from './staging.ts';

/** Where a head is on the page, as the camera turns it; from above it is a crown. */
export function headBox(figure: Placed, camera: Camera): Rect {
  const { x, top, scale } = figure;
  if (camera.angle === 'birds-eye')
    return around(onPage(camera, [x, top + scale / 2]), scale * 0.76, scale * 0.86);
  if (poses[figure.pose].lying === true)
    return around(onPage(camera, [x, top + scale * 0.62]), scale, scale * 0.62);
  const size = scale * tapers[camera.angle][0];
  return around(onPage(camera, [x, top + size / 2]), size * 0.72, size);
}

/** From the brows to the chin: what neither an arrow nor a label may cover. */
export function faceBox(figure: Placed, camera: Camera): Rect {
  const head = headBox(figure, camera);
  if (camera.angle === 'birds-eye') return head;
  return { ...head, y: head.y + head.height * 0.25, height: head.height * 0.75 };
}

/** What a figure takes of the floor, seen from above. */
export function figureBox({ x, top, scale }: Placed): Rect {
  return around([x, top + scale / 2], scale * 2.4, scale * 2.4);
}

/** Where a figure ends below. */
export function footOf(figure: Placed, camera: Camera): Point {
  return onPage(camera, [figure.x, figure.top + figure.length]);
}

function around([x, y]: Point, width: number, height: number): Rect {
  return { x: x - width / 2, y: y - height / 2, width, height };
}
