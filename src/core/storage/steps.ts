import { channel } from 'node:diagnostics_channel';

/** What happens between a request and its commit, in this order; each is told once it has happened. */
export const steps = [
  'request.resolved',
  'job.accepted',
  'job.claimed',
  'attempt.opened',
  'number.reserved',
  'output.made',
  'output.synced',
  'result.written',
  'result.named',
  'job.delivered',
  'recording.begun',
  'file.written',
  'file.linked',
  'file.renamed',
  'number.claimed',
  'media.moved',
  'job.recorded',
  'outbox.emptied',
  'edit.made',
  'edit.noted',
  'commit.staged',
  'commit.made',
  'job.committed',
  'edit.settled',
] as const;
/** What happens besides where a take is made in a container, between `number.reserved` and `output.made`. */
export const containerSteps = [
  'container.marked',
  'container.made',
  'container.started',
  'container.ended',
  'result.taken',
] as const;
export type Step = (typeof steps)[number] | (typeof containerSteps)[number];

export const stepChannelName = 'auteur.step';
const stepChannel = channel(stepChannelName);

/** Tells whoever traces this process (`node:diagnostics_channel`) that it has come so far. */
export function passed(step: Step): void {
  if (stepChannel.hasSubscribers) stepChannel.publish(step);
}
