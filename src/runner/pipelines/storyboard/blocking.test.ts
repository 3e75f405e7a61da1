import { describe, expect, it } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { blockingOf } from './blocking.ts';

const ada = { name: 'Ada Marlow', description: 'A woman of sixty-eight, projectionist of the Lyra.' };
const emil = { name: 'Emil' };
const noor = { name: 'Noor' };

function read(description: string, ...characters: { name: string; description?: string }[]) {
  return blockingOf({ ...aJob().panel, description, characters });
}

describe('a pose', () => {
  it.each([
    ['Ada sits at the window.', 'sit'],
    ['She is sitting in the dark.', 'sit'],
    ['Seated at the desk, Ada waits.', 'sit'],
    ['Ada is sitting on the floor.', 'floor'],
    ['Kneeling, Ada picks up the keys.', 'kneel'],
    ['Ada knelt by the projector.', 'kneel'],
    ['Ada, on her knees, looks up.', 'kneel'],
    ['She kneels backwards on the seat and blinks her torch.', 'kneel'],
    ['Ada crouches behind the crate.', 'crouch'],
    ['Ada lies on the floor.', 'lie'],
    ['Ada is asleep.', 'lie'],
    ['Ada lies in bed.', 'bed'],
    ['The projectionist runs down the stairs.', 'run'],
    ['Ada fled.', 'run'],
    ['Running, out of breath, Ada reaches the door.', 'run'],
    ['Ada walks to the door.', 'walk'],
    ['Ada comes in, then sits.', 'walk'],
    ['Ada stands at the door.', 'stand'],
  ])('is read from %j', (description, pose) => {
    expect(read(description, ada).actions[0]?.pose).toBe(pose);
  });

  it.each([
    'Ada lies to him.',
    'The end of the reel runs round and round.',
    'Two projectors stand like sleeping animals; between them Ada winds a reel.',
    'Ada moves like a sleeping child.',
    'The site is empty.',
    'Ada runs out of time.',
    '',
  ])('is not read into %j', (description) => {
    expect(read(description, ada).actions[0]?.pose).toBeUndefined();
  });

  it('belongs to whom the sentence names', () => {
    const poses = (description: string) => read(description, ada, emil).actions.map(({ pose }) => pose);
    expect(poses('Ada sits while Emil runs to the door.')).toEqual(['sit', 'run']);
    expect(poses('Emil kneels. Ada stands.')).toEqual(['stand', 'kneel']);
    expect(poses('Ada and Emil sit side by side.')).toEqual(['sit', 'sit']);
    expect(poses('Emil watches Ada, who sits down.')).toEqual(['sit', undefined]);
    expect(poses('They run.')).toEqual(['run', 'run']);
  });
});

describe('arms, views and looks', () => {
  it.each([
    ['Ada speaks on the phone.', { arms: 'phone' }],
    ['Ada points at the screen.', { arms: 'point' }],
    ['Ada reaches for the keys.', { arms: 'reach' }],
    ['Ada holds a letter.', { arms: 'hold' }],
    ['Ada waves.', { arms: 'raise' }],
    ['Ada, her back to us.', { view: 'back' }],
    ['Ada turns away.', { view: 'back' }],
    ['Ada seen from behind.', { view: 'back' }],
    ['Ada in profile.', { view: 'profile' }],
    ['Ada stares straight into the camera.', { look: 'camera' }],
    ['Ada looks to the left.', { look: 'left' }],
    ['Ada exits frame right.', { look: 'right' }],
  ])('are read from %j', (description, action) => {
    expect(read(description, ada).actions[0]).toMatchObject(action);
  });

  it('go to whom somebody looks at', () => {
    const { actions } = read('Ada looks at Noor. Noor turns to Emil.', ada, emil, noor);
    expect(actions.map(({ look }) => look)).toEqual([{ at: 2 }, undefined, { at: 1 }]);
  });
});

describe('a grouping', () => {
  it.each([
    ['Two-shot: Ada and Emil.', 'two-shot', undefined],
    ['Over Ada’s shoulder: Emil.', 'over-shoulder', 0],
    ["OTS on Ada, over Emil's shoulder.", 'over-shoulder', 1],
    ['OTS Emil.', 'over-shoulder', 1],
    ['Over-the-shoulder on Ada.', 'over-shoulder', 1],
    ['O.T.S.', 'over-shoulder', undefined],
    ['Ada and Emil face each other.', 'facing', undefined],
    ['Face to face at last.', 'facing', undefined],
    ['They stand side by side.', 'side-by-side', undefined],
    ['Ada hugs Emil.', 'close', undefined],
    ['Back to back they wait.', 'back-to-back', undefined],
    ['Ada looks back over her shoulder.', undefined, undefined],
    ['Emil, his coat over his shoulder.', undefined, undefined],
  ])('is read from %j', (description, grouping, shoulder) => {
    const blocking = read(description, ada, emil);
    expect([blocking.grouping, blocking.shoulder]).toEqual([grouping, shoulder]);
  });
});

it('reads the longest and strangest text at once', () => {
  for (const text of [
    'sits '.repeat(20_000),
    'a'.repeat(100_000),
    '(([[{{**++??',
    'Ada, '.repeat(5000),
    'over '.repeat(5000),
  ])
    expect(read(text, ada, { name: '(.*)+' }, { name: ' ' }).actions).toHaveLength(3);
});
