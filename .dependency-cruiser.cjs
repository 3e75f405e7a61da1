/** Who may import whom (STYLE, section 2). Paths of a layer that are not listed for it are forbidden to it. */
const base = 'core/(failures/)?[^/]+[.]ts$';
const layers = [
  { from: base, may: [base, 'core/model/'] },
  { from: 'core/model/', may: ['core/model/'] },
  { from: 'core/domain/', may: ['core/(domain|model)/', base] },
  { from: 'core/protocol/', may: ['core/(protocol|model)/', base] },
  { from: 'core/ports/', may: ['core/(ports|protocol|model)/', base] },
  { from: 'core/storage/', may: ['core/'] },
  { from: 'runner/', may: ['runner/', 'core/'] },
  { from: 'server/', may: ['server/', 'core/'] },
  { from: 'client/', may: ['client/', 'core/'] },
  { from: 'providers/', may: ['providers/', 'core/'] },
  { from: 'cli/', may: ['cli/', 'core/', 'runner/', 'server/', 'client/'] },
  { from: 'extension/', may: ['extension/', 'core/', 'runner/', 'server/', 'client/', 'providers/'] },
];

/** Packages with one owner. */
const owned = [
  { packages: 'simple-git|@simple-git', owner: 'core/storage' },
  { packages: 'dockerode', owner: 'runner/containers' },
  { packages: 'bullmq', owner: 'runner/queue' },
  { packages: 'hono|@hono', owner: '(server|client)' },
  { packages: 'vscode', owner: '(providers|extension)' },
];

const layerRule = ({ from, may }) => ({
  name: from === base ? 'layer-core-base' : `layer-${from.replaceAll('/', '-')}`.replace(/-$/, ''),
  comment: `src/${from} may import only ${may.join(', ')}`,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: '^src/', pathNot: may.map((part) => `^src/${part}`) },
});

const ownerRule = ({ packages, owner }) => ({
  name: `owner-of-${packages.split('|')[0]}`,
  comment: `only src/${owner} may import ${packages}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${owner}/` },
  to: { path: [`^(${packages})(/|$)`, `node_modules/(@types/)?(${packages})/`] },
});

module.exports = {
  forbidden: [
    ...layers.map(layerRule),
    ...owned.map(ownerRule),
    {
      name: 'layer-webviews',
      comment: 'a page may import only core/protocol, webviews/lib and itself',
      severity: 'error',
      from: { path: '^src/webviews/([^/]+)/' },
      to: { path: '^src/', pathNot: ['^src/core/protocol/', '^src/webviews/lib/', '^src/webviews/$1/'] },
    },
    {
      name: 'no-node-in-the-pure-core',
      comment: 'model, domain, protocol and ports run in a page as well as in Node',
      severity: 'error',
      from: { path: '^src/(core|webviews)/', pathNot: ['^src/core/storage/', '[.]test[.]ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nobody-imports-the-faces',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(extension|cli|webviews)/' },
      to: { path: '^src/(extension|cli|webviews)/' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]test[.]ts$' },
      to: { path: ['^(test|scripts)/', '[.]test[.]ts$'] },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    builtInModules: { add: ['node:sqlite'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
