import { expect, it } from 'vitest';
import { plainLabel, plainMarkdown, plainMessage } from './plainText.ts';

it.each([
  '[click](command:workbench.action.quit)',
  '[x](https://example.com)',
  'a [b](file:///etc/passwd "t") c',
])('%j in a message is no link', (name) => {
  // As VS Code recognises links in the text of a message.
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
  expect(name).toMatch(link);
  expect(plainMessage(name)).not.toMatch(link);
});

it('an icon in a label is no icon', () => {
  expect(plainLabel('$(trash) $(id)')).not.toMatch(/\$\([a-z]/);
});

it.each(['**bold**', '# head', '1. one', '<b>', '&lt;', '[a](b)', '`code`', 'https://x.y', 'a@b.c', '| a |'])(
  '%j in Markdown has no sign of Markdown left',
  (name) => {
    expect(plainMarkdown(name).replace(/&#\d+;/g, '')).not.toMatch(/[^\p{L}\p{N}\s]/u);
  },
);

it('paragraphs stay, and no line begins as code', () => {
  expect(plainMarkdown(' one\n    two ')).toBe('one\n\ntwo');
});
