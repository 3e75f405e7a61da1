import * as z from 'zod';

/** An image that an engine has. */
export interface EngineImage {
  /** The digest of what it holds. */
  readonly id: string;
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** A folder that an image is built from. */
export interface BuildFiles {
  readonly folder: string;
  /** Those that are sent, but what its `.dockerignore` names. */
  readonly files: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

const Image = z.object({
  Id: z.string(),
  Size: z.number(),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** Of what the engine answers about it. */
export function engineImage(answer: unknown): EngineImage {
  const { Id: id, Size: bytes, Config } = Image.parse(answer);
  return { id, bytes, labels: Config?.Labels ?? {} };
}
