import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { JobId } from '../../src/core/model/ids.ts';
import type { RunnerSettings } from '../../src/core/model/runnerSettings.ts';
import { type Take } from '../../src/core/model/take.ts';
import type { JobView } from '../../src/core/protocol/views.ts';
import { readFolder } from '../../src/core/storage/locate.ts';
import { validateProject } from '../../src/core/storage/validate.ts';
import { scanTakes } from '../../src/core/storage/takes.ts';
import { createStudio, type RunningStudio } from '../../src/runner/studio.ts';
import { goIn } from '../lib/goFile.ts';
import { repositoryRoot } from '../lib/paths.ts';
import { tempFolder } from '../lib/tempFolder.ts';
import { testImage, type TestEngine } from '../lib/testEngine.ts';
import { testFilm } from '../lib/testFilm.ts';

/** A film, and a machine whose pipelines are shell scripts in containers of a real engine. */
export interface ContainerFilm {
  readonly root: string;
  readonly workspace: string;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** Defines a pipeline that runs a script. */
  pipeline(id: string, script: string, more?: Record<string, unknown>): void;
  settings(settings: Partial<RunnerSettings>): void;
  /** Lets scripts go on that wait for it. */
  go(): void;
  /** With what its build keeps in a folder, where that is not the whole of it. */
  studio(assetsDir?: string): RunningStudio;
  /** What the studios have logged. */
  readonly logged: readonly string[];
  takes(): Promise<readonly Take[]>;
  log(id: JobId): string;
}

export async function containerFilm(engine: TestEngine, shots = 1): Promise<ContainerFilm> {
  const { root, workspace } = await testFilm({ shots });
  const home = tempFolder();
  const pipelines = join(home, 'pipelines');
  mkdirSync(pipelines, { recursive: true });
  const logged: string[] = [];
  const env = { ...process.env, ...engine.env, AUTEUR_HOME: home };
  return {
    ...{ root, workspace, home, env },
    pipeline: (id, script, more = {}) => {
      const command = ['/bin/sh', '-c', script];
      const definition = { schemaVersion: 1, kind: 'container', image: testImage, command, ...more };
      writeFileSync(join(pipelines, `${id}.pipeline.json`), JSON.stringify(definition));
    },
    go: goIn(workspace),
    settings: (settings) => {
      writeFileSync(join(home, 'runner.json'), JSON.stringify(settings));
    },
    studio: (assetsDir = join(repositoryRoot, 'dist')) => {
      const studio = createStudio({
        ...{ home, env, trusted: true, claims: 'open', edits: 'commit', version: 'test' },
        assetsDir,
        log: (line) => logged.push(line),
      });
      onTestFinished(() => studio.close());
      return studio;
    },
    logged,
    takes: async () => (await scanTakes(join(root, '03_Renders/Chapter_01/Scene_01/Shot_01'))).takes,
    log: (id) => readFileSync(join(home, 'logs', `${id}.log`), 'utf8'),
  };
}

/** Makes takes of the one shot with a pipeline, until each has ended. */
export async function made(
  studio: RunningStudio,
  root: string,
  pipeline: string,
  takes = 1,
): Promise<readonly JobView[]> {
  await studio.openProject(root);
  const jobs = await studio.generate({ root, addresses: ['01/01/01'], pipeline, takes });
  return studio.settled(jobs.map(({ id }) => id));
}

/** A job whose container runs. */
export async function started(engine: TestEngine, film: ContainerFilm, pipeline: string) {
  const studio = film.studio();
  await studio.openProject(film.root);
  const [job] = await studio.generate({ root: film.root, addresses: [], pipeline });
  if (job === undefined) throw new Error('no job');
  await expect.poll(() => engine.docker('ps', '-q'), { timeout: 20_000 }).not.toBe('');
  const ended = async (): Promise<JobView | undefined> => (await studio.settled([job.id]))[0];
  return { studio, id: job.id, ended };
}

/** One take or one error, and nothing left. */
export async function expectClean(engine: TestEngine, film: ContainerFilm, takes: number): Promise<void> {
  expect(await film.takes()).toHaveLength(takes);
  expect(await engine.docker('ps', '-aq')).toBe('');
  expect(await readFolder(join(film.root, '.auteur/work'))).toEqual([]);
  expect(await readFolder(join(film.home, 'containers'))).toEqual([]);
  expect((await validateProject(film.root, { git: true })).map(({ message }) => message)).toEqual([]);
}
