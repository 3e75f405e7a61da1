import type { TakeView } from '../../core/protocol/views.ts';
import type { Translate } from '../../providers/translate.ts';
import { firstFew } from './firstFew.ts';
import { shownTitle, type Seen } from './shownTitle.ts';

/** What is asked before something is deleted, and what becomes of it. */
export interface DeleteQuestion {
  readonly question: string;
  readonly detail: string;
}

export interface DeletedPart {
  readonly kind: 'chapter' | 'scene' | 'shot';
  readonly address: string;
  /** Empty where it could not be read. */
  readonly title: string;
  /** Of a shot, where they can be counted. */
  readonly takes?: number;
}

/** A part as the tree shows it. */
export function deletedPart(address: string, node: Seen | undefined): DeletedPart {
  const kind = (['chapter', 'scene'] as const)[address.split('/').length - 1] ?? 'shot';
  const takes = node?.kind === 'shot' && node.view.problem === undefined ? node.view.takeCount : undefined;
  return { kind, address, title: shownTitle(node), ...(takes === undefined ? {} : { takes }) };
}

/**
 * Parts of one kind.
 * @param shots how many shots they are or hold
 */
export function partsQuestion(
  t: Translate,
  parts: readonly [DeletedPart, ...DeletedPart[]],
  shots: number,
): DeleteQuestion {
  const [first, ...others] = parts;
  const left = first.kind === 'shot' ? takesLeft(t, parts) : shotsWithin(t, parts.length, shots);
  if (others.length === 0) return { question: askOne(t, first), detail: left };
  const lines = parts.map(({ address, title }) => `${address}  ${title}`.trim());
  return {
    question: askSeveral(t, first.kind, parts.length),
    detail: `${firstFew(t, lines, '\n')}\n\n${left}`,
  };
}

function askOne(t: Translate, { kind, address, title }: DeletedPart): string {
  if (title === '') return t('Delete {address}?', { address });
  if (kind === 'chapter') return t('Delete chapter {address}, "{title}"?', { address, title });
  return kind === 'scene'
    ? t('Delete scene {address}, "{title}"?', { address, title })
    : t('Delete shot {address}, "{title}"?', { address, title });
}

function askSeveral(t: Translate, kind: DeletedPart['kind'], count: number): string {
  if (kind === 'chapter') return t('Delete {count} chapters?', { count });
  return kind === 'scene' ? t('Delete {count} scenes?', { count }) : t('Delete {count} shots?', { count });
}

function takesLeft(t: Translate, parts: readonly DeletedPart[]): string {
  if (parts.some(({ takes }) => takes === undefined))
    return t('Takes stay on disk, and Undo Edit brings everything back.');
  const count = parts.reduce((sum, { takes = 0 }) => sum + takes, 0);
  if (count === 0) return comesBack(t, parts.length);
  return count === 1
    ? t('1 take stays on disk, and Undo Edit brings everything back.')
    : t('{count} takes stay on disk, and Undo Edit brings everything back.', { count });
}

function shotsWithin(t: Translate, parts: number, count: number): string {
  const within =
    parts === 1
      ? {
          none: t('No shots are in it.'),
          one: t('1 shot is in it.'),
          more: t('{count} shots are in it.', { count }),
        }
      : {
          none: t('No shots are in them.'),
          one: t('1 shot is in them.'),
          more: t('{count} shots are in them.', { count }),
        };
  if (count === 0) return `${within.none} ${comesBack(t, parts)}`;
  return count === 1
    ? `${within.one} ${t('Its takes stay on disk, and Undo Edit brings everything back.')}`
    : `${within.more} ${t('Their takes stay on disk, and Undo Edit brings everything back.')}`;
}

function comesBack(t: Translate, count: number): string {
  return count === 1 ? t('Undo Edit brings it back.') : t('Undo Edit brings them back.');
}

export function takesQuestion(
  t: Translate,
  views: readonly [Pick<TakeView, 'number' | 'address'>, ...Pick<TakeView, 'number' | 'address'>[]],
): DeleteQuestion {
  const [{ number, address }, ...others] = views;
  if (others.length === 0)
    return {
      question: t('Delete take {number} of shot {address}?', { number, address }),
      detail: `${t('Its number is never given again.')} ${comesBack(t, 1)}`,
    };
  const lines = views.map((view) =>
    t('Take {number} of shot {address}', { number: view.number, address: view.address }),
  );
  const numbers = `${t('Their numbers are never given again.')} ${comesBack(t, views.length)}`;
  return {
    question: t('Delete {count} takes?', { count: views.length }),
    detail: `${firstFew(t, lines, '\n')}\n\n${numbers}`,
  };
}

/** What has a name, such as a document or a beat. */
export function namedQuestion(t: Translate, question: string, names: readonly string[]): DeleteQuestion {
  const back = comesBack(t, names.length);
  return { question, detail: names.length === 1 ? back : `${firstFew(t, names, '\n')}\n\n${back}` };
}

/** @param places where they are used */
export function assetsQuestion(
  t: Translate,
  names: readonly string[],
  places: readonly string[],
): DeleteQuestion {
  const [name = ''] = names;
  const count = names.length;
  const question = count === 1 ? t('Delete "{name}"?', { name }) : t('Delete {count} assets?', { count });
  if (places.length === 0) return namedQuestion(t, question, names);
  const where = { places: firstFew(t, places, ', ') };
  if (count === 1)
    return {
      question,
      detail: t(
        'It is used in {places}, and will be taken out there. Undo Edit brings everything back.',
        where,
      ),
    };
  const used = t(
    'They are used in {places}, and will be taken out there. Undo Edit brings everything back.',
    where,
  );
  return { question, detail: `${firstFew(t, names, '\n')}\n\n${used}` };
}
