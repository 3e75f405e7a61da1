import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noiseGraph, textGraph } from '../../../../test/lib/comfy/graphs.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { workspacePipelines } from '../../../core/storage/pipelineFiles.ts';
import { AllowedPipelines } from '../allowedPipelines.ts';
import { addWorkflow, proposeWorkflow, type WorkflowToAdd } from './addWorkflow.ts';

function place(name: string, text: string): WorkflowToAdd {
  const workflow = join(tempFolder(), name);
  writeFileSync(workflow, text);
  return { workspace: tempFolder(), home: tempFolder(), workflow };
}

test('a workflow becomes two files of the library, which are a pipeline that its user has allowed', async () => {
  const adding = place('My Portrait.json', JSON.stringify(textGraph()));
  const added = await addWorkflow(adding);
  expect(added.id).toBe('my-portrait');
  const { pipelines, problems } = await workspacePipelines(adding.workspace);
  expect(problems).toEqual([]);
  expect(pipelines).toHaveLength(1);
  const [found] = pipelines;
  expect(found).toMatchObject({ id: 'my-portrait', definition: { kind: 'comfyui', workflow: textGraph() } });
  expect(found && (await new AllowedPipelines(adding.home).word(found.definition))).toBeDefined();
  expect(found && (await new AllowedPipelines(tempFolder()).word(found.definition))).toBeUndefined();
});

test('it is allowed as it is written, whatever its order; with another server, node or number it is asked about', async () => {
  const adding = place('a.json', JSON.stringify(noiseGraph()));
  await addWorkflow(adding);
  const allowed = new AllowedPipelines(adding.home);
  const [found] = (await workspacePipelines(adding.workspace)).pipelines;
  if (found?.definition.kind !== 'comfyui') throw new Error('it is no pipeline of ComfyUI');
  const { definition } = found;
  const isAllowed = async (change: Partial<typeof definition>): Promise<boolean> =>
    (await allowed.word({ ...definition, ...change })) !== undefined;
  const turned = Object.fromEntries(Object.entries(definition.workflow).reverse());
  const [[first, node]] = Object.entries(definition.workflow) as [[string, (typeof turned)[string]]];
  const other = { ...node, inputs: { ...node.inputs, upload: 'elsewhere' } };
  expect(await isAllowed({ workflow: turned })).toBe(true);
  expect(await isAllowed({ server: 'http://elsewhere:8188' })).toBe(false);
  expect(await isAllowed({ workflow: { ...definition.workflow, [first]: other } })).toBe(false);
  expect(await isAllowed({ parameters: { steps: 3 } })).toBe(false);
});

test.each([
  [
    'what the editor saves',
    'flow.json',
    JSON.stringify({ nodes: [], links: [], version: 0.4 }),
    'comfyui-workflow-format',
  ],
  ['what is no workflow', 'flow.json', JSON.stringify({ a: { b: 1 } }), 'file-unreadable'],
  ['an empty one', 'flow.json', '{}', 'file-unreadable'],
  ['no JSON', 'flow.json', 'hello', 'file-unreadable'],
  ['a name that leaves no id', '---.json', JSON.stringify(noiseGraph()), 'value-invalid'],
])('%s is refused, and nothing is written', async (_, name, text, code) => {
  const adding = place(name, text);
  await expect(addWorkflow(adding)).rejects.toMatchObject({ code });
  expect(readdirSync(adding.workspace)).toEqual([]);
});

test('a workflow that is not there is said to be none', async () => {
  const adding = place('flow.json', '{}');
  const workflow = join(adding.workspace, 'nope.json');
  await expect(addWorkflow({ ...adding, workflow })).rejects.toMatchObject({ code: 'workflow-missing' });
});

test('a body that was once sent to a server holds a workflow too', async () => {
  const adding = place('sent.json', JSON.stringify({ prompt: noiseGraph(), client_id: 'x' }));
  const { workflowFile } = await addWorkflow(adding);
  expect(JSON.parse(readFileSync(workflowFile, 'utf8'))).toEqual(noiseGraph());
});

test('what is there stays', async () => {
  const adding = place('a.json', JSON.stringify(noiseGraph()));
  const { file } = await addWorkflow(adding);
  const before = readFileSync(file, 'utf8');
  const other = place('a.json', JSON.stringify(textGraph()));
  await expect(addWorkflow({ ...other, workspace: adding.workspace })).rejects.toMatchObject({
    code: 'file-exists',
  });
  expect(readFileSync(file, 'utf8')).toBe(before);
  await expect(addWorkflow({ ...adding, server: 'gpu-box:8188', id: 'b' })).rejects.toMatchObject({
    code: 'value-invalid',
  });
});

test.each([{}, { id: 'auteur-flux:1.0-draft' }, { id: 'mine' }, { id: 'studio' }])(
  'one that would be hidden by another of its name (%o) is refused',
  async (wish) => {
    const adding = { ...place('storyboard.json', JSON.stringify(noiseGraph())), ...wish };
    const library = join(adding.workspace, 'Library', 'Pipeline_Templates');
    const folders = [join(adding.home, 'pipelines'), library];
    for (const [index, name] of ['mine', 'studio'].entries()) {
      const folder = folders[index] ?? library;
      mkdirSync(folder, { recursive: true });
      const known = { schemaVersion: 1, id: name, kind: 'container', image: 'a:1' };
      writeFileSync(join(folder, `${index}.pipeline.json`), JSON.stringify(known));
    }
    const pipeline = adding.id ?? 'storyboard';
    const taken = { code: 'pipeline-repeated', data: { pipeline, file: adding.workflow } };
    await expect(addWorkflow(adding)).rejects.toMatchObject(taken);
    await expect(proposeWorkflow(adding)).rejects.toMatchObject(taken);
    expect(readdirSync(library)).toEqual(['1.pipeline.json']);
  },
);

test('a library that is a link leads nowhere', async () => {
  const adding = place('a.json', JSON.stringify(noiseGraph()));
  const elsewhere = tempFolder();
  mkdirSync(join(adding.workspace, 'Library'));
  symlinkSync(elsewhere, join(adding.workspace, 'Library', 'Pipeline_Templates'));
  await expect(addWorkflow(adding)).rejects.toMatchObject({ code: 'path-outside' });
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('a workflow file that a pipeline names elsewhere, or that is a link, defines nothing', async () => {
  const workspace = tempFolder();
  const folder = join(workspace, 'Library', 'Pipeline_Templates');
  mkdirSync(folder, { recursive: true });
  const outside = join(workspace, 'noise.json');
  writeFileSync(outside, JSON.stringify(noiseGraph()));
  symlinkSync(outside, join(folder, 'link.json'));
  for (const [index, workflow] of ['../../noise.json', outside, 'link.json', 'missing.json'].entries()) {
    const text = JSON.stringify({ schemaVersion: 1, kind: 'comfyui', workflow });
    writeFileSync(join(folder, `p${index}.pipeline.json`), text);
  }
  const { pipelines, problems } = await workspacePipelines(workspace);
  expect(pipelines).toEqual([]);
  expect(problems.map(({ problem }) => problem.code)).toEqual(
    Array.from({ length: 4 }, () => 'file-unreadable'),
  );
  expect(existsSync(outside)).toBe(true);
});
