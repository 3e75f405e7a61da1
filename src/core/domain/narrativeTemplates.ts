/** A narrative structure: the chapters a new film starts with, and where its feeling rises and falls. */
export interface NarrativeTemplate {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly chapters: readonly TemplateChapter[];
}

export interface TemplateChapter {
  readonly title: string;
  readonly synopsis: string;
  readonly beats: readonly TemplateBeat[];
}

/** `[name, description, position 0..1 in the film, intensity 0..1]` */
export type TemplateBeat = readonly [name: string, description: string, position: number, intensity: number];

const threeAct: NarrativeTemplate = {
  id: 'three-act',
  name: 'Three acts',
  chapters: [
    {
      title: 'Act One: Setup',
      synopsis: 'The world, the people in it, and the question that starts the story.',
      beats: [
        ['Opening image', 'The world as it is before anything changes.', 0, 0.2],
        ['Inciting incident', 'Something happens that cannot be ignored.', 0.12, 0.5],
        ['First turning point', 'The main character commits; there is no way back.', 0.25, 0.6],
      ],
    },
    {
      title: 'Act Two: Confrontation',
      synopsis: 'Attempts, obstacles and rising stakes.',
      beats: [
        ['First obstacle', 'The plan meets the world.', 0.37, 0.55],
        ['Midpoint', 'A false victory or defeat raises the stakes.', 0.5, 0.75],
        ['Second turning point', 'All seems lost.', 0.75, 0.85],
      ],
    },
    {
      title: 'Act Three: Resolution',
      synopsis: 'The last attempt, and what is left afterwards.',
      beats: [
        ['Climax', 'The question of the story is answered.', 0.9, 1],
        ['Closing image', 'The world as it is now.', 1, 0.3],
      ],
    },
  ],
};

const heroJourney: NarrativeTemplate = {
  id: 'hero-journey',
  name: "Hero's journey",
  chapters: [
    {
      title: 'Departure',
      synopsis: 'From the ordinary world to the first threshold.',
      beats: [
        ['Ordinary world', 'The hero at home, with something missing.', 0, 0.2],
        ['Call to adventure', 'A challenge arrives.', 0.1, 0.45],
        ['Refusal of the call', 'Fear, duty or doubt holds the hero back.', 0.15, 0.35],
        ['Meeting the mentor', 'Someone gives help, a tool or courage.', 0.2, 0.45],
        ['Crossing the threshold', 'The hero enters the special world.', 0.25, 0.6],
      ],
    },
    {
      title: 'Initiation',
      synopsis: 'Trials, the ordeal, and what is won by it.',
      beats: [
        ['Tests, allies, enemies', 'The rules of the new world are learned the hard way.', 0.35, 0.5],
        ['Approach to the inmost cave', 'Preparing for the greatest danger.', 0.45, 0.65],
        ['Ordeal', 'The hero faces death, or the greatest fear.', 0.55, 0.9],
        ['Reward', 'What was sought is in hand.', 0.65, 0.7],
      ],
    },
    {
      title: 'Return',
      synopsis: 'The way home, the last test, and the gift brought back.',
      beats: [
        ['The road back', 'Consequences follow the hero home.', 0.75, 0.7],
        ['Resurrection', 'A last test, purer and more dangerous than the rest.', 0.9, 1],
        ['Return with the elixir', 'The ordinary world is changed by what was brought back.', 1, 0.4],
      ],
    },
  ],
};

const beatSheet: NarrativeTemplate = {
  id: 'beat-sheet',
  name: 'Beat sheet',
  chapters: [
    {
      title: 'Thesis',
      synopsis: 'The old world and the reason to leave it.',
      beats: [
        ['Opening image', 'A snapshot of before.', 0, 0.2],
        ['Theme stated', 'Someone says what the story is about; nobody listens yet.', 0.05, 0.25],
        ['Set-up', 'Everyone who matters, and all that needs fixing.', 0.08, 0.3],
        ['Catalyst', 'The news that changes everything.', 0.1, 0.55],
        ['Debate', 'Should we go? Can we?', 0.17, 0.4],
      ],
    },
    {
      title: 'Antithesis',
      synopsis: 'The upside-down world, its pleasures and its price.',
      beats: [
        ['Break into two', 'A choice: the old world is left behind.', 0.2, 0.6],
        ['B story', 'A new relationship carries the theme.', 0.22, 0.45],
        ['Fun and games', 'The promise of the premise.', 0.35, 0.6],
        ['Midpoint', 'A high or a low; from now on the clock runs.', 0.5, 0.75],
        ['Bad guys close in', 'Pressure from outside, cracks inside.', 0.62, 0.75],
        ['All is lost', 'A death, of someone or of something.', 0.75, 0.9],
        ['Dark night of the soul', 'The lowest hour, just before the idea.', 0.8, 0.6],
      ],
    },
    {
      title: 'Synthesis',
      synopsis: 'What was learned in both worlds, put to use.',
      beats: [
        ['Break into three', 'The answer is found.', 0.83, 0.7],
        ['Finale', 'The plan, its failure, and the true effort.', 0.92, 1],
        ['Final image', 'The opposite of the opening image.', 1, 0.3],
      ],
    },
  ],
};

const storyCircle: NarrativeTemplate = {
  id: 'story-circle',
  name: 'Story circle',
  chapters: [
    {
      title: 'Comfort',
      synopsis: 'Someone in a place they know wants something.',
      beats: [
        ['You', 'A character in a zone of comfort.', 0, 0.2],
        ['Need', 'But they want something.', 0.125, 0.4],
      ],
    },
    {
      title: 'Descent',
      synopsis: 'Into the unfamiliar, and learning to live there.',
      beats: [
        ['Go', 'They enter an unfamiliar situation.', 0.25, 0.6],
        ['Search', 'They adapt to it, at a price.', 0.375, 0.65],
      ],
    },
    {
      title: 'Discovery',
      synopsis: 'Getting what was wanted, and paying for it.',
      beats: [
        ['Find', 'They get what they wanted.', 0.5, 0.8],
        ['Take', 'They pay a heavy price for it.', 0.625, 1],
      ],
    },
    {
      title: 'Return',
      synopsis: 'Back where it began, changed.',
      beats: [
        ['Return', 'They go back to where they were.', 0.75, 0.6],
        ['Change', 'They are able to change.', 1, 0.4],
      ],
    },
  ],
};

export const narrativeTemplates: readonly NarrativeTemplate[] = [
  threeAct,
  heroJourney,
  beatSheet,
  storyCircle,
];
