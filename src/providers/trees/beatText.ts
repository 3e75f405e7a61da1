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

export function beatText(t: Translate, beat: BeatView): NodeText {
  const name = legible(beat.name);
  const position = percentOf(beat.position);
  const intensity = t('intensity {percent}', { percent: percentOf(beat.intensity) });
  const bound = boundText(beat);
  const description = [position, intensity, bound].filter((part) => part !== undefined).join(' · ');
  const spoken = [
    t('Emotional beat {name}, at {percent} of the film', { name, percent: position }),
    intensity,
    bound,
  ];
  return { label: name, description, spoken: spoken.filter((part) => part !== undefined).join(', ') };
}

/** The scene or chapter it is bound to. */
export function boundText({ at, boundTo }: BeatView): string | undefined {
  return at === undefined ? undefined : `${at} ${legible(boundTo ?? '')}`.trim();
}
