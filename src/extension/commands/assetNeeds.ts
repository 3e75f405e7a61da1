import type { AssetsView } from '../../providers/assets/registerAssetTree.ts';
import type { PartNeeds } from './parts.ts';

export type AssetNeeds = PartNeeds & { readonly assets: AssetsView };
