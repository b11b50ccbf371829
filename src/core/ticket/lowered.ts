/** Why a blocker counts as a concern, as a code with its facts. The sentences are in `src/messages/reasons/lowered.ts`. */
type None = Readonly<Record<string, never>>;

export type LoweredFacts = {
  withdrawn: None;
  misquoted: None;
  "no-changed-line": None;
  "file-unchanged": { path: string };
  "far-from-changes": None;
};

export type Lowered = {
  [C in keyof LoweredFacts]: { readonly code: C; readonly facts: Readonly<LoweredFacts[C]> };
}[keyof LoweredFacts];
