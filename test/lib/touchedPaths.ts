import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const reading = ['stat', 'lstat', 'access', 'readdir', 'readFile', 'open', 'opendir', 'realpath'] as const;
const readingNow = [
  'statSync',
  'lstatSync',
  'accessSync',
  'existsSync',
  'readdirSync',
  'readFileSync',
  'openSync',
  'opendirSync',
] as const;

/** Every path that the file system is asked for while the work is done. */
export async function touchedPaths(work: () => Promise<unknown>): Promise<readonly string[]> {
  const touched: string[] = [];
  const restore = [
    ...reading.map((name) => record(fs.promises, name, touched)),
    ...readingNow.map((name) => record(fs, name, touched)),
    record(fs.realpathSync, 'native', touched),
  ];
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
    syncBuiltinESMExports();
  }
  return touched;
}

function record(owner: object, name: string, touched: string[]): () => void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`The file system has no ${name}.`);
  const recorded = (...args: readonly unknown[]): unknown => {
    touched.push(String(args[0]));
    const result: unknown = Reflect.apply(original, owner, args);
    return result;
  };
  Reflect.set(owner, name, Object.assign(recorded, original));
  return () => {
    Reflect.set(owner, name, original);
  };
}
