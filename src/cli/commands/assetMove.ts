import type { Command } from 'commander';
import { assetPlaceNamed } from '../../core/domain/assetPaths.ts';
import { examples } from '../options.ts';
import type { Run } from '../reply.ts';
import { edit, replyOf } from './assetReply.ts';

export function registerAssetMove(asset: Command, run: Run): void {
  asset
    .command('move')
    .description('move assets with their files to another folder or category; every use of them stays')
    .argument('<asset...>', 'by name, id, or category and name: characters/Ada')
    .requiredOption('--to <place>', 'a folder within the category, a category, or both: characters/Crew')
    .addHelpText(
      'after',
      examples(
        'asset move Ada --to Crew/Deck',
        'asset move Ada Emil --to characters',
        'asset move Tower --to locations/Harbour',
      ),
    )
    .action((assets: string[], { to }: { to: string }) =>
      run(async (session) =>
        replyOf(await edit(session, { kind: 'moveAssets', assets, ...assetPlaceNamed(to) })),
      ),
    );
}
