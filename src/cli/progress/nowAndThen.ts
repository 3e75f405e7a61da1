const pauseMs = 5_000;

/** Where lines stay, not every one is written. */
export function nowAndThen(write: (line: string) => void): (line: string | undefined) => void {
  let written: string | undefined;
  let writtenAt = -Infinity;
  return (line) => {
    if (line === undefined || line === written || performance.now() - writtenAt < pauseMs) return;
    [written, writtenAt] = [line, performance.now()];
    write(line);
  };
}
