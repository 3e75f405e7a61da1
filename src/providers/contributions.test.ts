import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  commandIds,
  contextKeys,
  contextValues,
  taskActions,
  tasks,
  viewContainers,
  views,
  walkthroughs,
} from './contributions.ts';
import { settingIds } from './settings.ts';
import { takePageType } from './views/takePageType.ts';

const Menu = z.object({ command: z.string(), when: z.string().optional(), group: z.string().optional() });
const Container = z.object({ id: z.string() });
const View = z.object({ id: z.string() });
const Images = z.object({ dark: z.string(), light: z.string(), hc: z.string(), hcLight: z.string() });
const Step = z.object({
  description: z.string(),
  media: z.object({ image: Images, altText: z.string() }),
  completionEvents: z.array(z.string()),
});
const Walkthrough = z.object({ id: z.string(), steps: z.array(Step) });
const Manifest = z.object({
  activationEvents: z.array(z.string()),
  contributes: z.object({
    commands: z.array(
      z.object({
        command: z.string(),
        title: z.string(),
        category: z.string(),
        icon: z.string().optional(),
        enablement: z.string().optional(),
      }),
    ),
    menus: z.record(z.string(), z.array(Menu)),
    viewsContainers: z.record(z.string(), z.array(Container)),
    views: z.record(z.string(), z.array(View)),
    keybindings: z.array(
      z.object({ command: z.string(), key: z.string(), mac: z.string(), when: z.string() }),
    ),
    walkthroughs: z.array(Walkthrough),
    taskDefinitions: z.tuple([
      z.object({
        type: z.string(),
        properties: z.looseObject({
          action: z.object({ enum: z.array(z.string()), enumDescriptions: z.array(z.string()) }),
        }),
      }),
    ]),
    problemMatchers: z.tuple([z.object({ name: z.string() })]),
    viewsWelcome: z.array(z.object({ view: z.string(), when: z.string().optional() })),
    configuration: z.object({ properties: z.record(z.string(), z.object({ scope: z.string() })) }),
  }),
});

const text = readFileSync('package.json', 'utf8');
const { activationEvents, contributes } = Manifest.parse(JSON.parse(text));
const words = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync('package.nls.json', 'utf8')));
const menus = Object.entries(contributes.menus).flatMap(([place, items]) =>
  items.map((item) => ({ place, ...item })),
);

function sorted(ids: readonly string[]): readonly string[] {
  return [...ids].sort();
}

describe('package.json and contributions.ts', () => {
  it('name the same commands, views, containers and settings', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(sorted(commandIds));
    const viewIds = Object.values(contributes.views).flat();
    expect(sorted(viewIds.map(({ id }) => id))).toEqual(sorted(Object.values(views)));
    const containerIds = Object.values(contributes.viewsContainers).flat();
    expect(sorted(containerIds.map(({ id }) => id))).toEqual(sorted(Object.values(viewContainers)));
    expect(Object.keys(contributes.views).sort()).toEqual(sorted(Object.values(viewContainers)));
    expect(sorted(Object.keys(contributes.configuration.properties))).toEqual(sorted(settingIds));
  });

  it('name the same tasks, each with its words', () => {
    const [{ type, properties }] = contributes.taskDefinitions;
    expect(type).toBe(tasks.type);
    expect(contributes.problemMatchers.map(({ name }) => name)).toEqual([tasks.matcher]);
    expect(properties.action.enum).toEqual(taskActions);
    const described = taskActions.map((action) => `%task.action.${action}%`);
    expect(properties.action.enumDescriptions).toEqual(described);
  });

  it('say of every command whether the palette shows it', () => {
    const inPalette = menus.filter(({ place }) => place === 'commandPalette');
    expect(sorted(inPalette.map(({ command }) => command))).toEqual(sorted(commandIds));
    expect(inPalette.every(({ when }) => when !== undefined)).toBe(true);
  });

  it('give an icon to every command that sits in a title bar or in a line', () => {
    const visible = menus.filter(({ group }) => /^(navigation|inline)/.test(group ?? ''));
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    expect(visible.filter(({ command }) => !/^\$\([a-z-]+\)$/.test(icons.get(command) ?? ''))).toEqual([]);
  });

  it('use in menus only commands and kinds of items that exist', () => {
    expect(menus.filter(({ command }) => !commandIds.includes(command))).toEqual([]);
    const kinds = menus.flatMap(({ when }) => [
      ...(when ?? '').matchAll(/viewItem (?:==|=~) \/?\^?([a-z]+)/g),
    ]);
    const known: readonly string[] = contextValues;
    expect(kinds.map(([, kind]) => kind ?? '').filter((kind) => !known.includes(kind))).toEqual([]);
  });

  it('look only at context keys that are kept', () => {
    const used = [...text.matchAll(/auteur:[A-Za-z]+/g)].map(([key]) => key);
    expect(sorted([...new Set(used)])).toEqual(sorted(contextKeys));
  });

  it('give the keys of the tree only to commands that exist', () => {
    expect(contributes.keybindings.filter(({ command }) => !commandIds.includes(command))).toEqual([]);
  });

  it('answer those keys in every state of the film: a key that matches nothing runs in the text editor', () => {
    const keys = contributes.keybindings.map(({ command }) => command);
    expect(contributes.keybindings.filter(({ when }) => /auteur:|isWorkspaceTrusted/.test(when))).toEqual([]);
    const limited = contributes.commands.filter(({ enablement }) => enablement !== undefined);
    expect(limited.filter(({ command }) => keys.includes(command))).toEqual([]);
  });

  it('activate on what is ours, never at startup', () => {
    const others = activationEvents.filter((event) => !event.endsWith('/project.schema.json'));
    expect(others).toEqual([`onWebviewPanel:${takePageType}`]);
  });

  it('take every word from package.nls.json, and leave none there unused', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
    expect(sorted([...new Set(used)])).toEqual(sorted(Object.keys(words)));
    expect(
      contributes.commands.filter(({ title, category }) => !/^%.+%$/.test(title) || !/^%.+%$/.test(category)),
    ).toEqual([]);
  });

  it('have one walkthrough, of at most five steps that complete by what is true', () => {
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual(Object.values(walkthroughs));
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    expect(steps.length).toBeLessThanOrEqual(5);
    // By itself, and once more when Auteur has opened the page: VS Code forgets what came before it knew of the step.
    for (const { completionEvents } of steps) {
      const [, key = ''] = /^onContext:(auteur:\w+)$/.exec(completionEvents[0] ?? '') ?? [];
      expect(key).not.toBe('');
      expect(completionEvents.slice(1)).toEqual([`onContext:auteur:walkthroughOpened && ${key}`]);
    }
    for (const path of steps.flatMap(({ media }) => Object.values(media.image)))
      expect(statSync(path).size).toBeLessThan(150_000);
  });

  it('link in its words only to commands that exist, and to views', () => {
    const links = Object.values(words).flatMap((word) => [...word.matchAll(/\(command:(auteur[.\w]+)/g)]);
    const focus = Object.values(views).map((view) => `${view}.focus`);
    expect(links.map(([, id]) => id ?? '').filter((id) => ![...commandIds, ...focus].includes(id))).toEqual(
      [],
    );
  });

  it('keep settings that name a place of this machine out of the workspace', () => {
    expect(contributes.configuration.properties['auteur.workspace.path']?.scope).toBe('machine');
  });
});
