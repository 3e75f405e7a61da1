import type { FilmView } from '../../src/core/protocol/views.ts';

/** Of a film that has none. */
export const noAssets: FilmView['assets'] = { characters: [], locations: [], styles: [], music: [] };
