import { Buffer } from 'node:buffer';
import type { ComfyProcess } from './comfyProcess.ts';
import type { Item } from './executor.ts';
import { nodeClasses, type InputType } from './nodeClasses.ts';
import type { SeenRequest } from './seenRequest.ts';
import { validatePrompt, type Graph } from './validatePrompt.ts';

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: unknown;
  /** Breaks off in the middle, or stands still there. */
  readonly end?: 'cut' | 'never';
}

const gigabyte = 1024 ** 3;

/** What a server answers. */
export async function answerOf(process: ComfyProcess, request: SeenRequest): Promise<Answer> {
  const { route } = request;
  if (route.startsWith('GET /history'))
    return { body: historyOf(process, route.slice('GET /history/'.length)) };
  if (route.startsWith('GET /object_info')) return { body: objectInfo(route.split('/')[2]) };
  switch (route) {
    case 'POST /prompt':
      return submit(process, json(request));
    case 'GET /prompt':
      return { body: { exec_info: { queue_remaining: process.pending.length } } };
    case 'GET /queue':
      return {
        body: { queue_running: [process.running].flatMap(row), queue_pending: process.pending.flatMap(row) },
      };
    case 'POST /queue':
      return changeQueue(process, json(request));
    case 'POST /interrupt':
      process.interrupt(json(request)['prompt_id'] as string | undefined);
      return {};
    case 'POST /history':
      if (json(request)['clear'] === true) process.history.clear();
      return {};
    case 'GET /view':
      return view(process, request);
    case 'POST /upload/image':
      return upload(process, request);
    case 'GET /system_stats':
      return { body: stats };
    case 'GET /features':
      return { body: { supports_preview_metadata: true, max_upload_size: 104857600 } };
    default:
      return { status: 404, type: 'text/plain', body: Buffer.from('404: Not Found') };
  }
}

const stats = {
  system: { os: 'posix', comfyui_version: '0.8.0', python_version: '3.12', argv: ['main.py'] },
  devices: [
    {
      name: 'cuda:0 Test Card',
      type: 'cuda',
      index: 0,
      vram_total: 11.6 * gigabyte,
      vram_free: 11 * gigabyte,
    },
  ],
};

function json({ body }: SeenRequest): Record<string, unknown> {
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
}

function submit(process: ComfyProcess, body: Record<string, unknown>): Answer {
  const refused = (error: object, node_errors: object = {}): Answer => ({
    status: 400,
    body: { error, node_errors },
  });
  if (body['prompt'] === undefined)
    return refused({ type: 'no_prompt', message: 'No prompt provided', details: '', extra_info: {} });
  const graph = body['prompt'] as Graph;
  const validated = validatePrompt(graph, [...process.disk.inputs.keys()]);
  if (!validated.ok) return refused(validated.error, validated.nodeErrors);
  const id = typeof body['prompt_id'] === 'string' ? body['prompt_id'] : crypto.randomUUID();
  const client = body['client_id'] === undefined ? {} : { client_id: body['client_id'] };
  const extra = { ...(body['extra_data'] as object | undefined), ...client };
  const how = { number: body['number'] as number, front: body['front'] === true };
  const number = process.enqueue({ id, graph, extra, outputs: validated.outputs }, how);
  return { body: { prompt_id: id, number, node_errors: validated.nodeErrors } };
}

function row(item: Item | undefined): readonly unknown[] {
  return item === undefined ? [] : [[item.number, item.id, item.graph, item.extra, item.outputs]];
}

function changeQueue(process: ComfyProcess, { clear, delete: ids }: Record<string, unknown>): Answer {
  if (clear === true) process.remove('all');
  if (Array.isArray(ids)) process.remove(ids.map(String));
  return {};
}

function historyOf(process: ComfyProcess, id: string): object {
  if (id === '') return Object.fromEntries(process.history);
  const entry = process.history.get(decodeURIComponent(id));
  return entry === undefined ? {} : { [decodeURIComponent(id)]: entry };
}

function view({ disk }: ComfyProcess, { query }: SeenRequest): Answer {
  const [filename, type, subfolder] = [
    query.get('filename') ?? '',
    query.get('type') ?? 'output',
    query.get('subfolder') ?? '',
  ];
  if (filename === '') return { status: 404 };
  if (filename.startsWith('/') || filename.includes('..')) return { status: 400 };
  if (subfolder.includes('..')) return { status: 403 };
  const body =
    type === 'input' ? disk.inputs.get(filename) : disk.outputs.get(`${type}|${subfolder}|${filename}`);
  return body === undefined ? { status: 404 } : { type: 'application/octet-stream', body };
}

async function upload({ disk }: ComfyProcess, { headers, body }: SeenRequest): Promise<Answer> {
  const type = headers['content-type'] ?? '';
  const sent = { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array(body) };
  const form = await new Request('http://127.0.0.1/', sent).formData();
  const image = form.get('image');
  if (!(image instanceof File)) return { status: 400 };
  const content = Buffer.from(await image.arrayBuffer());
  const asked = form.get('overwrite');
  const overwrite = asked === 'true' || asked === '1';
  return { body: { name: disk.upload(image.name, content, overwrite), subfolder: '', type: 'input' } };
}

/** Both ways there are to list choices: one for older nodes, one for newer ones. */
function objectInfo(name: string | undefined): object {
  const described = Object.entries(nodeClasses)
    .filter(([id]) => name === undefined || id === name)
    .map(([id, { inputs, output, saves }], index) => [
      id,
      {
        input: {
          required: Object.fromEntries(
            Object.entries(inputs).map(([key, one]) => [key, inputInfo(one, index)]),
          ),
        },
        ...{ output, output_is_list: output.map(() => false), name: id, display_name: id },
        output_node: saves !== undefined,
      },
    ]);
  return Object.fromEntries(described) as object;
}

function inputInfo(input: InputType, index: number): unknown {
  if (input.type === 'LINK') return [input.of];
  if (input.type !== 'COMBO') return [input.type, {}];
  const options = input.options === 'input files' ? [] : input.options;
  return index % 2 === 0 ? [options, {}] : ['COMBO', { options }];
}
