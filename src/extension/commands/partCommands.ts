import type { DocumentRef, PlaceRef } from '../../providers/contributions.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { beatsMeant } from './beatChoice.ts';
import { deleteBeats, renameBeat } from './beatValues.ts';
import { deleteDocuments, renameDocument } from './documentCommands.ts';
import { chooseScene, chooseShot } from './choosePlace.ts';
import { confirmDelete } from './confirmDelete.ts';
import { deletedPart, partsQuestion } from './deleteQuestion.ts';
import { editValues, rename } from './editValues.ts';
import { chooseWardrobe } from './wardrobe.ts';
import { clickedOn, isDocument, isTake, meant, oneFilm, requireOneKind, type PartNeeds } from './parts.ts';
import { command, requireTrust, type Command } from './command.ts';

/** What can be done to a chapter, scene or shot, whichever it is. */
export function partCommands(needs: PartNeeds): readonly Command[] {
  const { t } = needs;
  return [
    command(needs, 'auteur.part.rename', async (part) => {
      requireTrust();
      await renameMeant(needs, part);
    }),
    command(needs, 'auteur.part.edit', async (part, selected) => {
      requireTrust();
      await editValues(needs, meant(needs, part, selected) ?? [await chooseShot(needs, t('Edit'))]);
    }),
    command(needs, 'auteur.shot.wardrobe', (shot) => chooseWardrobe(needs, shot)),
    command(needs, 'auteur.part.duplicate', async (part, selected) => {
      requireTrust();
      await duplicate(needs, meant(needs, part, selected) ?? [await chooseShot(needs, t('Duplicate'))]);
    }),
    command(needs, 'auteur.part.delete', async (part, selected) => {
      requireTrust();
      const clicked = clickedOn(needs, part, selected);
      if (clicked.length > 0 && clicked.every(isTake)) {
        executeCommand('auteur.take.delete');
        return;
      }
      const beats = beatsMeant(needs, part, selected);
      if (beats.length > 0) {
        await deleteBeats(needs, beats);
        return;
      }
      const documents = documentsMeant(needs, part, selected);
      if (documents.length > 0) {
        await deleteDocuments(needs, documents);
        return;
      }
      requireOneKind(clicked);
      await deleteParts(needs, meant(needs, part, selected) ?? [await chooseShot(needs, t('Delete'), true)]);
    }),
  ];
}

/** The keys of the tree know no kinds. */
async function renameMeant(needs: PartNeeds, part: PlaceRef | undefined): Promise<void> {
  const [take] = clickedOn(needs, part, undefined);
  if (take !== undefined && 'takeId' in take) {
    // A take has no name of its own; what can be written on it is its note.
    executeCommand('auteur.take.note');
    return;
  }
  const [beat] = beatsMeant(needs, part, undefined);
  if (beat !== undefined) {
    await renameBeat(needs, beat);
    return;
  }
  const [document] = documentsMeant(needs, part, undefined);
  if (document !== undefined) {
    await renameDocument(needs, document);
    return;
  }
  const [first] = meant(needs, part, undefined) ?? [];
  await rename(needs, first ?? (await chooseScene(needs, needs.t('Rename'))));
}

async function duplicate({ studio, tree }: PartNeeds, parts: readonly PlaceRef[]): Promise<void> {
  const [film] = parts;
  if (film !== undefined && isWholeFilm(film) && parts.length === 1) {
    executeCommand('auteur.project.duplicate', film);
    return;
  }
  requireOneKind(parts);
  const { root, addresses } = oneFilm(parts);
  if (addresses.length === 0) return;
  const { nodes } = await studio.edit(root, { kind: 'duplicate', addresses });
  const [first] = nodes;
  if (first === undefined) return;
  const parent = first.address.split('/').slice(0, -1).join('/');
  await tree.showAdded(root, parent === '' ? undefined : parent, first.address);
}

async function deleteParts({ t, studio, tree }: PartNeeds, parts: readonly PlaceRef[]): Promise<void> {
  const [film] = parts;
  if (film !== undefined && isWholeFilm(film) && parts.length === 1) {
    executeCommand('auteur.project.delete', film);
    return;
  }
  const { root, addresses } = oneFilm(parts);
  const nodes = await Promise.all(addresses.map((address) => tree.find(root, address)));
  const [first, ...others] = addresses.map((address, index) => deletedPart(address, nodes[index]));
  if (first === undefined) return;
  const shots = await studio.countShots(root, addresses);
  if (await confirmDelete(t, partsQuestion(t, [first, ...others], shots)))
    await studio.edit(root, { kind: 'delete', addresses });
}

function isWholeFilm({ address }: PlaceRef): boolean {
  return address === undefined || address === '';
}

/** The keys of the tree know no kinds: where the first one selected is a document, documents are meant. */
function documentsMeant(
  needs: PartNeeds,
  part: PlaceRef | undefined,
  selected: readonly PlaceRef[] | undefined,
): readonly DocumentRef[] {
  const places = clickedOn(needs, part, selected);
  const [first] = places;
  return first !== undefined && isDocument(first) ? places.filter(isDocument) : [];
}
