import { AsyncLocalStorage } from "node:async_hooks";
import { clean } from "./hidden-text.ts";
import { nameInvisible, stripUnseen } from "./hidden-characters.ts";

/**
 * The one way in. Whatever was written outside (by strangers, by models, by programs that ran) becomes a `Seen` text here,
 * and only a `Seen` text can become part of a question to a model: the type has no other maker.
 */
export type Seen = string & { readonly [brand]: "seen" };
declare const brand: unique symbol;

/**
 * - `page`: Markdown, as the rendered page shows it.
 * - `line`: titles and names, which are shown as they stand.
 * - `code`: files, diffs, data; byte for byte, with the characters named that nobody can see.
 * - `output`: what a program printed; like code, without the codes that colour a terminal.
 */
export type As = "page" | "line" | "code" | "output";

export type TakenIn = {
  readonly text: Seen;
  /** What was taken out, in words to be published. */
  readonly removed: readonly string[];
};

export function takeIn(text: string, as: As): TakenIn {
  const { text: visible, removed } = WAYS[as](text);
  return { text: visible as Seen, removed };
}

export function seen(text: string, as: As): Seen {
  return takeIn(text, as).text;
}

const WAYS: Readonly<Record<As, (text: string) => { text: string; removed: readonly string[] }>> = {
  // What was saved with a byte order mark says nothing by it.
  page: (text) => clean(text.replace(/^\ufeff/, "")),
  line: (text) => {
    const { text: visible, count } = stripUnseen(text.replace(/[\s\u2028\u2029]+/g, " "));
    return { text: visible.trim(), removed: told(count, "characters that nobody can see.") };
  },
  code: (text) => {
    const { text: named, count, names } = nameInvisible(text);
    note(names);
    return { text: named, removed: told(count, "characters that nobody can see: named where they stand.") };
  },
  output: (text) => WAYS.code(text.replace(TERMINAL, "")),
};

const noticing = new AsyncLocalStorage<Set<string>>();

/** @returns also the characters that were named in code and output meanwhile, each once: for whoever publishes what came of the work. */
export async function noticed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly names: string[] }> {
  const names = new Set<string>();
  const result = await noticing.run(names, work);
  return { result, names: [...names].sort() };
}

/** Tells whoever notices of names that an earlier process met. */
export function note(names: Iterable<string>): void {
  const met = noticing.getStore();
  for (const name of names) met?.add(name);
}

/** Colours, movements of the cursor, sets of letters, titles and addresses of links; an unfinished one is a character that nobody can see. */
const TERMINAL =
  /\u001b(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|\][^\u0000-\u001f]{0,2000}(?:\u0007|\u001b\\)|[()*+][0-9A-Za-z]|[=>78DEHMcNO])/g;

function told(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}
