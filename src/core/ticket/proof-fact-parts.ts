/** What facts of the proof are made of (`proof-facts.ts`). */
export type None = Readonly<Record<string, never>>;
export type Strings = readonly string[];

/** A value with the facts that its code needs. */
export type Of<Table> = { [C in keyof Table]: { readonly code: C; readonly facts: Readonly<Table[C]> } }[keyof Table];

/** Why tests could not be run, or not tried. */
export type CannotFacts = {
  "no-sandbox": { why: string };
  "no-command": None;
  /** In the words of what brings packages in. */
  unprepared: { why: string };
  /** `said`: the line of the output that names one. */
  "packages-missing": { command: string; said: string | null };
  "no-runner": None;
  "none-passes": None;
};
export type Cannot = Of<CannotFacts>;
/** What one command of the verification said. */
type Red = { command: string; exitCode: number | null; failed: number };
export type CommandFacts = {
  /** `tests`: how many ran, where it is there to run tests. */
  passes: { command: string; tests: number | null };
  "red-before-too": { command: string; passed: number; red: Strings; notLoaded: Strings; flaky: Strings };
  "no-answer": { command: string };
  "no-count": { command: string };
  "nothing-green-before": Red;
  "red-before-unnamed": Red;
  fails: Red & { fresh: Strings };
  "timed-out": { command: string; ms: number };
  "no-test-ran": { command: string };
};

/** A changed version of the code. `whole`: `to` says in words what a whole function does instead. */
export type Version = { readonly path: string; readonly line: number; readonly from: string } & {
  readonly to: string;
  readonly whole: boolean;
};

/** Whose change a person has to say yes to, and why. `by`: the settings that changed, or what the file decides. */
export type Touched = { readonly path: string; readonly as: TouchedAs; readonly by: Strings };
export type TouchedAs = "protected" | "deleted" | "called" | "deciding" | "link" | "submodule" | "settings";

/** Why a file or a change could not be read. `so`: in the words of what reads it. */
export type UnreadFacts = {
  so: { why: string };
  "no-text": None;
  gone: None;
  silent: { seconds: number };
  starved: None;
  stack: None;
  size: None;
  memory: { mb: number };
};
export type Unread = Of<UnreadFacts>;
