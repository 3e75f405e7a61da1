import type { CameraAngle } from '../../../core/model/shotList.ts';
import { mix } from './colour.ts';
import { ellipse, lerp, points, type Point } from './geometry.ts';
import { drawHead } from './head.ts';
import type { Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import { Rig } from './rig.ts';
import { arm, legs } from './limbs.ts';
import { farArms, nearArms, poses } from './poses.ts';
import { drawProp, drawSupport } from './props.ts';
import type { Placed } from './staging.ts';

/** A figure, from the head down; what the frame cuts off is drawn all the same. */
export function drawFigure(
  placed: Placed,
  look: { pen: Pen; palette: Palette; angle: CameraAngle; lit: 1 | -1 },
): string {
  const rig = new Rig(placed, look);
  const cloth = look.palette.cloth(placed.traits.colour);
  drawSupport(rig);
  if (placed.traits.hair === 'long') drawHead(rig, 'behind');
  if (!placed.back) arm(rig, farArms[placed.arms], cloth);
  legs(rig);
  neck(rig);
  torso(rig, cloth);
  skirt(rig, cloth);
  if (rig.detailed) details(rig, cloth);
  if (placed.back) arm(rig, farArms.hang, cloth);
  if (placed.arms === 'phone' || placed.arms === 'hug') drawHead(rig, 'front');
  arm(rig, placed.back ? nearArms.hang : nearArms[placed.arms], cloth);
  if (placed.arms === 'phone' && !placed.back) arm(rig, farArms.phone, cloth);
  if (placed.arms !== 'phone' && placed.arms !== 'hug') drawHead(rig, 'front');
  if (!placed.back) drawProp(rig);
  return castShadow(placed, look) + rig.render(Math.min(22, 5 + placed.scale * 0.05));
}

/** A point of the standing torso where this pose has it: leaning, or shorter in the back. */
function bent(rig: Rig, [x, y]: Point): Point {
  const [hx, hy] = rig.pose.hips;
  const t = Math.max(0, (y - 1.2) / 2.82);
  return [x * rig.turned + hx * t, y <= 1.2 ? y : 1.2 + t * (hy - 1.2)];
}

/** What ties the feet to the floor. */
function castShadow(
  { x, top, length, scale, pose, facing }: Placed,
  { pen, palette, angle, lit }: { pen: Pen; palette: Palette; angle: CameraAngle; lit: 1 | -1 },
): string {
  const depth = angle === 'high' ? 0.42 : angle === 'low' ? 0.13 : 0.24;
  const lying = poses[pose].lying === true;
  const middle: Point = [
    x + (lying ? facing * 3.3 : poses[pose].hips[0] * facing * 0.5) * scale - lit * scale * 0.8,
    top + length - scale * 0.06,
  ];
  const spot = ellipse(middle, scale * (lying ? 4.2 : 1.6), scale * depth);
  return pen.blob(spot, { fill: palette.shade, ink: 'none', opacity: 0.34 });
}

function torso(rig: Rig, cloth: string): void {
  const { build, garment } = rig.placed.traits;
  const waist = garment === 'dress' ? 0.42 : 0.5;
  rig.limb(
    points('0,1.2 -0.02,1.36 -0.04,1.58 -0.03,2.3 0,2.95 0,3.5 0,4.02').map((point) => bent(rig, point)),
    [0.2, 0.46, 0.63, 0.58, waist, 0.52, 0.53].map((half) => half * build * rig.turned),
    { colour: cloth },
  );
}

function details(rig: Rig, cloth: string): void {
  const { garment } = rig.placed.traits;
  const fold = { weight: rig.pen.weight * 0.6 };
  if (rig.placed.profile || rig.placed.pose === 'run') return;
  if (rig.placed.back) {
    rig.curve(points('0.05,1.35 0.03,2.2 0.04,3.9'), { ...fold, opacity: 0.5 });
    return;
  }
  if (garment === 'jacket' || garment === 'coat') {
    rig.blob(
      points('-0.17,1.2 0.08,1.42 0.2,1.2 0.26,1.5 0.12,2.15 -0.06,1.6'),
      mix(cloth, '#f8f4ea', 0.75),
      fold,
    );
    rig.curve(points('0.12,2.15 0.12,3 0.17,3.98'), fold);
    rig.curve(points('-0.18,1.2 -0.27,1.5 -0.15,1.62 0.12,2.15'), fold);
  } else if (garment === 'shirt') {
    rig.curve(points('-0.2,1.24 0.02,1.4 0.2,1.24'), fold);
    rig.curve(points('-0.5,3.86 0,3.94 0.5,3.86'), fold);
  } else {
    rig.curve(points('-0.24,1.26 0.06,1.62 0.24,1.26'), fold);
    rig.curve(points('-0.42,2.92 0.02,3 0.42,2.92'), fold);
  }
  rig.curve(points('-0.5,2.5 -0.36,2.62 -0.26,2.8'), { ...fold, opacity: 0.55 });
  rig.curve(points('0.44,3.1 0.32,3.2 0.22,3.22'), { ...fold, opacity: 0.55 });
}

function neck(rig: Rig): void {
  const skin = rig.palette.skin;
  rig.blob(points('-0.17,0.72 -0.16,1.05 -0.3,1.26 0,1.46 0.26,1.26 0.15,1.08 0.17,0.78'), skin);
  rig.tone(points('-0.14,0.86 0.16,0.94 0.15,1.06 0.05,1.14 -0.14,1.0'), rig.shadow(skin), 0.8);
}

/** What a dress or a coat adds below the waist. */
function skirt(rig: Rig, cloth: string): void {
  const { garment, build } = rig.placed.traits;
  if (garment !== 'dress' && garment !== 'coat') return;
  const long = garment === 'dress' ? 1.07 : 1;
  const waist = garment === 'dress' ? 0.42 : 0.5;
  const [hx] = rig.pose.hips;
  // Starts inside the torso, so that only the line below the waist shows.
  const spine: Point[] = [bent(rig, [0, 2.7]), bent(rig, [0, 2.95])];
  const halves = [0.3 * build * rig.turned, waist * build * rig.turned];
  for (const [x, y, half] of rig.pose.skirt) {
    spine.push([hx + (x - hx) * long, y * (rig.pose.support === 'chair' ? 1 : lerp(1, long, y / 6))]);
    // Slight as somebody is, the legs stay inside.
    halves.push(half * (garment === 'dress' ? 1 : 0.79) * Math.max(1, build));
  }
  rig.limb(spine, halves, { colour: cloth, inked: [1, 1] });
  if (!rig.detailed || rig.pose.height < 7.5) return;
  rig.curve(points('0.16,3.9 0.2,4.8 0.24,5.6'), { weight: rig.pen.weight * 0.7 });
  rig.curve(points('-0.3,4.5 -0.34,5.2 -0.38,5.5'), { weight: rig.pen.weight * 0.5, opacity: 0.6 });
}
