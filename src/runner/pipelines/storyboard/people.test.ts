import { describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { blockingOf } from './blocking.ts';
import { castOf } from './cast.ts';
import { peopled } from './people.ts';

const bare = aJob().panel;

function read(description: string) {
  return peopled({ ...bare, description });
}

function labels(description: string): readonly string[] {
  return read(description).panel.characters.map(({ name }) => name);
}

function poses(description: string) {
  return blockingOf(read(description).told).actions.map(({ pose }) => pose);
}

describe('who is spoken of', () => {
  it.each([
    ['A woman waits alone at the window.', ['Woman']],
    ['WOMAN AT THE WINDOW.', ['Woman']],
    ['Woman at window', ['Woman']],
    ['A woman sits in an empty room.', ['Woman']],
    ['An old man sits while a boy runs past.', ['Old man', 'Boy']],
    ['Two women talk.', ['Woman', 'Woman 2']],
    ['Three men and a child.', ['Man', 'Man 2', 'Man 3', 'Child']],
    ['A man sits. Another man enters. The other man looks up.', ['Man', 'Man 2']],
    ['A woman waits. The woman turns.', ['Woman']],
    ['A policeman chases a thief. The man runs.', ['Policeman', 'Thief']],
    ['Three soldiers crouch. The soldiers run.', ['Soldier', 'Soldier 2', 'Soldier 3']],
    ['A young couple dances. The couple laughs.', ['Young woman', 'Young man']],
    ['A family eats dinner.', ['Mother', 'Father', 'Child']],
    ['A group of children play.', ['Child', 'Child 2', 'Child 3', 'Child 4']],
    ['A tall, thin man in a black hat.', ['Man']],
    ['A woman doctor examines a patient.', ['Doctor', 'Patient']],
    ['A woman nurses a drink.', ['Woman']],
    ['The police officer stops a taxi driver.', ['Police officer', 'Taxi driver']],
    ['Somebody opens a door.', ['Somebody']],
    ["Close on a woman's hands.", ['Woman']],
    ['She opens the letter and looks left.', ['She']],
    ['Her hand reaches for the phone.', ['She']],
    ['She enters the empty house.', ['She']],
    ['She waits for her father.', ['She']],
    ['He kisses her.', ['She', 'He']],
    ['They run.', ['They']],
    ['They face each other.', ['They', 'They 2']],
    ['Ada waits at the window.', ['Ada']],
    ['Mrs. Marlow sits; a child kneels beside her.', ['Mrs. Marlow', 'Child']],
    ['Ada sits while Emil runs to the door. Ada turns.', ['Ada', 'Emil']],
    ['JOHN enters the room.', ['JOHN']],
    ['A man and a woman; lovers kiss.', ['Man', 'Woman', 'Lover', 'Lover 2']],
    [
      'A group of five young men.',
      Array.from({ length: 5 }, (_, i) => `Young man${i > 0 ? ` ${i + 1}` : ''}`),
    ],
    ['İstanbul: a man waits.', ['Man']],
  ])('%j', (description, expected) => {
    expect(labels(description)).toEqual(expected);
  });

  it.each([
    '',
    'An empty street, no people.',
    'A street without people.',
    'There is nobody in the house.',
    'No man stands here.',
    'The room is empty; she has left.',
    'The woman is gone.',
    'A portrait of a man hangs on the wall.',
    'The statue of an old woman.',
    'A poster shows a woman.',
    'The boy in the photo smiles.',
    'A stone figure in the garden.',
    "The doctor's office.",
    'A child seat in the car.',
    'POV of the driver.',
    'The branch moves like a man.',
    'The curtain moves as if someone stood behind it.',
    'Rain runs down the glass. Smoke rises. The camera looks up.',
    'The human machine, a woman-made manhole, the snowmen.',
  ])('is nobody in %j', (description) => {
    expect(labels(description)).toEqual([]);
  });

  it.each([
    ['A crowd of people waits at the station.', 8],
    ['Forty men march; sixty women and a crowd watch. 99 soldiers.', 9],
    ['People hurry through the rain.', 3],
  ])('is a crowd that the picture holds: %j', (description, count) => {
    expect(new Set(labels(description)).size).toBe(count);
    expect(labels(description)).toHaveLength(count);
  });

  it('is only the cast where the shot names one', () => {
    const panel = { ...bare, description: 'A woman waits.', characters: [{ name: 'Ada' }] };
    expect(peopled(panel)).toEqual({ panel, told: panel });
  });
});

describe('how they look', () => {
  const look = (description: string) => castOf(read(description).panel)[0];

  it('is in the noun and in what belongs to it', () => {
    expect(look('A bearded man in a red coat waits.')).toMatchObject({ beard: true, garment: 'coat' });
    expect(look('A woman with long blonde hair, a man beside her.')).toMatchObject({
      hair: 'long',
      hairColour: '#d0ae68',
      beard: false,
    });
    expect(look('A soldier with a rifle.')?.hat).toBe('helmet');
    expect(look('A boy and his father.')?.height).toBeLessThan(0.8);
    expect(look('His father and a boy.')?.height).toBeGreaterThan(0.9);
    expect(look('A six-year-old girl plays.')?.hairColour).not.toBe(look('An old woman.')?.hairColour);
  });
});

describe('what they do', () => {
  it.each([
    ['An old man sits on a chair while a boy runs past.', ['sit', 'run']],
    ['A man sits. Another man runs. The other man kneels.', ['sit', 'run']],
    ['Two women sit.', ['sit', 'sit']],
    ['A sleeping man, a kneeling child.', ['lie', 'kneel']],
    ['A man with a beard and a woman in a red coat sit on the floor.', ['floor', 'floor']],
    ['She kneels.', ['kneel']],
    ['Ada crouches.', ['crouch']],
  ])('%j', (description, expected) => {
    expect(poses(description)).toEqual(expected);
  });

  it('is done to others of them', () => {
    const { actions } = blockingOf(read('A man looks at a woman.').told);
    expect(actions[0]?.look).toEqual({ at: 1 });
    expect(blockingOf(read("Over a man's shoulder: a woman.").told)).toMatchObject({
      grouping: 'over-shoulder',
      shoulder: 0,
    });
  });
});

it.each([
  'Женщина ждёт у окна.',
  '一个女人在窗边等待。',
  'امرأة تنتظر عند النافذة.',
  'Η γυναίκα περιμένει.',
  '🎬👩‍🚀\u0000\ud800',
])('fails over no script: %s', (description) => {
  expect(labels(description)).toEqual([]);
});

it('reads the longest and strangest text at once', () => {
  for (const part of [
    'a man ',
    'a',
    ' ',
    'old, ',
    'man of ',
    'A man in a ',
    'Ada Ada ',
    'two ',
    'as if ',
    'İ',
    '’s man',
    '(a+)+$',
  ])
    expect(labels(part.repeat(Math.ceil(10_000 / part.length))).length).toBeLessThanOrEqual(9);
});
