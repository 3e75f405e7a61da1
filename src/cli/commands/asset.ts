import type { Command } from 'commander';
import { assetFieldOf } from '../../core/domain/assetFields.ts';
import { assetFieldNames, assetValueFrom } from '../../core/domain/assetForms.ts';
import { categoryNamed } from '../../core/domain/assetPaths.ts';
import { AuteurError } from '../../core/errors.ts';
import { AssetCategory } from '../../core/model/project.ts';
import { oneLine, padEnd, plural } from '../format/text.ts';
import { choice, collect, examples } from '../options.ts';
import type { Run } from '../reply.ts';
import { registerAssetImport } from './assetImport.ts';
import { registerAssetMove } from './assetMove.ts';
import { edit, replyOf } from './assetReply.ts';

const named = choice('category', AssetCategory.options);
const category = (typed: string): AssetCategory => named(categoryNamed(typed) ?? typed);

export function registerAsset(program: Command, run: Run): void {
  const asset = program.command('asset').description('characters, locations, styles and music of the film');
  registerAdd(asset, run);
  registerAssetImport(asset, run);
  registerEdit(asset, run);
  registerRename(asset, run);
  registerAssetMove(asset, run);
  registerAssign(asset, run);
  registerDelete(asset, run);
  registerList(asset, run);
  registerUses(asset, run);
}

interface AddOptions {
  readonly in?: string;
  readonly description?: string;
  readonly keyword?: readonly string[];
  readonly trigger?: readonly string[];
  readonly negative?: readonly string[];
}

function registerAdd(asset: Command, run: Run): void {
  asset
    .command('add')
    .description('make an asset; prints its folder')
    .argument('<category>', AssetCategory.options.join(', '), category)
    .argument('<name>')
    .option('--in <folder>', 'a folder within the category, e.g. Crew')
    .option('--description <text>', 'what it looks or sounds like')
    .option('--keyword <word>', 'a word for the prompt; may be given several times', collect)
    .option('--trigger <word>', 'a word a trained model answers to; may be given several times', collect)
    .option('--negative <word>', 'what must not be seen; may be given several times', collect)
    .addHelpText('after', examples('asset add characters Ada --description "a projectionist of sixty"'))
    .action((of: AssetCategory, name: string, options: AddOptions) =>
      run(async (session) => {
        const edited = await edit(session, {
          kind: 'addAsset',
          category: of,
          name,
          ...(options.in === undefined ? {} : { within: options.in }),
          values: {
            description: options.description ?? null,
            keywords: words(options.keyword),
            triggerWords: words(options.trigger),
            negative: words(options.negative),
          },
        });
        const folder = edited.files
          .find((file) => file.endsWith('/asset.json'))
          ?.replace(/\/asset\.json$/, '');
        const id = edited.nodes[0]?.id ?? '';
        return { json: { id, category: of, name, folder }, lines: [oneLine(folder ?? '')] };
      }),
    );
}

function words(given: readonly string[] | undefined): string[] | null {
  return given === undefined ? null : [...given];
}

function registerEdit(asset: Command, run: Run): void {
  asset
    .command('edit')
    .description('change what is said of an asset')
    .argument('<asset>', 'by name, id, or category and name: characters/Ada')
    .argument('<key=value...>', 'an empty value takes it away')
    .addHelpText(
      'after',
      `\nKeys: ${assetFieldNames.join(', ')}\n${examples(
        'asset edit Ada keywords="grey hair, blue overall" triggerWords=adaxyz',
        'asset edit Ada wardrobe="Booth: blue overall; Premiere: a red dress"',
        'asset edit Ada references=portrait.png',
      )}`,
    )
    .action((name: string, pairs: readonly string[]) =>
      run(async (session) => {
        const values = Object.fromEntries(pairs.map(valueOf));
        return replyOf(await edit(session, { kind: 'setAsset', asset: name, values }));
      }),
    );
}

function valueOf(pair: string) {
  const at = pair.indexOf('=');
  if (at < 1)
    throw new AuteurError('value-invalid', { name: 'key=value', value: pair, reason: 'it has no "="' });
  const name = assetFieldOf(pair.slice(0, at));
  return [name, assetValueFrom(name, pair.slice(at + 1))] as const;
}

function registerRename(asset: Command, run: Run): void {
  asset
    .command('rename')
    .description('give an asset another name; its folder and every use of it stay')
    .argument('<asset>')
    .argument('<name>')
    .addHelpText('after', examples('asset rename Ada "Ada Lorenz"'))
    .action((name: string, to: string) =>
      run(async (session) =>
        replyOf(await edit(session, { kind: 'setAsset', asset: name, values: { name: to } })),
      ),
    );
}

interface AssignOptions {
  readonly wearing?: string;
  readonly undressed?: true;
}

function registerAssign(asset: Command, run: Run): void {
  asset
    .command('assign')
    .description('give an asset to shots, or to all shots of a scene')
    .argument('<asset>')
    .argument('<address...>')
    .option('--wearing <variant>', 'what the character wears there, of its wardrobe')
    .option('--undressed', 'the character wears nothing in particular there any more')
    .addHelpText(
      'after',
      examples('asset assign Ada 01/02/03 01/02/04', 'asset assign Ada 01/02 --wearing Premiere'),
    )
    .action((name: string, addresses: string[], { wearing, undressed }: AssignOptions) =>
      run(async (session) => {
        const worn = undressed === true ? null : wearing;
        const variant = worn === undefined ? {} : { variant: worn };
        return replyOf(await edit(session, { kind: 'assignAssets', assets: [name], addresses, ...variant }));
      }),
    );
}

function registerDelete(asset: Command, run: Run): void {
  asset
    .command('delete')
    .description('delete assets with their files; "auteur undo" brings them back')
    .argument('<asset...>')
    .option('--force', 'also those that the film uses: they are taken out of its shots and scenes')
    .addHelpText(
      'after',
      examples('asset delete Ada', 'asset delete characters/Ada locations/Kitchen --force'),
    )
    .action((assets: string[], { force = false }: { force?: boolean }) =>
      run(async (session) => replyOf(await edit(session, { kind: 'deleteAssets', assets, force }))),
    );
}

function registerList(asset: Command, run: Run): void {
  asset
    .command('list')
    .description('list assets with the number of their files')
    .argument('[category]', AssetCategory.options.join(', '), category)
    .addHelpText('after', examples('asset list', 'asset list characters'))
    .action((of: AssetCategory | undefined) =>
      run(async (session) => {
        const all = await session.studio().assets(await session.project());
        const assets = all.filter((one) => of === undefined || one.category === of);
        const width = Math.max(0, ...assets.map(({ name }) => name.length));
        const lines = assets.map((one) => {
          const said = one.problem?.message ?? plural(one.files.length, 'file');
          return oneLine(`${padEnd(one.category, 10)}  ${padEnd(one.name, width)}  ${said}`);
        });
        return { json: { assets }, lines: lines.length > 0 ? lines : ['No assets yet.'] };
      }),
    );
}

function registerUses(asset: Command, run: Run): void {
  asset
    .command('uses')
    .description('list where the film uses an asset')
    .argument('<asset>')
    .addHelpText('after', examples('asset uses Ada'))
    .action((name: string) =>
      run(async (session) => {
        const uses = await session.studio().assetUses(await session.project(), name);
        const lines = uses.map(({ address, as }) => `${address === '' ? 'film' : address}  ${as}`);
        return { json: { uses }, lines: lines.length > 0 ? lines : ['It is used nowhere.'] };
      }),
    );
}
