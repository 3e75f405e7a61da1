// What the contact sheets of the storyboard show.
import { CameraAngle, CameraMovement, ShotSize } from '../src/core/model/shotList.ts';
import { TimeOfDay } from '../src/core/model/project.ts';

const ada = {
  name: 'Ada',
  description: 'A woman of sixty-eight, grey hair in a braid, glasses, a green dust coat.',
};
const emil = {
  name: 'Emil',
  description: 'A man of seventy, white hair and a moustache, in a camel coat and a hat.',
};
const noor = { name: 'Noor', description: 'A girl of eleven in a yellow raincoat, short black hair.' };
const ben = { name: 'Ben', description: 'A man in a navy jacket, curly hair.' };
const cleo = { name: 'Cleo', description: 'A woman in a red dress, long hair.' };

const base = {
  project: 'The Last Reel',
  address: '01/02/03',
  description: 'Ada listens.',
  size: 'MS',
  angle: 'eye',
  movement: 'static',
  lens: undefined,
  duration: 4,
  fps: 24,
  setting: 'INT',
  timeOfDay: 'day',
  location: 'Living room',
  style: undefined,
  styleKeywords: [],
  characters: [ada],
  width: 1280,
  height: 720,
};

function panel(label, fields = {}, more = {}) {
  return { label, panel: { ...base, ...fields }, seed: 3, ...more };
}

const sizes = ShotSize.options;
const angles = CameraAngle.options;
const movements = CameraMovement.options;
/** Every tenth panel or so with another cast, so that the sheet shows what films have. */
const casts = [[ada], [noor], [ada, emil], [ben], [cleo], [emil, noor]];

const framings = sizes.flatMap((size, i) =>
  angles.map((angle) => panel(`${size} · ${angle}`, { size, angle }, { seed: 11 + i })),
);
const moves = ['MS', 'WS'].flatMap((size) =>
  movements.map((movement) => panel(`${size} · ${movement}`, { size, movement, characters: [noor] })),
);
const every = sizes.flatMap((size, i) =>
  angles.flatMap((angle, j) =>
    movements.map((movement, k) =>
      panel(
        `${size} ${angle} ${movement}`,
        {
          size,
          angle,
          movement,
          characters: casts[(i + j + k) % casts.length],
        },
        { seed: i * 40 + j * 8 + k },
      ),
    ),
  ),
);

const places = [
  ['Kitchen', 'INT'],
  ['Bedroom', 'INT'],
  ['Police office', 'INT'],
  ['Bar', 'INT'],
  ['Library', 'INT'],
  ['Warehouse', 'INT'],
  ['Corridor', 'INT'],
  ['Train window', 'INT/EXT'],
  ['City street', 'EXT'],
  ['Forest', 'EXT'],
  ['Harbour', 'EXT'],
  ['Desert', 'EXT'],
  ['Village hills', 'EXT'],
];
const styles = [
  'Noir',
  'Neon',
  'Sepia western',
  'Pastel dream',
  'Gothic horror',
  'Cold winter',
  'Vivid comic',
];
const worlds = [
  ...TimeOfDay.options.map((timeOfDay) => panel(`INT · ${timeOfDay}`, { timeOfDay, size: 'MWS' })),
  ...TimeOfDay.options.map((timeOfDay) =>
    panel(`EXT · ${timeOfDay}`, { timeOfDay, size: 'WS', setting: 'EXT', location: 'Harbour' }),
  ),
  ...places.map(([location, setting]) =>
    panel(`${setting} · ${location}`, { location, setting, size: 'WS', characters: [emil] }),
  ),
  ...styles.map((style) => panel(style, { style, size: 'MWS', characters: [cleo], timeOfDay: 'afternoon' })),
];

