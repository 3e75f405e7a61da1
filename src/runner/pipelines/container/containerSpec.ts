import { createHash } from 'node:crypto';
import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import type { JobRequest } from '../../../core/model/job.ts';
import type { ContainerOptions } from '../../containers/containerEngine.ts';
import { homeId } from '../../homeId.ts';
import type { JobFolder } from './jobFolder.ts';

const gigabyte = 1024 ** 3;
/** Enough for a program with a thread for each core of a big machine; a fork bomb ends here. */
const maxProcesses = 4096;

/** A graphics card as a container asks for it. */
export interface CardAccess {
  readonly id: string;
  /** How the engine hands it over; `none` where it needs no handing over. */
  readonly access: 'nvidia' | 'rocm' | 'none';
  /** What the engine knows it by: an index or UUID. */
  readonly deviceId: string;
  /** What CDI calls it, where the engine hands it over by that alone. */
  readonly cdi?: string;
  /** The numbers of the groups that may use it on this machine: the image knows their names by other numbers, or not at all. */
  readonly groups?: readonly string[];
}

export interface ContainerWish {
  readonly job: JobRequest;
  readonly attempt: number;
  readonly definition: ContainerDefinition;
  /** By its id, so that it is the one that was looked at. */
  readonly image: string;
  readonly folder: JobFolder;
  /** Absent where there is no folder of models. */
  readonly models: string | undefined;
  readonly card: CardAccess | undefined;
  /** The label of the state folder that the queue of the job is in. */
  readonly home: string;
  /** Whether the engine itself runs without root: its root is then this user. */
  readonly rootless: boolean;
}

/** What a container of ours is known by. */
export const labels = {
  job: 'auteur.job',
  attempt: 'auteur.attempt',
  project: 'auteur.project',
  home: 'auteur.home',
} as const;

/** One for each job: a second process that would start it again finds the name taken. */
function containerName(job: Pick<JobRequest, 'id'>): string {
  return `auteur-${job.id}`;
}

/** Containers of another state folder are none of our business. */
export async function homeLabel(home: string): Promise<string> {
  return createHash('sha256')
    .update(await homeId(home))
    .digest('hex')
    .slice(0, 16);
}

/** Which time that its job was taken up made it. */
export function attemptOf({ labels: all }: { readonly labels: Readonly<Record<string, string>> }): number {
  return Number(all[labels.attempt] ?? 0);
}

/** A container as the contract in `pipelines/README.md` says: it sees its job and the models, and writes only its output. */
export function containerSpec(wish: ContainerWish): ContainerOptions {
  const { job, definition, image, rootless } = wish;
  const memory = Math.round(definition.memoryGb * gigabyte);
  return {
    name: containerName(job),
    Image: image,
    ...(definition.command === undefined ? {} : { Cmd: [...definition.command] }),
    User: rootless || process.getuid === undefined ? '0' : `${process.getuid()}:${process.getgid?.() ?? 0}`,
    WorkingDir: '/tmp',
    Env: [
      'HOME=/tmp',
      'AUTEUR_JOB=/auteur/job.json',
      'AUTEUR_OUTPUT=/auteur/output',
      'AUTEUR_MODELS=/models',
    ],
    Labels: {
      [labels.job]: job.id,
      [labels.attempt]: String(wish.attempt),
      [labels.project]: job.projectId,
      [labels.home]: wish.home,
    },
    NetworkDisabled: true,
    Tty: false,
    OpenStdin: false,
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      PidsLimit: maxProcesses,
      Memory: memory,
      // Without this it would get as much swap again.
      MemorySwap: memory,
      Init: true,
      // As /tmp of any user; a default tmpfs belongs to root.
      Tmpfs: { '/tmp': 'rw,mode=1777' },
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '32m', 'max-file': '2' } },
      Mounts: mounts(wish),
      ...cardRequest(wish.card),
    },
  };
}

function mounts({ folder, models }: ContainerWish) {
  const bind = (Source: string, Target: string, ReadOnly: boolean) => ({
    Type: 'bind' as const,
    ...{ Source, Target, ReadOnly },
  });
  return [
    bind(folder.jobFile, '/auteur/job.json', true),
    bind(folder.inputs, '/auteur/inputs', true),
    bind(folder.output, '/auteur/output', false),
    ...(models === undefined ? [] : [bind(models, '/models', true)]),
  ];
}

/** Docker hands over these parts of the driver and no other, whatever the image asks for: CUDA is `compute`. */
const nvidiaCapabilities = [['gpu', 'compute', 'utility', 'video']];

function cardRequest(card: CardAccess | undefined) {
  if (card === undefined || card.access === 'none') return {};
  if (card.cdi !== undefined) return { DeviceRequests: [{ Driver: 'cdi', DeviceIDs: [card.cdi] }] };
  if (card.access === 'nvidia')
    return {
      DeviceRequests: [{ Driver: 'nvidia', DeviceIDs: [card.deviceId], Capabilities: nvidiaCapabilities }],
    };
  const device = (path: string) => ({ PathOnHost: path, PathInContainer: path, CgroupPermissions: 'rwm' });
  return {
    Devices: [device('/dev/kfd'), device(card.deviceId)],
    GroupAdd: [...(card.groups ?? ['video', 'render'])],
  };
}
