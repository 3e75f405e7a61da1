import type { NewNumber } from '../../domain/merge/giveNumbers.ts';
import type { MergeNote } from '../../protocol/fixedTakes.ts';
import { applyOp } from '../edits/applyOp.ts';
import type { FilmEdit } from '../edits/editFilm.ts';
import { FilmDraft } from '../edits/filmDraft.ts';
import type { FilmOp } from '../edits/filmOp.ts';
import { carryOutAll, filesOf } from '../history/fileStep.ts';
import { recordEdit, settleBelow } from '../history/recordEdit.ts';
import { isReadOnly, readProject } from '../projectFiles.ts';
import { withProjectLock } from '../projectLock.ts';
import { ifReadable } from './ifReadable.ts';
import { keepOnePlace, type KeptPlaces } from './keepOnePlace.ts';
import { mergeNotes } from './mergeNotes.ts';
import { numberChapters, numberScenes, type Make } from './numberNodes.ts';
import { OwnSide } from './ownSide.ts';
import { separateShots } from './separateShots.ts';

export interface MendedFilm extends FilmEdit {
  readonly notes: readonly MergeNote[];
  /** Whether takes lie where their shots have them no longer. */
  readonly movesTakes: boolean;
}

const summary = 'Mend the film after a merge';

/** Whether two branches that Git has merged without a conflict have left what cannot stand side by side. */
export async function needsMending(root: string): Promise<boolean> {
  const project = await ifReadable(readProject(root));
  if (project === undefined || isReadOnly(project)) return false;
  const draft = await FilmDraft.open(root);
  const nobody = OwnSide.unknown();
  await mendStory(draft, nobody);
  await separateShots(draft, nobody);
  return draft.steps().length > 0;
}

/**
 * Leaves what stands in two places in one of them, gives chapters, scenes and shots of one number a number each, and shots of one folder a folder each.
 * Undo takes back what is about the story; not what is about folders, because takes move there.
 * @throws AuteurError as `editFilm`
 */
export async function mendFilm(root: string): Promise<MendedFilm> {
  const side = await OwnSide.of(root);
  return withProjectLock(root, async () => {
    await settleBelow(root);
    const story = await FilmDraft.open(root);
    const { ops, ...mended } = await mendStory(story, side);
    const steps = story.steps();
    if (ops.length > 0) await recordEdit(root, { summary, address: '', target: '', ops: [...ops] }, steps);
    const shots = await FilmDraft.open(root);
    const separated = await separateShots(shots, side);
    const more = shots.steps();
    await carryOutAll(root, more);
    const newNumbers = [...mended.newNumbers, ...separated.newNumbers];
    const notes = await mergeNotes(root, { ...mended, newNumbers });
    const files = [...new Set([...filesOf(steps), ...filesOf(more)])];
    const movesTakes = separated.newFolders.size > 0;
    return { address: '', id: '', files, summary, ops, notes, movesTakes };
  });
}

interface MendedStory extends KeptPlaces {
  readonly newNumbers: readonly NewNumber[];
  readonly ops: readonly FilmOp[];
}

async function mendStory(draft: FilmDraft, side: OwnSide): Promise<MendedStory> {
  const ops: FilmOp[] = [];
  const make: Make = async (op) => {
    ops.push(op);
    await applyOp(draft, op);
  };
  const places = await keepOnePlace(draft, side, make);
  const chapters = await numberChapters(draft, side, make);
  const scenes = await numberScenes(draft, side, make);
  return { ops, ...places, newNumbers: [...chapters, ...scenes] };
}