const blockings = [
  ['Ada sits at the window.', 'WS', [ada]],
  ['Noor is sitting on the floor.', 'WS', [noor]],
  ['Emil kneels.', 'WS', [emil]],
  ['Ben lies on the floor.', 'WS', [ben]],
  ['Noor runs down the corridor.', 'WS', [noor]],
  ['Cleo walks to the door.', 'WS', [cleo]],
  ['Ben crouches behind the crate.', 'WS', [ben]],
  ['Ada points at the door.', 'MWS', [ada]],
  ['Ben speaks on the phone.', 'MS', [ben]],
  ['Cleo holds a letter.', 'MS', [cleo]],
  ['Emil reaches for the keys.', 'MS', [emil]],
  ['Ada raises her hand.', 'MS', [ada]],
  ['Cleo in profile.', 'CU', [cleo]],
  ['Ben, his back to us.', 'MS', [ben]],
  ['Emil turns away.', 'MWS', [emil]],
  ['Noor looks straight into the camera.', 'CU', [noor]],
  ['Ben lies asleep.', 'CU', [ben]],
  ['Ada sits, Noor kneels.', 'WS', [ada, noor]],
  ['Two-shot: Ada and Emil.', 'MCU', [ada, emil]],
  ['Over Ada’s shoulder: Emil.', 'MCU', [ada, emil]],
  ['OTS on Ada, over Emil’s shoulder.', 'CU', [ada, emil]],
  ['Ada and Emil face each other.', 'MS', [ada, emil]],
  ['Ben and Cleo side by side.', 'MS', [ben, cleo]],
  ['Ben and Cleo hug.', 'MS', [ben, cleo]],
  ['Ben looks at Cleo, who turns away.', 'MS', [ben, cleo]],
  ['Ada in the foreground, Emil behind her in the background.', 'MS', [ada, emil]],
  ['Three at the table.', 'MS', [ada, emil, noor]],
  ['Five in the room.', 'WS', [ada, emil, noor, ben, cleo]],
];
const staging = blockings.map(([description, size, characters]) =>
  panel(description, { description, size, characters }),
);

const seeds = [
  ...Array.from({ length: 6 }, (_, i) => panel(`MWS, one · seed ${i + 1}`, { size: 'MWS' }, { seed: i + 1 })),
  ...Array.from({ length: 6 }, (_, i) =>
    panel(`MS, two · seed ${i + 1}`, { characters: [ada, emil] }, { seed: i + 1 }),
  ),
  ...Array.from({ length: 6 }, (_, i) =>
    panel(
      `WS street, three · seed ${i + 1}`,
      { size: 'WS', setting: 'EXT', location: 'Street', characters: [ada, emil, noor] },
      { seed: i + 1 },
    ),
  ),
];

const lengths = [18, 35, 85, 200];
const lenses = [
  ...lengths.map((lens) => panel(`MS · ${lens} mm`, { lens })),
  ...lengths.map((lens) => panel(`WS · ${lens} mm`, { lens, size: 'WS', location: 'Corridor' })),
  ...lengths.map((lens) =>
    panel(`MS, two · ${lens} mm`, { lens, setting: 'EXT', location: 'City street', characters: [ada, emil] }),
  ),
  ...lengths.map((lens) =>
    panel(`WS forest · ${lens} mm`, { lens, size: 'WS', setting: 'EXT', location: 'Forest' }),
  ),
];

const story = {
  description:
    'Ada stops the machine. Noor, in the doorway, does not dare to come in; the light behind her goes out.',
  dialogue: 'NOOR: Is it over?\nADA: It was over years ago.',
  characters: [ada, noor],
  lens: 35,
  style: 'Carbon Light',
};
const shapes = [
  [1998, 836],
  [1920, 1080],
  [1440, 1080],
  [1080, 1080],
  [1080, 1920],
  [4096, 2160],
  [4096, 1024],
  [1024, 4096],
  [160, 90],
];
const formats = shapes.map(([width, height]) =>
  panel(`${width} × ${height}`, { ...story, width, height }, { wholeCard: true, pixels: 900 }),
);

