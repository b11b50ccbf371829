// Held by test/scenarios/feature.test.ts
import { languageOf } from "../proof/languages/syntax/grammar.ts";
import { OUTLINE_DEPTH, outlineOf } from "../proof/languages/syntax/outline.ts";
import { openSyntax, type SyntaxReader } from "../proof/languages/syntax/parser.ts";
import { isTestFile } from "../proof/languages/tests/test-files.ts";
import { decodeText } from "../trees/text.ts";
import type { Blobs, Tree, TreeFile } from "../trees/tree.ts";

/**
 * What each source file gives to others, for the map of the repository. It depends on the tree alone, so that every turn
 * and every ticket on one commit gets the same bytes; a file is parsed once in a process, whichever commits hold it.
 */
type Symbols = ReadonlyMap<string, readonly string[]>;

/** Source files of a repository that are read. With more, names of files say more than what fits of the symbols. */
const MAP_FILES_MAX = 1_000;
/** Of one file, in bytes: larger ones are generated or data. */
const MAP_FILE_BYTES_MAX = 100_000;
/** Of all of them, in bytes: about four seconds of the parsing thread when nothing is known yet. */
const MAP_BYTES_MAX = 6_000_000;
/** Files of which the process remembers what they give, at about 300 bytes each. */
const KNOWN_FILES_MAX = 20_000;
/** Brought in or built, not written here. */
const FOREIGN =
  /(^|\/)(node_modules|vendor|third_party|dist|build|target|generated|__generated__)\/|\.min\.[cm]?js$|\.d\.[cm]?ts$/;

/** A machine that was busy for a moment makes a file look slow that is not. Each new try may hold up one ticket by ten seconds. */
const SLOW_KEPT_MS = 60 * 60_000;

type Outline = readonly string[] | "slow";
/** A file that changed has another name here. What was slow is known until the time that stands beside it. */
const known = new Map<string, { readonly outline: Outline; readonly untilMs: number }>();

/** `waitMs`: how long a file may take, other than as a rule. */
type Reading = { readonly now?: () => number; readonly waitMs?: number };
/** One map is made after the other, with one thread, however many tickets begin at once. */
let last: Promise<unknown> = Promise.resolve();

export function symbolsOf(tree: Tree, blobs: Blobs, reading: Reading = {}): Promise<Symbols> {
  const read = () => readAll(tree, blobs, reading);
  const made = last.then(read, read);
  last = made;
  return made;
}

async function readAll(tree: Tree, blobs: Blobs, { now = Date.now, waitMs }: Reading): Promise<Symbols> {
  const sources = [...tree].filter(isSource);
  const bytes = sources.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0);
  if (sources.length > MAP_FILES_MAX || bytes > MAP_BYTES_MAX) return new Map();
  const syntax = openSyntax({ keep: false, depth: OUTLINE_DEPTH, waitMs });
  const symbols = new Map<string, readonly string[]>();
  try {
    for (const [path, file] of sources) {
      const outline = await outlineAt(path, file, blobs, syntax, now);
      // A text that holds up the parser holds up every question of the ticket; one of many would be made the same way.
      if (outline === "slow") return new Map();
      if (outline.length > 0) symbols.set(path, outline);
    }
  } finally {
    await syntax.close();
  }
  return symbols;
}

function isSource([path, { mode, sizeBytes }]: [string, TreeFile]): boolean {
  const isFile = mode === "100644" || mode === "100755";
  return (
    isFile && sizeBytes <= MAP_FILE_BYTES_MAX && languageOf(path) !== null && !isTestFile(path) && !FOREIGN.test(path)
  );
}

async function outlineAt(
  path: string,
  { sha }: TreeFile,
  blobs: Blobs,
  syntax: SyntaxReader,
  now: () => number,
): Promise<Outline> {
  const key = `${languageOf(path)} ${sha}`;
  const before = known.get(key);
  if (before && now() < before.untilMs) return before.outline;
  const content = await blobs.get(sha);
  const text = content && decodeText(content);
  if (text === null) return [];
  const parsed = await syntax.parse(path, text);
  // Copied, because a piece of a text keeps the whole of it in memory.
  const names = parsed.outcome === "parsed" ? structuredClone(outlineOf(parsed.root, parsed.language)) : [];
  const outline = parsed.outcome === "cannot" && parsed.isSlow ? "slow" : names;
  known.set(key, { outline, untilMs: outline === "slow" ? now() + SLOW_KEPT_MS : Infinity });
  const oldest = known.size > KNOWN_FILES_MAX ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
  return outline;
}
