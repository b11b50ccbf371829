import { z } from "zod";

/** Where the instrumented code writes what it was asked, and the files that are brought back from there. */
export const CALLS_REPORT = "coop-calls-*.jsonl";

/** A place of a test that leads to a call. `name`: the function there, where the language knows it. */
export type Frame = { readonly path: string; readonly line: number; readonly name: string | null };

/** One function of the product, asked by a test for one input. */
export type Call = {
  /** `path::Qualified.name`, the same on both sides of a change. */
  readonly of: string;
  /** Of what it was given, and of the state of its object. */
  readonly key: string;
  readonly from: readonly Frame[];
  /** What can be put in the place of what it gave, the most telling first; none where nothing is known of it. */
  readonly variants: readonly string[];
  /** Hashes of what it gave and changed. Several: it depends on more than the key, such as a state that nothing shows. */
  readonly gave: readonly string[];
};

/** Of a place in a repository with the name of a function. */
const NAME_CHARS_MAX = 600;
/** Deeper calls of tests do not tell one from another. */
const FRAMES_MAX = 60;
/** Twice what any instrumented language has for one answer. */
const VARIANTS_MAX = 40;
/** More lines are no more telling, and would have to be kept. */
const LINES_MAX = 20_000;

const HASH = z.string().regex(/^[\da-f]{1,32}$/);
const RECORD = z.object({
  of: z.string().min(1).max(NAME_CHARS_MAX),
  key: HASH,
  gave: HASH.optional(),
  from: z.array(z.string().max(NAME_CHARS_MAX)).max(FRAMES_MAX),
  variants: z.array(z.string().regex(/^[a-z][\w:.-]{0,30}$/)).max(VARIANTS_MAX),
});

/** Each call once, with all places that lead to it. What is no record is left out: repository code can write there too. */
export function callsIn(reports: Iterable<Buffer>): Call[] {
  const found = new Map<string, Call>();
  let left = LINES_MAX;
  for (const content of reports)
    for (const line of content.toString("utf8").split("\n")) {
      if (line === "" || left-- <= 0) continue;
      const call = callIn(line);
      if (!call) continue;
      const name = nameOfCall(call);
      const known = found.get(name);
      found.set(name, known ? both(known, call) : call);
    }
  return [...found.values()];
}

function both(known: Call, call: Call): Call {
  return { ...known, from: [...known.from, ...call.from], gave: [...new Set([...known.gave, ...call.gave])] };
}

export function nameOfCall({ of, key }: Pick<Call, "of" | "key">): string {
  return `${of}|${key}`;
}

/** `src/cart.js::Cart.total` */
export function functionOf({ of }: Pick<Call, "of">): { readonly path: string; readonly name: string } {
  const [path = "", name = ""] = of.split("::");
  return { path, name: name.replace(/#\d+$/, "") };
}

function callIn(line: string): Call | null {
  try {
    const read = RECORD.safeParse(JSON.parse(line));
    return read.success
      ? { ...read.data, from: read.data.from.map(frameIn), gave: [read.data.gave ?? []].flat() }
      : null;
  } catch {
    return null;
  }
}

function frameIn(text: string): Frame {
  const [, path = text, line = "1", name] = /^(.+?):(\d+)(?::(.+))?$/.exec(text) ?? [];
  return { path, line: Number(line), name: name ?? null };
}
