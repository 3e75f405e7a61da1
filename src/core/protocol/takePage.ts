import * as z from 'zod/mini';
import { JobId, ShotId } from '../model/ids.ts';
import type { PromptSource } from '../model/prompt.ts';

export const TakePageAction = z.enum(['regenerate', 'open', 'activate']);
export type TakePageAction = z.infer<typeof TakePageAction>;

/** What the page of a take may ask. It is untrusted input: parsed on the host. */
export const FromTakePage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('action'), action: TakePageAction }),
]);
export type FromTakePage = z.infer<typeof FromTakePage>;

const TakeId = z.object({ shotId: ShotId, takeId: JobId });

/** What a page is about. It keeps that itself, so that it comes back when the window is loaded anew. */
export const TakePageRef = z.discriminatedUnion('about', [
  z.object({ about: z.literal('recipe'), root: z.string(), take: TakeId }),
  z.object({ about: z.literal('compare'), root: z.string(), takes: z.tuple([TakeId, TakeId]) }),
  z.object({ about: z.literal('prompt'), root: z.string(), address: z.string() }),
  z.object({ about: z.literal('plan'), root: z.string(), addresses: z.array(z.string()) }),
]);
export type TakePageRef = z.infer<typeof TakePageRef>;

/** What a page leaves behind: untrusted input as well. */
export const KeptTakePage = z.object({ page: TakePageRef });

export interface PagePicture {
  readonly kind: 'picture' | 'video';
  readonly label: string;
  readonly alt: string;
  readonly src: string;
  /** What is seen of a video before it plays. */
  readonly poster?: string;
}

/** One fact of a take, or of each of two. */
export interface FactRow {
  readonly name: string;
  readonly values: readonly string[];
  readonly differs: boolean;
}

export interface PromptWords {
  readonly text: string;
  /** Where the words come from; what only joins others has none. */
  readonly source?: { readonly kind: PromptSource['kind']; readonly label: string };
}

export type PageSection =
  | {
      readonly kind: 'facts';
      readonly heading: string;
      /** Above the values, where there are two. */
      readonly columns: readonly string[];
      readonly rows: readonly FactRow[];
    }
  | {
      readonly kind: 'prompt';
      readonly heading: string;
      readonly parts: readonly { readonly name: string; readonly words: readonly PromptWords[] }[];
    };

/** How a take was made, two takes side by side, what a shot would be asked with or what would run; in translated words. */
export interface TakePage {
  readonly type: 'page';
  readonly about: TakePageRef;
  readonly title: string;
  readonly notes: readonly string[];
  /** Two are compared. */
  readonly pictures: readonly PagePicture[];
  readonly sections: readonly PageSection[];
  readonly actions: readonly { readonly id: TakePageAction; readonly label: string }[];
  readonly words: { readonly side: string; readonly wipe: string; readonly flicker: string };
}
