import type { Command } from 'commander';
import { parseAddress } from '../../core/model/address.ts';
import { plural } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import { runWatched } from '../runWatched.ts';
import type { Session } from '../session.ts';

export function registerDownload(program: Command, run: Run): void {
  program
    .command('download')
    .description(
      'fetch media that are only here as pointers of Git LFS, and bring back files of takes that are gone',
    )
    .argument(
      '[what...]',
      'chapters, scenes or shots by address, assets by name; without any, the whole film',
    )
    .addHelpText('after', examples('download', 'download 01/02', 'download 01/02/03 characters/Ada'))
    .action((what: readonly string[]) => run((session) => download(session, what)));
}

async function download(session: Session, what: readonly string[]): Promise<Reply> {
  const root = await session.project();
  const addresses = what.filter((one) => parseAddress(one) !== undefined);
  const assets = what.filter((one) => parseAddress(one) === undefined);
  const { files } = await runWatched(session, { kind: 'download', root, addresses, assets });
  const line =
    files === 0 ? 'Nothing to download: all of it is here.' : `Downloaded ${plural(files, 'file')}.`;
  return { json: { files }, lines: [line] };
}
