import type { AssetsView } from '../../providers/assets/registerAssetTree.ts';
import type { FilmState } from '../../providers/filmState.ts';
import type { PartNeeds } from './parts.ts';

export type AssetNeeds = PartNeeds & { readonly assets: AssetsView; readonly state: FilmState };
