import { AuteurError } from '../../core/errors.ts';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { findProject, nearestFolder } from '../../core/storage/locate.ts';
import { check, skipped } from './check.ts';
import { programChecks } from './machineChecks.ts';
import { projectChecks } from './projectChecks.ts';
import { diskFinding, projectRoom, stateChecks } from './stateChecks.ts';

export interface DoctorRequest {
  /** Where the user is. */
  readonly folder: string;
  /** The state folder. */
  readonly home: string;
  /** The version of the editor that asks, or in whose terminal it is asked. */
  readonly vscode?: string | undefined;
  /** Looks at what makes takes, from where the user is. */
  readonly makers?: (place: string) => Promise<readonly DoctorCheck[]>;
}

/** Checks what recording takes needs on this machine, and in the project around `folder` if there is one. */
export async function doctor({
  folder,
  home,
  vscode,
  makers,
}: DoctorRequest): Promise<readonly DoctorCheck[]> {
  const here = await nearestFolder(folder);
  const root = await projectAround(here);
  const looked = makers === undefined ? Promise.resolve([]) : makers(root ?? here);
  const [found, programs] = await Promise.all([looked, programChecks(here, vscode)]);
  const machine = [...programs, ...(await stateChecks(home))];
  if (root !== undefined) return [...machine, ...found, ...(await projectChecks({ root, home, machine }))];
  const hint = 'Go into a project, or name one with -C, to have it checked too.';
  return [
    ...machine,
    ...found,
    await check('Disk of this folder', () => diskFinding(here, projectRoom)),
    await check('Project', () => skipped(`${here} is in none`, hint)),
  ];
}

async function projectAround(folder: string): Promise<string | undefined> {
  try {
    return await findProject(folder);
  } catch (error) {
    if (AuteurError.is(error, 'not-a-project')) return undefined;
    throw error;
  }
}
