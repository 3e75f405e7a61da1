import type { FromTakePage, PagePicture, PageSection, TakePage } from '../../core/protocol/takePage.ts';
import type { Host } from '../lib/host.ts';

// `.svelte` files take their types from here: the layer check does not see type imports in them.
export type { PagePicture, TakePage };
export type FactsSection = Extract<PageSection, { kind: 'facts' }>;
export type PromptSection = Extract<PageSection, { kind: 'prompt' }>;
export type TakeHost = Host<FromTakePage, TakePage>;
