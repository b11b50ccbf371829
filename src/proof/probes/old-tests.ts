import type { FileDiff } from "../../trees/diff.ts";
import type { SyntaxReader } from "../languages/syntax/parser.ts";
import { plain, type SyntaxNode, within } from "../languages/syntax/syntax.ts";
import { isTestCode } from "../languages/tests/test-files.ts";
import { type TestSide, testSide } from "../languages/tests/test-side.ts";
import type { Frame } from "./calls.ts";

/** A test or a function of an old file of tests, by its lines there. */
type Part = {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly kept: boolean;
  readonly isTest: boolean;
  /** All names that stand in it. */
  readonly names: ReadonlySet<string>;
};

/** An old file of tests that a change touches. */
export type OldFile = {
  readonly path: string;
  readonly parts: readonly Part[];
  /** Something changed that stands in none of its parts, such as a table, or all of it moved away: any test may be another one now. */
  readonly around: boolean;
  /** All names that stand in what changed. */
  readonly names: ReadonlySet<string>;
};

export async function oldTestFiles(files: readonly FileDiff[], syntax: SyntaxReader): Promise<OldFile[]> {
  const changed = files.filter(({ path, kind, action }) => isTestCode(path) && kind === "text" && action !== "create");
  const found: OldFile[] = [];
  for (const file of changed) {
    const before = await syntax.parse(file.path, file.before);
    if (before.outcome === "cannot") continue;
    const after = file.action === "delete" ? null : await syntax.parse(file.path, file.after);
    const now = after?.outcome === "parsed" ? testSide(file.path, after) : null;
    found.push(oldFile(testSide(file.path, before), now));
  }
  return found;
}

/** The same of the head's files: what is new there or another one than before. */
export async function newTestFiles(files: readonly FileDiff[], syntax: SyntaxReader): Promise<OldFile[]> {
  return oldTestFiles(
    files.filter(({ action }) => action !== "delete").map((file) => ({ ...file, action: file.action === "create" ? "delete" : "change", before: file.after, after: file.before })), // prettier-ignore
    syntax,
  );
}

function oldFile(side: TestSide, now: TestSide | null): OldFile {
  const all = ({ tests, functions }: TestSide) => [...tests, ...functions];
  const texts = new Set(now ? all(now).map(({ node }) => plain(node)) : []);
  const parts = all(side).map((one): Part => {
    const { name, node } = one;
    const names = new Set(namesIn(node));
    return { name, first: node.line, last: node.endLine, kept: texts.has(plain(node)), isTest: side.tests.includes(one), names }; // prettier-ignore
  });
  const around = now === null || between(side) !== between(now);
  const changed = around ? [side.root] : all(side).flatMap(({ node }) => (texts.has(plain(node)) ? [] : [node]));
  return { path: side.path, parts, around, names: new Set(changed.flatMap(namesIn)) };
}

function namesIn(node: SyntaxNode): string[] {
  return [...within(node)].flatMap(({ type, text }) => (/identifier$/.test(type) ? [text] : []));
}

const IMPORTS = /^(import_statement|import_from_statement|import_declaration)$/;

/** What stands outside all tests and functions, but for what is imported. */
function between({ root, tests, functions }: TestSide): string {
  const imported = root.parts.filter(({ type }) => IMPORTS.test(type));
  const parts = [...[...tests, ...functions].map(({ node }) => node), ...imported].sort((a, b) => a.start - b.start);
  let [text, at] = ["", 0];
  for (const { start, end } of parts) {
    if (start > at) text += root.text.slice(at, start);
    at = Math.max(at, end);
  }
  return (text + root.text.slice(at)).replace(/\s+/g, " ").trim();
}

/** Whether a call comes from a test or function that is another one now. */
export function isFromOther(from: readonly Frame[], files: ReadonlyMap<string, OldFile>): boolean {
  return from.some((frame) => {
    const file = files.get(frame.path);
    return file !== undefined && partsAt(file, frame).some(({ kept }) => !kept);
  });
}

/** Whether a call comes from something that changed, or from what nobody can tell from it. */
export function isFromChanged(from: readonly Frame[], files: ReadonlyMap<string, OldFile>): boolean {
  return from.some((frame) => {
    const file = files.get(frame.path);
    if (!file) return false;
    return file.around || partsAt(file, frame).some(({ kept }) => !kept) || partsAt(file, frame).length === 0;
  });
}

/** Whether a call comes from this test or function; what comes from no test that is known may come from any. */
export function isFromPart(from: readonly Frame[], file: OldFile, name: string): boolean {
  const parts = from.filter(({ path }) => path === file.path).map((frame) => partsAt(file, frame));
  if (parts.length === 0) return false;
  return parts.flat().some((part) => part.name === name) || !parts.flat().some(({ isTest }) => isTest);
}

/** Names that stand in this test or function. @returns null where the file has none of this name */
export function namesOfPart({ parts }: OldFile, name: string): ReadonlySet<string> | null {
  const own = parts.filter((part) => part.name === name);
  return own.length === 0 ? null : new Set(own.flatMap(({ names }) => [...names]));
}

function partsAt({ parts }: OldFile, { line }: Frame): Part[] {
  return parts.filter(({ first, last }) => first <= line && line <= last);
}
