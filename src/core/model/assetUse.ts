/** One place of the film that names an asset. */
export interface AssetUse {
  readonly kind: 'project' | 'scene' | 'shot';
  /** Empty for the film itself. */
  readonly address: string;
  readonly as: 'character' | 'location' | 'style';
}
