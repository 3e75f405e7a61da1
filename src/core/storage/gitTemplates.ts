/** What goes to Git LFS: every picture, sound, film, model and project-file type a film uses. */
export const lfsTypes: readonly (readonly [title: string, extensions: readonly string[]])[] = [
  [
    'Pictures',
    [
      'png',
      'jpg',
      'jpeg',
      'webp',
      'gif',
      'bmp',
      'tif',
      'tiff',
      'tga',
      'exr',
      'hdr',
      'dpx',
      'cin',
      'heic',
      'heif',
      'avif',
      'jxl',
      'ico',
      'dng',
      'cr2',
      'cr3',
      'nef',
      'arw',
      'raf',
    ],
  ],
  [
    'Film',
    [
      'mp4',
      'm4v',
      'mov',
      'mkv',
      'webm',
      'avi',
      'mxf',
      'mpg',
      'mpeg',
      'mts',
      'm2ts',
      'wmv',
      'ogv',
      'r3d',
      'braw',
      'ari',
    ],
  ],
  ['Sound', ['wav', 'mp3', 'flac', 'aac', 'm4a', 'ogg', 'opus', 'aif', 'aiff', 'caf', 'wma', 'mid', 'midi']],
  [
    'Models',
    [
      'safetensors',
      'ckpt',
      'pt',
      'pth',
      'bin',
      'onnx',
      'gguf',
      'ggml',
      'npz',
      'npy',
      'tflite',
      'pb',
      'h5',
      'engine',
    ],
  ],
  [
    'Scenes and geometry',
    [
      'blend',
      'fbx',
      'obj',
      'abc',
      'usd',
      'usdc',
      'usdz',
      'glb',
      'stl',
      'ply',
      'vdb',
      'ma',
      'mb',
      'hip',
      'hipnc',
      'c4d',
      'max',
      'spp',
      'sbsar',
      'ztl',
    ],
  ],
  [
    'Project files',
    [
      'psd',
      'psb',
      'ai',
      'indd',
      'kra',
      'xcf',
      'clip',
      'procreate',
      'aep',
      'prproj',
      'drp',
      'drt',
      'fcpbundle',
      'nk',
      'sketch',
      'afphoto',
      'afdesign',
    ],
  ],
  [
    'Documents, fonts and archives',
    [
      'pdf',
      'docx',
      'xlsx',
      'pptx',
      'ttf',
      'otf',
      'woff',
      'woff2',
      'cube',
      'icc',
      'zip',
      '7z',
      'rar',
      'tar',
      'gz',
      'zst',
    ],
  ],
];

const lfsExtensions = new Set(lfsTypes.flatMap(([, extensions]) => extensions));

/** Whether a file of this name must enter Git through LFS. */
export function isMediaPath(path: string): boolean {
  return lfsExtensions.has(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}

const textTypes = [
  'json',
  'fountain',
  'fdx',
  'md',
  'txt',
  'csv',
  'srt',
  'vtt',
  'edl',
  'otio',
  'fcpxml',
  'xml',
  'svg',
  'gltf',
  'usda',
];

/** `.gitattributes` of a new project. Both cases are listed: cameras write `.MOV`. */
export function gitAttributes(): string {
  const text = textTypes.map((extension) => `*.${extension} text eol=lf`);
  const media = lfsTypes.flatMap(([title, extensions]) => [
    '',
    `# ${title}`,
    ...extensions.map(attributeLine),
  ]);
  return ['# Text under Git; media under Git LFS.', '* text=auto', ...text, ...media, ''].join('\n');
}

export function attributeLine(extension: string): string {
  return `*.${eitherCase(extension)} filter=lfs diff=lfs merge=lfs -text`;
}

/** `[pP][nN][gG]`: attribute patterns know no case-insensitive match of their own. */
function eitherCase(extension: string): string {
  return extension.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** `.gitignore` of a new project: what can be made again, and what belongs to one machine. */
export const gitIgnore = `# Made again when needed; deleting it loses nothing.
/05_Cache/*
!/05_Cache/.gitkeep
/06_Exports/*
!/06_Exports/.gitkeep

# This machine's work in progress.
/.auteur/*
!/.auteur/*.schema.json

# Files of operating systems and editors.
.DS_Store
Thumbs.db
desktop.ini
*.tmp
*~
*.blend1
`;

/** The folders of a project; each holds a .gitkeep so that a clone has it too. */
export const projectFolders = [
  '01_Assets/Characters',
  '01_Assets/Locations',
  '01_Assets/Music',
  '01_Assets/Styles',
  '02_Source_Creative/Treatments',
  '02_Source_Creative/Scripts',
  '02_Source_Creative/ShotLists',
  '02_Source_Creative/Canvas',
  '03_Renders',
  '04_Project_Files',
  '05_Cache',
  '06_Exports',
] as const;

/** The folders of a workspace beside `Projects/`. */
export const libraryFolders = [
  'Narrative_Templates',
  'Pipeline_Templates',
  'Stock_Media',
  'AI_Models',
] as const;
