/** What shots are meant: each part stands for one number of an address, or for any, or `**` for any of them. */
export type ShotPattern = readonly (number | '*' | '**')[];

/** The numbers of an address; a shot that is not named may be any of its scene. */
export interface ShotNumbers {
  readonly chapter: number;
  readonly scene: number;
  readonly shot?: number;
}

const parts = 3;

/**
 * Reads an address that has stars in the place of numbers. As an address does, one that ends early means all below: `01/*`.
 * @returns undefined where the text is no pattern, as an address is none
 */
export function parseShotPattern(text: string): ShotPattern | undefined {
  if (!/^(?:\d{1,5}|\*{1,2})(?:\/(?:\d{1,5}|\*{1,2}))*$/.test(text.trim()) || !text.includes('*'))
    return undefined;
  const read = text
    .trim()
    .split('/')
    .map((part) => (part === '*' || part === '**' ? part : Number(part)))
    .filter((part, index, all) => part !== '**' || all[index - 1] !== '**');
  const single = read.filter((part) => part !== '**').length;
  if (single > parts || read.includes(0)) return undefined;
  if (single < read.length) return read;
  return [...read, ...Array.from({ length: parts - single }, () => '*' as const)];
}

/** Whether a shot is meant; of a scene alone, whether a shot of it may be. */
export function fitsShotPattern(pattern: ShotPattern, { chapter, scene, shot }: ShotNumbers): boolean {
  return fits(pattern, [chapter, scene, shot]);
}

function fits([part, ...others]: ShotPattern, numbers: readonly (number | undefined)[]): boolean {
  if (part === undefined) return numbers.length === 0;
  if (part === '**')
    return Array.from({ length: numbers.length + 1 }, (_, skipped) => skipped).some((skipped) =>
      fits(others, numbers.slice(skipped)),
    );
  if (numbers.length === 0) return false;
  const [number, ...below] = numbers;
  return (part === '*' || number === undefined || part === number) && fits(others, below);
}
