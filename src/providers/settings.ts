/** Settings and their types; the keys are those of package.json. */
export interface Settings {
  'auteur.workspace.path': string;
  'auteur.runner.pipelines': Readonly<Record<string, string>>;
  'auteur.runner.fallback': boolean;
  'auteur.runner.containerEngine': string;
  'auteur.runner.devices': readonly unknown[] | null;
}

const settingSet: Readonly<Record<keyof Settings, true>> = {
  'auteur.workspace.path': true,
  'auteur.runner.pipelines': true,
  'auteur.runner.fallback': true,
  'auteur.runner.containerEngine': true,
  'auteur.runner.devices': true,
};

export const settingIds: readonly string[] = Object.keys(settingSet);
