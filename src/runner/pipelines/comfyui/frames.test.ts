import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { png } from '../../../../test/lib/comfy/pictures.ts';
import { readFrame } from './frames.ts';

const picture = png(1, 1, 'abcdef');

function frame(...parts: readonly (number | Buffer)[]): ArrayBuffer {
  const bytes = parts.map((part) => {
    if (typeof part !== 'number') return part;
    const number = Buffer.alloc(4);
    number.writeUInt32BE(part);
    return number;
  });
  return new Uint8Array(Buffer.concat(bytes)).buffer;
}

const said = (value: object): [number, Buffer] => {
  const text = Buffer.from(JSON.stringify(value));
  return [text.length, text];
};

test.each([
  ['a JPEG', frame(1, 1, picture), { is: 'preview' }],
  ['a PNG', frame(1, 2, picture), { is: 'preview' }],
  [
    'a picture that says whose it is',
    frame(4, ...said({ prompt_id: 'a', node_id: '3' }), picture),
    { is: 'preview', promptId: 'a' },
  ],
  ['a picture that says less', frame(4, ...said({}), picture), { is: 'preview' }],
])('a preview comes as %s', (_, data, expected) => {
  expect(readFrame(data)).toEqual({ ...expected, image: new Uint8Array(picture) });
});

test.each([
  ['internal', frame(2, 1, picture)],
  ['text of a node', frame(3, 1, Buffer.from('3done'))],
  ['of a kind to come', frame(9, 1, picture)],
  ['cut short', frame(1, 1)],
  ['metadata that are none', frame(4, 2, Buffer.from('{{'), picture)],
  ['metadata longer than all of it', frame(4, 0xffffffff, picture)],
  ['no JSON', 'hello'],
  ['no event', '{"type":"status"}'],
])('a frame that is %s says nothing', (_, data) => {
  expect(readFrame(data)).toBeUndefined();
});

test.each(['status', 'logs', 'of a time to come'])('the event "%s" is read, whoever uses it', (type) => {
  expect(readFrame(JSON.stringify({ type, data: { a: 1 } }))).toEqual({
    is: 'event',
    event: { type, data: { a: 1 } },
  });
});
