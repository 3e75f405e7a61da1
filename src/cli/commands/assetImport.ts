import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { AuteurError, systemCode } from '../../core/errors.ts';
import { AssetCategory } from '../../core/model/project.ts';
import type { Imported } from '../../core/protocol/assetViews.ts';
import { ClashChoice, type ImportTarget } from '../../core/protocol/importRequest.ts';
import { InterruptedError } from '../exit.ts';
import { oneLine } from '../format/text.ts';
import { choice, examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

interface ImportOptions {
  readonly onClash: ClashChoice;
  readonly in?: string;
}

export function registerAssetImport(asset: Command, run: Run): void {
  asset
    .command('import')
    .description('copy files and folders into an asset, or make an asset of each')
    .argument('<into>', `${AssetCategory.options.join(', ')}, or an asset`)
    .argument('<path...>', 'what is not found here is looked for in Library/Stock_Media')
    .option(
      '--on-clash <choice>',
      `what becomes of names that are taken: ${ClashChoice.options.join(', ')}`,
      choice('--on-clash', ClashChoice.options),
      'keep',
    )
    .option('--in <folder>', 'a folder within the category, e.g. Crew')
    .addHelpText(
      'after',
      examples(
        'asset import Ada portrait.png',
        'asset import locations ~/Scouting',
        'asset import music Rain.wav',
      ),
    )
    .action((into: string, paths: readonly string[], options: ImportOptions) =>
      run((session) => importFiles(session, into, paths, options)),
    );
}

async function importFiles(
  session: Session,
  into: string,
  paths: readonly string[],
  { onClash, in: within }: ImportOptions,
): Promise<Reply> {
  const root = await session.project();
  const studio = session.studio();
  const id = randomUUID();
  const sources = await Promise.all(paths.map((path) => sourceOf(session, path)));
  const signals = session.interrupt.listen();
  const cancel = (): void => void studio.cancelImport(id);
  session.interrupt.signal.addEventListener('abort', cancel, { once: true });
  try {
    const target = targetOf(into, within);
    const imported = await studio.importAssets(root, { id, sources, target, clash: onClash });
    sayUncommitted(session.terminal, imported.commit);
    return replyOf(imported);
  } catch (error) {
    const { exitCode } = session.interrupt;
    if (AuteurError.is(error, 'import-cancelled') && exitCode !== undefined)
      throw new InterruptedError(error.message, exitCode, { cause: error });
    throw error;
  } finally {
    signals.dispose();
  }
}

function targetOf(into: string, within: string | undefined): ImportTarget {
  const category = AssetCategory.safeParse(into.toLowerCase());
  if (!category.success) return { asset: into };
  return { category: category.data, ...(within === undefined ? {} : { within }) };
}

/** A name that is nothing here may be one of the library's stock media. */
async function sourceOf(session: Session, path: string): Promise<string> {
  const here = resolve(session.folderWasNamed ? process.cwd() : session.folder, path);
  if (await isSomething(here)) return here;
  const stock = join(await session.workspace(), 'Library', 'Stock_Media', path);
  return (await isSomething(stock)) ? stock : here;
}

async function isSomething(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

function replyOf({ summary, imported, skipped }: Imported): Reply {
  const lines = [
    ...imported.map(({ path }) => oneLine(path)),
    ...skipped.map(({ from, reason }) => oneLine(`skipped ${from}: ${reason}`)),
  ];
  return {
    json: { summary, imported, skipped },
    lines: lines.length > 0 ? lines : ['Nothing was imported.'],
  };
}
