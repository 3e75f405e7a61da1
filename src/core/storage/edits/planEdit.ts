import type { EditRequest } from '../../protocol/editRequest.ts';
import type { IsBusy } from '../history/findObstacle.ts';
import { planAddBeat, planBindBeats, planDeleteBeats, planSetBeat } from './beatEdit.ts';
import { planDeleteAssets } from './assetDelete.ts';
import { planAddAsset, planSetAsset } from './assetEdit.ts';
import { planMoveAssets } from './assetMove.ts';
import { planAssignAssets } from './assignEdit.ts';
import { planDelete } from './deleteEdit.ts';
import {
  planDeleteDocument,
  planNewDocument,
  planRenameDocument,
  planUpdateDocument,
} from './documentEdit.ts';
import { planDuplicate } from './duplicateEdit.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import { planMove } from './moveEdit.ts';
import { planActivate, planDeactivate, planReview } from './takeEdit.ts';
import { planDeleteTakes } from './deleteTakes.ts';
import { planStructure } from './structureEdit.ts';
import { planSet } from './setEdit.ts';

/** What a request means for the film as it is now. */
export function planEdit(draft: FilmDraft, request: EditRequest, isBusy: IsBusy): Promise<NodesPlan> {
  switch (request.kind) {
    case 'set':
      return planSet(draft, request);
    case 'move':
      return planMove(draft, request);
    case 'delete':
      return planDelete(draft, request, isBusy);
    case 'duplicate':
      return planDuplicate(draft, request);
    case 'reviewTakes':
      return planReview(draft, request);
    case 'activateTake':
      return planActivate(draft, request);
    case 'deactivateTake':
      return planDeactivate(draft, request);
    case 'deleteTakes':
      return planDeleteTakes(draft, request, isBusy);
    case 'newDocument':
      return planNewDocument(draft, request);
    case 'updateDocument':
      return planUpdateDocument(draft, request);
    case 'renameDocument':
      return planRenameDocument(draft, request);
    case 'deleteDocument':
      return planDeleteDocument(draft, request);
    case 'addBeat':
      return planAddBeat(draft, request);
    case 'setBeat':
      return planSetBeat(draft, request);
    case 'bindBeats':
      return planBindBeats(draft, request);
    case 'deleteBeats':
      return planDeleteBeats(draft, request);
    case 'structure':
      return planStructure(draft, request);
    case 'addAsset':
      return planAddAsset(draft, request);
    case 'setAsset':
      return planSetAsset(draft, request);
    case 'deleteAssets':
      return planDeleteAssets(draft, request);
    case 'moveAssets':
      return planMoveAssets(draft, request);
    case 'assignAssets':
      return planAssignAssets(draft, request);
  }
}
