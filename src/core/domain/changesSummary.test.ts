import { expect, test } from 'vitest';
import { changesSummary } from './changesSummary.ts';

const list = (scene: string): string =>
  `02_Source_Creative/ShotLists/Chapter_01_Scene_${scene}.shotlist.json`;

test.each([
  [['project.json'], [], 'Edit the film'],
  [[list('02')], [], 'Edit shot list 01/02'],
  [[list('02'), list('03'), 'project.json'], [], 'Edit 2 shot lists and the film'],
  [[], ['take 3 of 01/01/02'], 'Record take 3 of 01/01/02'],
  [[], ['take 3 of 01/01/02', 'take 4 of 01/01/02'], 'Record 2 takes'],
  [['01_Assets/Characters/Ada/a.png', '01_Assets/Characters/Ada/asset.json'], [], 'Edit character Ada'],
  [
    ['.gitattributes', 'project.json'],
    ['take 1 of 01/01/01'],
    'Edit project file .gitattributes and the film; record take 1 of 01/01/01',
  ],
  [[], [], ''],
])('%j and %j: %s', (texts, takes, summary) => {
  expect(changesSummary(texts, takes)).toBe(summary);
});
