import { legible } from '../../core/domain/legible.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { Translate } from '../translate.ts';
import type { NodeText } from './nodeText.ts';

/** A share of one as percent, with what is behind the point where there is something. */
export function percentOf(share: number): string {
  return `${percentNumber(share)}%`;
}

export function percentNumber(share: number): string {
  return String(Number((share * 100).toFixed(2)));
}

/** The line is short, so that in a narrow view it still says all of them. */
export function beatText(t: Translate, beat: BeatView): NodeText {
  const name = legible(beat.name);
  const percent = percentOf(beat.position);
  const felt = t('felt {percent}', { percent: percentOf(beat.intensity) });
  const spoken = [
    t('Emotional beat {name}, at {percent} of the film', { name, percent }),
    intensityText(t, beat),
    boundText(beat),
  ];
  return {
    label: name,
    description: joined([percent, felt, beat.at], ' · '),
    spoken: joined(spoken, ', '),
  };
}

export function intensityText(t: Translate, { intensity }: BeatView): string {
  return t('intensity {percent}', { percent: percentOf(intensity) });
}

function joined(parts: readonly (string | undefined)[], mark: string): string {
  return parts.filter((part) => part !== undefined).join(mark);
}

/** The scene or chapter it is bound to. */
export function boundText({ at, boundTo }: BeatView): string | undefined {
  return at === undefined ? undefined : `${at} ${legible(boundTo ?? '')}`.trim();
}
