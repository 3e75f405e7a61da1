import { basename, join } from 'node:path';
import { narrativeTemplates, type NarrativeTemplate } from '../domain/narrativeTemplates.ts';
import { findTemplate } from '../domain/newProject.ts';
import { AuteurError, toFailure } from '../errors.ts';
import { NarrativeTemplateFile, StructureId, templateSchemaVersion } from '../model/narrativeTemplate.ts';
import type { StructureList, StructureView } from '../protocol/structureView.ts';
import { readOwnJsonFile } from './jsonFile.ts';
import { libraryFolder } from './libraryFolder.ts';
import { readFolder } from './locate.ts';

interface LibraryTemplate {
  readonly file: string;
  readonly template: NarrativeTemplate;
}

interface Library {
  readonly templates: readonly LibraryTemplate[];
  readonly problems: StructureList['problems'];
}

/** The structures of a workspace, or of the workspace a project lies in; a broken file hides no other. */
export async function readStructures(place: string): Promise<StructureList> {
  const { templates, problems } = await readLibrary(place);
  return {
    structures: [
      ...narrativeTemplates.map((template) => structureView({ template })),
      ...templates.map(structureView),
    ],
    problems,
  };
}

/** @throws AuteurError `structure-unknown`; `file-unreadable` and its like where the file of that name is broken */
export async function findStructure(place: string, id: string): Promise<LibraryOrBuiltIn> {
  const library = await readLibrary(place);
  const own = library.templates.find(({ template }) => template.id === id);
  if (own !== undefined) return own;
  const broken = library.problems.find(({ file }) => basename(file, '.json') === id);
  if (broken !== undefined && !narrativeTemplates.some((one) => one.id === id))
    throw new AuteurError('file-unreadable', { path: broken.file, reason: broken.problem.message });
  const others = library.templates.map(({ template }) => template);
  return { template: findTemplate(id, others) };
}

export type LibraryOrBuiltIn = Pick<LibraryTemplate, 'template'> & { readonly file?: string };

export function structureView({ template, file }: LibraryOrBuiltIn): StructureView {
  const { id, name, description, chapters } = template;
  return {
    id,
    name,
    ...(description === undefined ? {} : { description }),
    chapters: chapters.map(({ title }) => title),
    beats: chapters.reduce((sum, { beats }) => sum + beats.length, 0),
    ...(file === undefined ? {} : { file }),
  };
}

async function readLibrary(place: string): Promise<Library> {
  const folder = await libraryFolder(place, 'Narrative_Templates');
  if (folder === undefined) return { templates: [], problems: [] };
  const names = (await readFolder(folder)).filter((name) => /^[^.].*\.json$/i.test(name)).sort();
  const templates: LibraryTemplate[] = [];
  const problems: { file: string; problem: ReturnType<typeof toFailure> }[] = [];
  const ids = new Set(narrativeTemplates.map(({ id }) => id));
  for (const name of names) {
    const file = join(folder, name);
    try {
      const template = await readTemplate(file);
      if (ids.has(template.id)) throw new AuteurError('structure-repeated', { file, structure: template.id });
      ids.add(template.id);
      templates.push({ file, template });
    } catch (error) {
      problems.push({ file, problem: toFailure(error) });
    }
  }
  return { templates, problems };
}

async function readTemplate(file: string): Promise<NarrativeTemplate> {
  const { value } = await readOwnJsonFile(file, NarrativeTemplateFile);
  if (value.schemaVersion > templateSchemaVersion) throw new AuteurError('schema-too-new', { path: file });
  const id = StructureId.safeParse(value.id ?? basename(file).replace(/\.json$/i, ''));
  if (!id.success)
    throw new AuteurError('file-unreadable', { path: file, reason: 'its name is no id, and it has no "id"' });
  return {
    id: id.data,
    name: value.name,
    ...(value.description === undefined ? {} : { description: value.description }),
    chapters: value.chapters.map(({ title, synopsis = '', beats = [] }) => ({
      title,
      synopsis,
      beats: beats.map(({ name, description = '', position, intensity }) => [
        name,
        description,
        position,
        intensity,
      ]),
    })),
  };
}
