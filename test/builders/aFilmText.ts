import type { FilmText } from '../../src/core/domain/documents/filmText.ts';

/** A small film with people, places, dialogue and beats. */
export function aFilmText(change: Partial<FilmText> = {}): FilmText {
  return {
    name: 'The Last Reel',
    characters: [{ name: 'Ada', description: 'A projectionist who hears films.' }, { name: 'Emil' }],
    locations: [{ name: 'Booth' }],
    chapters: [
      {
        address: '01',
        title: 'Act One: Setup',
        synopsis: 'The world before.',
        scenes: [
          {
            address: '01/01',
            number: 1,
            title: 'The last show',
            synopsis: 'Ada threads the film.\nIt tears.',
            setting: 'INT',
            location: 'Booth',
            timeOfDay: 'night',
            shots: [
              {
                address: '01/01/01',
                description: 'Hands at the projector.\n\nDust in the beam.',
                size: 'CU',
                angle: 'low',
                lens: 35,
                duration: 3,
                characters: ['Ada'],
                dialogue: 'Once more.',
              },
              {
                address: '01/01/02',
                description: 'Emil in the door.',
                characters: ['Ada', 'Emil'],
                dialogue: "Emil: We're closed.\n(looks up)\nAda: Not yet.",
              },
            ],
          },
          { address: '01/02', number: 2, title: 'The empty hall', shots: [] },
        ],
      },
      { address: '02', title: 'Act Two', scenes: [] },
    ],
    beats: [
      { name: 'Closing image', description: 'The lamp goes out.', position: 1, intensity: 0.3 },
      { name: 'Opening image', position: 0, intensity: 0.2, boundTo: '01 Act One: Setup' },
    ],
    ...change,
  };
}
