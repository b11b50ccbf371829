import { Worker } from "node:worker_threads";
import { type Language, languageOf } from "./grammar.ts";
import type { ParseReply, ParseRequest } from "./parse-worker.ts";
import { type SyntaxNode, treeFrom } from "./syntax.ts";

/** A syntax tree, or why there is none, as a sentence about the file without its end. A tree may hold errors: a grammar reads on after what it does not understand. */
export type Parsed =
  | { readonly outcome: "parsed"; readonly root: SyntaxNode; readonly language: Language }
  | { readonly outcome: "cannot"; readonly why: string; readonly isSlow?: true };

export type SyntaxReader = {
  /** The same text is parsed once, unless trees are not kept. */
  parse(path: string, text: string): Promise<Parsed>;
  close(): Promise<void>;
};

/** Generated and minified files are larger; nobody's handwritten source is. */
const TEXT_CHARS_MAX = 400_000;
/** A hundred times what a large source file takes on a slow machine. */
const PARSE_MS = 10_000;
/** Of the thread's short-lived objects, in MB: a text and its columns are one string and one array. Node's own 48 stay resident once used. */
const YOUNG_MB = 2;
const UNREADABLE = cannot("its grammar does not read it");
const TOO_LONG = { ...cannot("it takes too long to parse"), isSlow: true } as const;

/**
 * `keep` false: a tree is forgotten once it is handed out. `depth`: of the root's descendants, so many levels. `waitMs`: other than
 * what a text may take as a rule.
 */
type Reading = { readonly keep?: boolean; readonly depth?: number; readonly waitMs?: number | undefined };

/** In a thread of its own. */
export function openSyntax({ keep = true, depth, waitMs = PARSE_MS }: Reading = {}): SyntaxReader {
  return readerBy(parsingThread(waitMs, depth), keep);
}

/** Whoever is in a thread that is ended when it takes too long parses right there, and needs no second one. */
export function openSyntaxHere(): SyntaxReader {
  return readerBy({ parse: parseHere, close: () => Promise.resolve() });
}

type Parsing = { parse(language: Language, text: string): Promise<Parsed>; close(): Promise<void> };

function readerBy(thread: Parsing, keep = true): SyntaxReader {
  const known = new Map<string, Promise<Parsed>>();
  let last: Promise<unknown> = Promise.resolve();

  function parse(path: string, text: string): Promise<Parsed> {
    const language = languageOf(path);
    if (!language) return Promise.resolve(cannot("its language is not read here"));
    if (text.length > TEXT_CHARS_MAX)
      return Promise.resolve(cannot(`it has more than ${TEXT_CHARS_MAX.toLocaleString("en")} characters`));
    const key = `${language} ${text}`;
    const begun = known.get(key);
    if (begun) return begun;
    // One after the other, so that the time limit of one does not count the wait for another.
    const parsed = last.then(() => thread.parse(language, text));
    last = parsed;
    if (keep) known.set(key, parsed);
    return parsed;
  }

  return { parse, close: () => thread.close() };
}

async function parseHere(language: Language, text: string): Promise<Parsed> {
  const { parseText } = await import("./parse-text.ts");
  const began = performance.now();
  const isLate = () => performance.now() - began > PARSE_MS;
  const flat = await parseText(language, text, isLate).catch(() => null);
  if (flat) return { outcome: "parsed", root: treeFrom(text, flat), language };
  return isLate() ? TOO_LONG : UNREADABLE;
}

function parsingThread(waitMs: number, depth?: number): Parsing {
  let worker: Worker | null = null;
  let ids = 0;

  function start(): Worker {
    worker = new Worker(new URL("./parse-worker.ts", import.meta.url), {
      env: {},
      stderr: true,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.unref();
    return worker;
  }

  function parse(language: Language, text: string): Promise<Parsed> {
    const thread = worker ?? start();
    const request: ParseRequest = { id: ++ids, language, text };
    return new Promise((resolve) => {
      const end = (parsed: Parsed) => {
        clearTimeout(clock);
        thread.off("message", answered).off("error", failed).off("exit", failed);
        resolve(parsed);
      };
      const answered = ({ id, flat }: ParseReply) => {
        if (id !== request.id) return;
        end(flat ? { outcome: "parsed", root: treeFrom(text, flat, depth), language } : UNREADABLE);
      };
      const failed = () => {
        if (worker === thread) worker = null;
        end(UNREADABLE);
      };
      const clock = setTimeout(() => {
        worker = null;
        void thread.terminate();
        end(TOO_LONG);
      }, waitMs);
      thread.on("message", answered).on("error", failed).on("exit", failed);
      thread.postMessage(request);
    });
  }

  return {
    parse,
    close: async () => {
      await worker?.terminate();
      worker = null;
    },
  };
}

function cannot(why: string) {
  return { outcome: "cannot", why } as const;
}
