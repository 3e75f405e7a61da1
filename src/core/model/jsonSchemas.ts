import * as z from 'zod';
import { Asset } from './asset.ts';
import { NarrativeTemplateFile } from './narrativeTemplate.ts';
import { PipelineFile } from './pipelineDefinition.ts';
import { Project } from './project.ts';
import { ShotList } from './shotList.ts';
import { Take } from './take.ts';

/** The JSON Schemas of the files a project is made of, by the name of their file. */
export function jsonSchemas(): Readonly<Record<SchemaFile, string>> {
  return {
    'project.schema.json': schemaText(Project),
    'shotlist.schema.json': schemaText(ShotList),
    'asset.schema.json': schemaText(Asset),
    'take.schema.json': schemaText(Take),
    'narrative-template.schema.json': schemaText(NarrativeTemplateFile),
    'pipeline.schema.json': schemaText(PipelineFile),
  };
}

export type SchemaFile =
  | 'project.schema.json'
  | 'shotlist.schema.json'
  | 'asset.schema.json'
  | 'take.schema.json'
  | 'narrative-template.schema.json'
  | 'pipeline.schema.json';

/** Those that stand in each project, so that any editor validates its files offline. */
export const projectSchemaFiles = [
  'project.schema.json',
  'shotlist.schema.json',
  'asset.schema.json',
] as const;

function schemaText(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), null, 2)}\n`;
}
