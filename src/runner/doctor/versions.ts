type Version = readonly [major: number, minor: number];

/** Whether the first version number in what a program prints of itself is that old or newer; undefined without one. */
export function isAtLeast(printed: string, [major, minor]: Version): boolean | undefined {
  const match = /(\d+)\.(\d+)/.exec(printed);
  if (match === null) return undefined;
  const [found, foundMinor] = [Number(match[1]), Number(match[2])];
  return found > major || (found === major && foundMinor >= minor);
}
