interface Chapters {
  readonly chapters: readonly {
    readonly address: string;
    readonly scenes: readonly { readonly address: string }[];
  }[];
}

const digits = 4;

/** Where in the film the middle of a scene or chapter is, from 0 to 1; half way where there is no such place. */
export function placeInFilm({ chapters }: Chapters, address: string): number {
  const scenes = chapters.flatMap((chapter) => chapter.scenes.map((scene) => scene.address));
  const inside = scenes.flatMap((scene, index) => (isWithin(scene, address) ? [index] : []));
  const [first] = inside;
  if (first !== undefined) return rounded((first + inside.length / 2) / scenes.length);
  const index = chapters.findIndex((chapter) => chapter.address === address);
  return index === -1 ? 0.5 : rounded((index + 0.5) / chapters.length);
}

function isWithin(scene: string, address: string): boolean {
  return address !== '' && `${scene}/`.startsWith(`${address}/`);
}

function rounded(share: number): number {
  return Number(share.toFixed(digits));
}
