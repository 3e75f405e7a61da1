import type { JobRequest } from '../model/job.ts';
import type { CompositePrompt, PromptSource, PromptSpan } from '../model/prompt.ts';
import type { Take } from '../model/take.ts';
import { openEnded } from './prompt.ts';

interface Context {
  /** The words beside those of the beats. */
  readonly words: string;
  readonly beats: readonly Beat[];
}

type Beat = PromptSource & Pick<PromptSpan, 'text'>;

/**
 * Whether the place and story a take was made with are others now, and whether what the beats of its scene say is.
 * Which beat is the nearest depends on all scenes of the film; that another one is nearer now changes nothing for the take.
 */
export function changedContext(
  take: Pick<Take, 'address' | 'prompt'>,
  now: Pick<JobRequest, 'panel' | 'prompt'>,
): readonly ('context' | 'beat')[] {
  if (take.prompt.context === now.prompt.context) return [];
  const [before, after] = [contextOf(take.prompt), contextOf(now.prompt)];
  if (before === undefined || after === undefined) return ['context'];
  const isMoved = chapterIn(take.address) !== chapterIn(now.panel.address);
  return [
    ...(isSaid(before, after) ? [] : (['context'] as const)),
    ...(isOtherBeat(before.beats, after.beats, isMoved) ? (['beat'] as const) : []),
  ];
}

/** Undefined where the prompt was recorded without its pieces. */
function contextOf({ context, spans = [] }: CompositePrompt): Context | undefined {
  const own = spans.filter(({ part }) => part === 'context');
  if (textOf(own) !== context) return undefined;
  const words = own.filter((span, index) => !isOfBeat(span) && !leadsToBeat(span, own[index + 1]));
  return { words: textOf(words), beats: own.flatMap(beatIn) };
}

function beatIn({ source, text }: PromptSpan): readonly Beat[] {
  return source?.kind === 'beat' ? [{ ...source, text }] : [];
}

function isOfBeat({ source }: PromptSpan): boolean {
  return source?.kind === 'beat';
}

function leadsToBeat({ source }: PromptSpan, next: PromptSpan | undefined): boolean {
  return source === undefined && next !== undefined && isOfBeat(next);
}

/** What comes before a beat has lost the sign that ended it. */
function isSaid(before: Context, after: Context): boolean {
  if (before.beats.length > 0 === after.beats.length > 0) return before.words === after.words;
  return openEnded(before.words) === openEnded(after.words);
}

function isOtherBeat(before: readonly Beat[], after: readonly Beat[], isMoved: boolean): boolean {
  const isSameText =
    before.length === after.length && before.every(({ text }, index) => text === after[index]?.text);
  if (isSameText) return false;
  const isBound = [...before, ...after].some(({ boundTo }) => boundTo === 'scene');
  const isKept = before.some((one) => after.some((other) => isSameBeat(one, other)));
  return isBound || isKept || (!isMoved && isBoundToChapter(before, after));
}

/** The structure of the film binds beats to chapters too, so only the first of a chapter is known to be bound since. */
function isBoundToChapter(before: readonly Beat[], after: readonly Beat[]): boolean {
  return (
    before.every(({ boundTo }) => boundTo === 'film') && after.some(({ boundTo }) => boundTo === 'chapter')
  );
}

/** A beat that had no id was recorded by its name. */
function isSameBeat(recorded: Beat, { id, name }: Beat): boolean {
  return recorded.id === id || (recorded.id === recorded.name && recorded.name === name);
}

function chapterIn(address: string): string | undefined {
  return address.split('/')[0];
}

function textOf(spans: readonly PromptSpan[]): string {
  return spans.map(({ text }) => text).join('');
}
