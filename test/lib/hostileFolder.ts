import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, relative } from 'node:path';

const renders = '03_Renders/Chapter_01/Scene_01';
const shotList = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';

/** Puts ways out of the project among the files of a film of one shot that has a take; `outside` holds the bait. */
export function plantWaysOut(root: string, outside: string): void {
  const shot = join(root, renders, 'Shot_01');
  const take = readFileSync(join(shot, 'S01_S01_take01.json'), 'utf8');
  mkdirSync(join(outside, 'shot'), { recursive: true });
  cpSync(shot, join(outside, 'shot'), { recursive: true });
  writeFileSync(join(outside, 'secret.png'), 'secret');
  // A take whose picture is a link, one whose sidecar is, and one whose sidecar never ends.
  writeFileSync(join(shot, 'S01_S01_take02.json'), numbered(take, 2));
  symlinkSync(join(outside, 'secret.png'), join(shot, 'S01_S01_take02.png'));
  symlinkSync(join(outside, 'shot', 'S01_S01_take01.json'), join(shot, 'S01_S01_take03.json'));
  execFileSync('mkfifo', [join(shot, 'S01_S01_take04.json')]);
  symlinkSync(join(outside, 'shot'), join(root, renders, 'Shot_02'));
  addShots(join(root, shotList), [`${renders}/Shot_02`, '../../outside/shot', join(outside, 'shot')]);
  rmSync(join(root, '.auteur', 'outbox'), { recursive: true, force: true });
  symlinkSync(outside, join(root, '.auteur', 'outbox'));
  execFileSync('mkfifo', [join(root, '.auteur', 'edits.json')]);
  symlinkSync(join(outside, 'secret.png'), join(root, '.auteur', 'lock'));
  rmSync(join(root, '01_Assets', 'Styles'), { recursive: true });
  symlinkSync(outside, join(root, '01_Assets', 'Styles'));
}

function numbered(take: string, number: number): string {
  const name = `take${String(number).padStart(2, '0')}`;
  return take
    .replaceAll('take01', name)
    .replace(/"number": 1/, `"number": ${String(number)}`)
    .replace(/"id": "[^"]+"/, `"id": "planted-${String(number)}"`);
}

function addShots(file: string, folders: readonly string[]): void {
  const list = JSON.parse(readFileSync(file, 'utf8')) as { shots: object[] };
  const shots = folders.map((folder, index) => ({
    id: `planted-shot-${String(index)}`,
    number: index + 2,
    folder,
    description: `Leads out ${String(index + 1)}`,
  }));
  writeFileSync(file, `${JSON.stringify({ ...list, shots: [...list.shots, ...shots] }, undefined, 2)}\n`);
}

/** Every path below a folder, with what it is and holds: two that are equal were not written to. */
export function snapshot(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (path: string): void => {
    const stats = lstatSync(path);
    const name = relative(folder, path);
    if (stats.isSymbolicLink()) found.set(name, `link ${readlinkSync(path)}`);
    else if (stats.isDirectory()) {
      found.set(name, 'folder');
      for (const entry of readdirSync(path)) visit(join(path, entry));
    } else if (stats.isFile())
      found.set(name, `file ${String(stats.mtimeMs)} ${readFileSync(path, 'latin1')}`);
    else found.set(name, `other ${String(stats.mtimeMs)}`);
  };
  visit(folder);
  return found;
}

export function changes(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}

/** Programs that write down that they were called, and then are what they are called. */
export class RecordedPrograms {
  readonly path: string;
  readonly #log: string;

  constructor(folder: string, programs: readonly string[]) {
    this.#log = join(folder, 'calls');
    const bin = join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(this.#log, '');
    for (const program of programs) {
      const real = execFileSync('which', [program], { encoding: 'utf8' }).trim();
      const file = join(bin, program);
      writeFileSync(file, `#!/bin/sh\necho "${program} $*" >> '${this.#log}'\nexec '${real}' "$@"\n`);
      chmodSync(file, 0o755);
    }
    this.path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  }

  calls(): readonly string[] {
    return readFileSync(this.#log, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  }
}
