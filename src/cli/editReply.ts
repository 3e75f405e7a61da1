import type { Edited } from '../core/protocol/editRequest.ts';

const nothing = 'Nothing to change: it is so already.';

/** What each command that edits says: whether anything was changed, and, where nothing was, just that. */
export function editReply(
  { files }: Edited,
  reply: { readonly json: object; readonly lines: readonly string[] },
): { json: object; lines: readonly string[] } {
  const changed = files.length > 0;
  return { json: { changed, ...reply.json }, lines: changed ? reply.lines : [nothing] };
}
