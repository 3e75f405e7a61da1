import { farArms } from './poses.ts';
import type { Rig } from './rig.ts';

/** What a body rests on. */
export function drawSupport(rig: Rig): void {
  const { support, height } = rig.pose;
  const wood = rig.palette.wood;
  if (support === 'chair') {
    for (const [x, top] of [
      [-1.15, 2.5],
      [-0.75, 4.4],
      [0.3, 4.4],
      [0.62, 4.4],
    ] as const)
      rig.box([x, top], [x + 0.14, height], rig.shadow(wood));
    rig.box([-1.2, 2.5], [-0.98, 3.4], wood);
    rig.box([-1.25, 4.3], [0.8, 4.58], wood);
  }
  if (support === 'bed') {
    // As seen where the body lies: along x, with the floor below.
    rig.slab([-1.1, 1.12], [7.6, 1.75], rig.palette.halo);
    rig.slab([-1.2, 1.75], [7.7, 2.2], wood);
    rig.slab([-0.9, 0.78], [0.75, 1.2], rig.palette.halo);
  }
}

/** What the hands hold. */
export function drawProp(rig: Rig): void {
  const { arms, profile } = rig.placed;
  const [x, y] = farArms[arms][2];
  const at = x + (profile ? -0.3 : 0);
  if (arms === 'phone') rig.box([at - 0.12, y - 0.5], [at + 0.06, y - 0.02], rig.palette.ink);
  if (arms === 'hold') rig.box([at - 0.36, y - 0.42], [at + 0.1, y + 0.06], rig.palette.halo);
}
