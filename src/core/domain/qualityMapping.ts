import type { Quality } from '../model/quality.ts';

export interface QualityTier {
  readonly pipeline: string;
  readonly vramGb: number;
  readonly optimizations: readonly string[];
  readonly purpose: string;
}

/** Which pipeline a quality tier asks for, and what it needs. */
export const qualityMapping: Readonly<Record<Quality, QualityTier>> = {
  low: {
    pipeline: 'auteur-flux:1.0-draft',
    vramGb: 12,
    optimizations: ['cpu_offloading', 'sequential'],
    purpose: 'rapid iteration and previz',
  },
  standard: {
    pipeline: 'auteur-flux:1.0-standard',
    vramGb: 16,
    optimizations: ['moderate_parallel'],
    purpose: 'production',
  },
  high: {
    pipeline: 'auteur-flux:1.0-cinematic',
    vramGb: 24,
    optimizations: ['full_parallel'],
    purpose: 'final renders',
  },
};
