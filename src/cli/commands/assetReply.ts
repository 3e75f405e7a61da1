import type { Edited, EditRequest } from '../../core/protocol/editRequest.ts';
import { editReply } from '../editReply.ts';
import { oneLine } from '../format/text.ts';
import type { Reply } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

export async function edit(session: Session, request: EditRequest): Promise<Edited> {
  const edited = await session.studio().edit(await session.project(), request);
  sayUncommitted(session.terminal, edited.commit);
  return edited;
}

export function replyOf(edited: Edited): Reply {
  const { summary, nodes } = edited;
  return editReply(edited, { json: { summary, nodes }, lines: [oneLine(`${summary}.`)] });
}
