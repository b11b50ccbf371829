import type { FileDiff } from "../../../trees/diff.ts";
import type { Blobs, TreeFile } from "../../../trees/tree.ts";
import type { SyntaxReader } from "../syntax/parser.ts";
import type { SyntaxNode } from "../syntax/syntax.ts";
import { isTestFile } from "./test-files.ts";

/**
 * Rust keeps unit tests in the file of the code, as a rule in `#[cfg(test)] mod tests { … }`. The order of items says
 * nothing there, so one version's tests can stand in the other version's code.
 */
type Laid = {
  /** Each of these files with the code of one version and the tests of the other. */
  readonly files: ReadonlyMap<string, TreeFile>;
  /** Files that hold tests and could not be put together so: there is no other version, or the parser understands neither. */
  readonly not: readonly string[];
};

export type InFileTests = {
  /** The base's code with the head's tests: for files whose tests are others now. */
  readonly newTestsOnOldCode: Laid;
  /** The head's code with the base's tests: for files whose tests are others now. */
  readonly oldTestsOnNewCode: Laid;
};

type Facts = { readonly files: readonly FileDiff[]; readonly syntax: SyntaxReader; readonly blobs: Blobs };

const known = new WeakMap<Facts, Promise<InFileTests>>();

/** Several items of one proof ask for it: read once. */
export async function inFileTests(facts: Facts): Promise<InFileTests> {
  const found = known.get(facts) ?? laidInFiles(facts);
  known.set(facts, found);
  return await found;
}

async function laidInFiles({ files, syntax, blobs }: Facts): Promise<InFileTests> {
  const [onOld, onNew] = [new Map<string, TreeFile>(), new Map<string, TreeFile>()];
  const [notOnOld, notOnNew]: [string[], string[]] = [[], []];
  for (const file of files.filter(mayHoldTests)) {
    const { path, before, after } = file;
    const [was, is] = [await testsIn(path, before, syntax), await testsIn(path, after, syntax)];
    if (was && is && was.said === is.said) continue;
    const put = async (text: string | null) => text !== null && (await written(text, blobs));
    const [old, fresh] = file.action === "change" && was && is ? [swapped(was, is), swapped(is, was)] : [null, null];
    const [first, second] = [await put(old), await put(fresh)];
    if (first) onOld.set(path, first);
    else if (file.action !== "delete" && is?.said !== "") notOnOld.push(path);
    if (second) onNew.set(path, second);
    else if (file.action !== "create" && was?.said !== "") notOnNew.push(path);
  }
  return {
    newTestsOnOldCode: { files: onOld, not: notOnOld },
    oldTestsOnNewCode: { files: onNew, not: notOnNew },
  };
}

function mayHoldTests({ path, kind, before, after }: FileDiff): boolean {
  return kind === "text" && path.endsWith(".rs") && !isTestFile(path) && (IS_TEST.test(before) || IS_TEST.test(after));
}

const IS_TEST = /#\[(?:cfg\((?:test|all\(test)\b|(?:\w+::)*test\b)/;

async function written(text: string, blobs: Blobs): Promise<TreeFile> {
  const content = Buffer.from(text);
  return { mode: "100644", sha: await blobs.put(content), sizeBytes: content.length };
}

type Tests = {
  readonly text: string;
  readonly items: readonly { readonly start: number; readonly end: number }[];
  /** All of them in one text; empty where there is none. */
  readonly said: string;
};

/** @returns null where the text is not understood */
async function testsIn(path: string, text: string, syntax: SyntaxReader): Promise<Tests | null> {
  if (!IS_TEST.test(text)) return { text, items: [], said: "" };
  const parsed = await syntax.parse(path, text);
  if (parsed.outcome === "cannot" || parsed.root.children.some((one) => one.type === "ERROR")) return null;
  const items = testItems(parsed.root);
  return { text, items, said: items.map(({ start, end }) => text.slice(start, end)).join("\n\n") };
}

/** With the attributes and comments before each. */
function testItems(root: SyntaxNode): Tests["items"] {
  const found: { start: number; end: number }[] = [];
  let start: number | null = null;
  let isTest = false;
  for (const one of root.children) {
    start ??= one.start;
    if (/comment$/.test(one.type)) continue;
    if (one.type === "attribute_item") {
      isTest ||= IS_TEST.test(one.text);
      continue;
    }
    if (isTest) found.push({ start, end: one.end });
    [start, isTest] = [null, false];
  }
  return found;
}

/** The one's code with the other's tests, at the place of the first of its own. */
function swapped(code: Tests, tests: Tests): string {
  const parts: string[] = [];
  let at = 0;
  for (const [index, { start, end }] of code.items.entries()) {
    parts.push(code.text.slice(at, start), index === 0 ? tests.said : "");
    at = end;
  }
  parts.push(code.text.slice(at));
  return code.items.length > 0 ? parts.join("") : `${code.text}\n${tests.said}\n`;
}
