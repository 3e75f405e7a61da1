import { expect, test } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import type { Panel } from '../../../core/model/panel.ts';
import { placed } from './placeWords.ts';

function place(description: string, more: Partial<Panel> = {}): string {
  const undecided: Panel['undecided'] = ['setting', 'timeOfDay'];
  const { setting, timeOfDay } = placed({ ...aJob().panel, description, undecided, ...more });
  return `${setting} ${timeOfDay}`;
}

test.for([
  ['Empty street at night', 'EXT night'],
  ['Dawn over the harbour', 'EXT dawn'],
  ['The village square in the evening', 'EXT dusk'],
  ['Ada waits outside the church', 'EXT day'],
  ['She walks out of the office into the street', 'EXT day'],
  ['A kitchen. Rain on the street outside', 'INT day'],
  ['He looks through the window at the sea', 'INT day'],
  ['Ada sleeps on the sofa until morning', 'INT day'],
  ['A shop window in an empty street', 'EXT day'],
  ['A street, and a bar with its lights on at midnight', 'EXT night'],
  ['The sun over the river bed and the hills', 'EXT day'],
  ['The café on the beach', 'INT day'],
  ['A photograph of the sea', 'INT day'],
  ['A driver parks', 'INT day'],
  ['Ada in an evening dress', 'INT day'],
  ['Somebody waits', 'INT day'],
  ['', 'INT day'],
] as const)('%s is drawn as %s', ([words, drawn]) => {
  expect(place(words)).toBe(drawn);
});

test('the place itself comes before what is said of it', () => {
  expect(place('A bed stands in the sand', { location: 'Beach' })).toBe('EXT day');
});

test('what is decided stays, whatever the words', () => {
  expect(place('Empty street at night', { undecided: ['timeOfDay'] })).toBe('INT night');
  expect(place('Empty street at night', { undecided: [] })).toBe('INT day');
  const older = { ...aJob().panel, description: 'Empty street at night' };
  expect(placed(older)).toEqual(older);
});
