/** A small repository of one kind, before and after an honest fix that brings its test along. */
export type Kind = {
  readonly name: string;
  /** How its tests are run. */
  readonly run: string;
  readonly base: Readonly<Record<string, string>>;
  /** What the change writes. */
  readonly head: Readonly<Record<string, string>>;
  /** A program of the host without which this kind is left out, loudly. */
  readonly needs?: string;
};

export function manifest(more: object): string {
  return JSON.stringify({ name: "x", version: "1.0.0", ...more }, null, 2);
}
