import type { Blobs, Snapshot } from "../../../trees/tree.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { emptied, functionsOf, type NamedFunction } from "../syntax/functions.ts";
import type { Language } from "../syntax/grammar.ts";
import type { SyntaxReader } from "../syntax/parser.ts";
import { smallChanges } from "./small-changes.ts";
import { hollowIn } from "../unfinished/stubs.ts";
import { plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import { testSide } from "../tests/test-side.ts";
import { isCode, isTestCode, isTestFile } from "../tests/test-files.ts";

/** The same mutant of a function that is the same before and after a change. */
export type Twin = {
  readonly path: string;
  /** In the head's file. */
  readonly line: number;
  readonly what: string;
  /** The whole file with the mutant in it. */
  readonly before: string;
  readonly after: string;
};

/** More files than a test speaks of; larger ones are generated. */
const FILES_MAX = 60;
const FILE_BYTES_MAX = 100_000;

type Where = {
  readonly files: readonly FileDiff[];
  readonly base: Pick<Snapshot, "tree">;
  readonly head: Pick<Snapshot, "tree">;
  readonly blobs: Blobs;
  readonly syntax: SyntaxReader;
};

/** Mutants of unchanged functions that changed old tests speak of by name. The finer ones come first: they tell more. */
export async function sameFunctions(where: Where): Promise<Twin[]> {
  const named = await namesInChangedTests(where);
  if (named.size === 0) return [];
  const paths = [...where.base.tree.keys()].filter(
    (path) => isCode(path) && !isTestFile(path) && where.head.tree.has(path),
  );
  const found: Twin[][] = [];
  for (const path of paths.slice(0, FILES_MAX)) found.push(await twinsIn(where, path, named));
  return found.flat().sort((a, b) => Number(b.what.includes("→")) - Number(a.what.includes("→")));
}

async function namesInChangedTests({ files, syntax }: Where): Promise<Set<string>> {
  const names = new Set<string>();
  for (const file of files.filter((one) => isTestCode(one.path) && one.kind === "text" && one.action !== "create")) {
    const [before, after] = [await syntax.parse(file.path, file.before), await syntax.parse(file.path, file.after)];
    if (before.outcome === "cannot") continue;
    const now = after.outcome === "parsed" ? testSide(file.path, after).tests.map(({ node }) => plain(node)) : [];
    const kept = new Set(now);
    const changed = testSide(file.path, before).tests.filter(({ node }) => !kept.has(plain(node)));
    for (const { body } of changed)
      for (const one of within(body)) if (/identifier$/.test(one.type)) names.add(one.text);
  }
  return names;
}

async function twinsIn(where: Where, path: string, named: ReadonlySet<string>): Promise<Twin[]> {
  const [before, after] = [await read(where, where.base, path), await read(where, where.head, path)];
  if (!before || !after || before.parsed.outcome === "cannot" || after.parsed.outcome === "cannot") return [];
  const { root, language } = before.parsed;
  const now = new Map(functionsOf(after.parsed.root, language).map((one) => [`${one.name} ${one.node.text}`, one]));
  const hollow = hollowIn(root, language);
  return functionsOf(root, language).flatMap((one): Twin[] => {
    const same = now.get(`${one.name} ${one.node.text}`);
    if (!same || !named.has(one.name) || hollow.has(one.node)) return [];
    return mutantsOf({ path, language, one, same, before: before.text, after: after.text }, root);
  });
}

type Pair = {
  readonly path: string;
  readonly language: Language;
  readonly one: NamedFunction;
  readonly same: NamedFunction;
  readonly before: string;
  readonly after: string;
};

function mutantsOf({ path, language, one, same, before, after }: Pair, root: SyntaxNode): Twin[] {
  const lines = new Set(Array.from({ length: one.node.endLine - one.node.line + 1 }, (_, at) => one.node.line + at));
  const moved = same.node.start - one.node.start;
  const fine = smallChanges(root, language, lines)
    .filter(({ weight, start }) => weight === "telling" && start >= one.node.start && start < one.node.end)
    .slice(0, 1)
    .map(({ line, from, to, start, end }) => ({
      ...{ path, line: line + same.node.line - one.node.line, what: `\`${from}\` → \`${to}\`` },
      before: before.slice(0, start) + to + before.slice(end),
      after: after.slice(0, start + moved) + to + after.slice(end + moved),
    }));
  const [nothingBefore, nothingAfter] = [emptied(before, one, language), emptied(after, same, language)];
  if (nothingBefore === null || nothingAfter === null) return fine;
  const what = `\`${one.name}()\` that does nothing`;
  return [...fine, { path, line: same.node.line, what, before: nothingBefore, after: nothingAfter }];
}

async function read({ blobs, syntax }: Where, { tree }: Pick<Snapshot, "tree">, path: string) {
  const file = tree.get(path);
  if (!file || file.sizeBytes > FILE_BYTES_MAX || file.mode === "120000") return null;
  const text = (await blobs.get(file.sha))?.toString("utf8") ?? "";
  return { text, parsed: await syntax.parse(path, text) };
}
