import type { Asset } from '../model/asset.ts';
import type { Panel } from '../model/panel.ts';
import type { CompositePrompt } from '../model/prompt.ts';
import type { CameraAngle, ShotSize } from '../model/shotList.ts';

export interface PromptSources {
  readonly panel: Panel;
  readonly characters: readonly Asset[];
  readonly location?: Asset | undefined;
  readonly style?: Asset | undefined;
  /** What the moment means: the emotional beat the scene stands in. */
  readonly beat?: string | undefined;
}

const sizeWords: Record<ShotSize, string> = {
  ECU: 'extreme close-up',
  CU: 'close-up',
  MCU: 'medium close-up',
  MS: 'medium shot',
  MWS: 'medium wide shot',
  WS: 'wide shot',
  EWS: 'extreme wide shot',
};

const angleWords: Record<CameraAngle, string> = {
  low: 'low angle',
  eye: 'eye level',
  high: 'high angle',
  'birds-eye': "bird's-eye view",
  dutch: 'dutch angle',
};

/** Assembles direct + identity + aesthetic + context instructions, and what must not be seen. */
export function compositePrompt(sources: PromptSources): CompositePrompt {
  const { panel, characters, location, style } = sources;
  const parts = {
    direct: sentence([panel.description, camera(panel)]),
    identity: characters.map(describe).join('; '),
    aesthetic: style === undefined ? '' : describe(style),
    context: sentence([
      location === undefined ? panel.location : describe(location),
      `${panel.setting === 'INT' ? 'interior' : 'exterior'}, ${panel.timeOfDay}`,
      sources.beat,
    ]),
  };
  const negative = [...characters, location, style].flatMap((asset) => asset?.negative ?? []).join(', ');
  const text = [parts.direct, parts.identity, parts.aesthetic, parts.context]
    .filter((part) => part !== '')
    .join('. ');
  return { ...parts, negative, text };
}

function camera(panel: Panel): string {
  const lens = panel.lens === undefined ? undefined : `${panel.lens} mm lens`;
  const movement = panel.movement === 'static' ? undefined : `${panel.movement} movement`;
  return [sizeWords[panel.size], angleWords[panel.angle], movement, lens].filter(Boolean).join(', ');
}

function describe(asset: Asset): string {
  return [...(asset.triggerWords ?? []), asset.name, asset.description, ...(asset.keywords ?? [])]
    .filter((word) => word !== undefined && word !== '')
    .join(', ');
}

function sentence(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('; ');
}
