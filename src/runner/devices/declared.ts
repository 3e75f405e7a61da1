import { AuteurError } from '../../core/errors.ts';
import type { DeviceDeclaration } from '../../core/model/runnerSettings.ts';
import type { Device } from './device.ts';

export interface Declared {
  readonly declarations: readonly DeviceDeclaration[];
  /** Which of the two places they stand in. */
  readonly from: 'file' | 'window';
  /** Whether the window declares others, which do not count. */
  readonly overruled: boolean;
}

export interface DeclaredDevices {
  readonly devices: readonly Device[];
  /** What does not count, in sentences. */
  readonly notices: readonly string[];
}

const overruledNotice =
  'The cards of "auteur.runner.devices" do not count: runner.json of the state folder declares the cards of this machine, for windows, command lines and workers alike.';

/**
 * The cards that the user has declared. Each is the same card for the whole machine, whatever it is called: the one that
 * was found under its index, UUID or render node, else what it is declared as.
 * @param found what was detected on this machine
 * @throws AuteurError `runner-setting-invalid`
 */
export function declaredDevices(
  { declarations, from, overruled }: Declared,
  found: readonly Device[],
): DeclaredDevices {
  const devices: Device[] = [];
  const notices = overruled ? [overruledNotice] : [];
  for (const declaration of declarations) {
    const device = resolved(declaration, found);
    const same = devices.filter(({ lane }) => lane === device.lane || lane.startsWith(`${device.lane}#`));
    if (same.length === 0) devices.push(device);
    // Only where all processes of the machine read it may a card be used as two.
    else if (from === 'file') devices.push({ ...device, lane: `${device.lane}#${same.length + 1}` });
    else notices.push(sameCardNotice(device, same[0]));
  }
  return { devices, notices };
}

function sameCardNotice({ id }: Device, other: Device | undefined): string {
  return `The card "${id}" of "auteur.runner.devices" does not count: it is the same as "${other?.id ?? ''}". To use a card as two, declare both in runner.json of the state folder.`;
}

function resolved(declaration: DeviceDeclaration, found: readonly Device[]): Device {
  const { id, name = id, vramGb, access } = declaration;
  const card = sameCard(declaration, found);
  const deviceId = declaration.deviceId ?? card?.deviceId ?? impliedId(declaration);
  if (deviceId === undefined) throw unnamed(declaration);
  const lane = card?.lane ?? laneOf(access === 'none' ? id : deviceId);
  return {
    id,
    lane,
    name,
    vramGb,
    access,
    deviceId,
    ...(card?.index === undefined ? {} : { index: card.index }),
  };
}

/** As one that is found has it, but for an index, which nothing that is found is known by. */
function laneOf(name: string): string {
  return /^\d+$/.test(name) ? `nvidia:${name}` : name;
}

/** The card of this machine that is meant: by what the engine knows it by, else by what it is called. */
function sameCard(
  { id, name, access, deviceId }: DeviceDeclaration,
  found: readonly Device[],
): Device | undefined {
  const isMeant =
    (wanted: string) =>
    (one: Device): boolean =>
      one.deviceId === wanted || String(one.index) === wanted || isBeginning(wanted, one.deviceId);
  const wanted = deviceId ?? impliedId({ id, access });
  const known = wanted === undefined ? undefined : found.find(isMeant(wanted));
  if (known !== undefined || deviceId !== undefined) return known;
  const named = found.filter((one) => one.id === id || one.name === (name ?? id));
  return named.length === 1 ? named[0] : undefined;
}

/** Engines take the beginning of a UUID for the whole. */
function isBeginning(wanted: string, uuid: string): boolean {
  return /^(GPU|MIG)-./i.test(wanted) && uuid.toLowerCase().startsWith(wanted.toLowerCase());
}

/** An id that says which card it is: `gpu1`, `cuda:0`, a UUID. */
function impliedId({ id, access }: Pick<DeviceDeclaration, 'id' | 'access'>): string | undefined {
  if (access === 'none') return id;
  if (access === 'rocm') return undefined;
  if (/^(GPU|MIG)-./.test(id)) return id;
  return /^(?:gpu|cuda|nvidia|card)?[:._-]?(\d{1,2})$/i.exec(id)?.[1];
}

function unnamed({ id, access }: DeviceDeclaration): AuteurError {
  const example =
    access === 'rocm' ? 'a render node such as /dev/dri/renderD128' : 'its index or UUID in nvidia-smi';
  const reason = `the card "${id}" needs a "deviceId" (${example}), as neither its id nor its name says which card it is.`;
  return new AuteurError('runner-setting-invalid', { name: 'devices', reason });
}