const tongues = [
  ['Deutsch', 'Übermäßig müde schließt Käthe die Tür. Größer wird es nicht.', 'KÄTHE: Schöne Grüße!'],
  ['Polski', 'Łucja otwiera drzwi; źdźbło trawy na progu.', 'ŁUCJA: Dzień dobry.'],
  ['Tiếng Việt', 'Người phụ nữ mở cửa sổ và nhìn ra đường phố.', 'MAI: Trời sắp mưa rồi.'],
  ['Ελληνικά', 'Η Ελένη ανοίγει την πόρτα και κοιτάζει το λιμάνι.', 'ΕΛΕΝΗ: Ποιος είναι;'],
  ['Русский', 'Анна останавливается у окна и долго смотрит на дорогу.', 'АННА: Он не придёт.'],
  [
    'العربية',
    'تفتح ليلى الباب ببطء وتنظر إلى Studio 54 في آخر الشارع، ثم تعود وتجلس.',
    'ليلى: من هناك؟ لا أرى أحدا.',
  ],
  ['עברית', 'דנה פותחת את הדלת ומביטה אל הנמל (05:30), ואז חוזרת.', 'דנה: מי שם?'],
  ['فارسی', 'سارا پنجره را می‌بندد و به خیابان نگاه می‌کند.', 'سارا: باران می‌آید.'],
  ['Հայերեն · ქართული', 'Աննան բացում է դուռը։ ანა აღებს კარს.', ''],
  [
    'Scripts that the font does not hold',
    'Mai opens: ไทย 日本語のテキスト 🎬👩‍🚀 and closes.',
    'MAI: 你好, 안녕!',
  ],
];
const languages = tongues.map(([label, description, dialogue]) =>
  panel(
    label,
    {
      description,
      dialogue,
      size: 'MCU',
      characters: [{ name: (dialogue || 'Աննա').split(':')[0] }],
      height: 720,
    },
    { wholeCard: true, pixels: 1280 },
  ),
);

const hall = {
  location: 'Auditorium of the Lyra',
  backdrop: '01_Assets/Locations/Auditorium_of_the_Lyra/auditorium.jpg',
};
const pictured = (label, fields) => panel(label, { ...hall, ...fields });
const references = [
  ...sizes.map((size) => pictured(size, { size, characters: [emil] })),
  ...angles.map((angle) => pictured(`MWS · ${angle}`, { size: 'MWS', angle, characters: [noor] })),
  ...TimeOfDay.options.map((timeOfDay) =>
    pictured(timeOfDay, { size: 'WS', timeOfDay, characters: [ada, noor] }),
  ),
  ...[18, 85, 200].map((lens) => pictured(`MS · ${lens} mm`, { lens })),
  ...['Noir', 'Sepia western', 'Neon'].map((style) =>
    pictured(style, { style, size: 'MS', characters: [ada, emil] }),
  ),
];

export const sheets = [
  { name: 'framings', title: 'Sizes × angles', columns: 5, width: 300, panels: framings },
  { name: 'movements', title: 'Camera movements', columns: 4, width: 370, panels: moves },
  {
    name: 'all',
    title: 'Every size × angle × movement',
    columns: 8,
    width: 190,
    gap: 4,
    type: 9,
    quality: 60,
    panels: every,
  },
  { name: 'worlds', title: 'Times of day, places, styles', columns: 6, width: 270, panels: worlds },
  {
    name: 'staging',
    title: 'Poses, facing and staging, from the words of the shot',
    columns: 5,
    width: 300,
    panels: staging,
  },
  { name: 'seeds', title: 'The same shot with other seeds', columns: 6, width: 270, panels: seeds },
  { name: 'lenses', title: 'Lenses', columns: 4, width: 370, panels: lenses },
  {
    name: 'formats',
    title: 'Resolutions and aspect ratios',
    columns: 3,
    width: 500,
    tallest: 560,
    panels: formats,
  },
  {
    name: 'references',
    title: 'A reference picture as the backdrop',
    columns: 6,
    width: 270,
    panels: references,
  },
  { name: 'languages', title: 'Scripts', columns: 2, width: 760, panels: languages },
];
