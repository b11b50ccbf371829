import { readFileSync } from "node:fs";
import type { ProofItemId } from "../../src/core/ticket/proof-items.ts";

/**
 * A small repository and changes of it whose truth is known. `=== base` holds the files before; each other section is one
 * change: `=== accept | why it is honest`, or `=== block mutation, fail-to-pass | what the cheat is`. Lines like
 * `plan: a.js, b.js` follow, then the files: `--- path` (whole), `--- path (edit)` (hunks of ` `, `-` and `+` lines, `@@`
 * between them), `--- path (gone)`. `on:` names the change over which this one is laid, `judged: by runs` an honest rewrite that reading alone
 * would refuse.
 */
export type GateCase = {
  readonly repository: string;
  readonly title: string;
  readonly expect: "accept" | "block";
  /** Any of these has to refute a cheat; empty for an honest change. */
  readonly items: readonly ProofItemId[];
  readonly base: Files;
  readonly head: Files;
  /** As a person writes it for `coop proof --plan`; null for a change without a plan. */
  readonly plan: Readonly<Record<string, unknown>> | null;
  /** `by runs`: an honest rewrite of old tests that reading holds something against, which runs then drop. */
  readonly judged: string | null;
  /** A program that the sandbox has to have. */
  readonly needs: string | null;
};

export type Files = Readonly<Record<string, string>>;

type Section = { head: string; options: Map<string, string>; files: FileText[] };
type FileText = { path: string; how: "whole" | "edit" | "gone"; lines: string[] };

const OPTION = /^(on|type|plan|tests|dod|testChanges|needs|judged): (.+)$/;
const FILE = /^--- (.+?)(?: \((edit|gone)\))?$/;

export function readCases(path: string): GateCase[] {
  const [first, ...sections] = sectionsOf(readFileSync(path, "utf8"));
  if (first?.head !== "base") throw new Error(`${path} does not begin with its base`);
  const base = laidOver({}, first.files);
  const repository = path.replace(/^.*\/|\.txt$/g, "");
  const known = new Map<string, GateCase>();
  for (const section of sections) {
    const one = caseOf(section, base, known, { repository, needs: first.options.get("needs") ?? null });
    if (known.has(one.title)) throw new Error(`${path} has two changes "${one.title}"`);
    known.set(one.title, one);
  }
  return [...known.values()];
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  for (const line of text.split("\n")) {
    const section = sections.at(-1);
    const file = section?.files.at(-1);
    const [, head] = /^=== (.+)$/.exec(line) ?? [];
    const [, path, how] = FILE.exec(line) ?? [];
    const [, name, value] = file ? [] : (OPTION.exec(line) ?? []);
    if (head !== undefined) sections.push({ head, options: new Map(), files: [] });
    else if (path !== undefined) section?.files.push({ path, how: (how as "edit" | undefined) ?? "whole", lines: [] });
    else if (name !== undefined && value !== undefined) section?.options.set(name, value);
    else if (file) file.lines.push(line);
    else if (line !== "") throw new Error(`A line belongs to nothing: ${line}`);
  }
  return sections;
}

function caseOf(
  { head, options, files }: Section,
  base: Files,
  known: ReadonlyMap<string, GateCase>,
  own: Pick<GateCase, "repository" | "needs">,
): GateCase {
  const [, expect, items = "", title = ""] = /^(accept|block) ?([a-z, -]*) ?\| (.+)$/.exec(head) ?? [];
  if (expect !== "accept" && expect !== "block") throw new Error(`No verdict: ${head}`);
  const on = options.get("on");
  const under = on === undefined ? null : known.get(on);
  if (under === undefined) throw new Error(`No earlier change is called "${on}"`);
  const plan = planOf(options) ?? (options.get("plan") === "none" ? null : (under?.plan ?? null));
  return {
    ...own,
    ...{ title, expect, base, plan, judged: options.get("judged") ?? null },
    items: items.split(/[ ,]+/).filter((one) => one !== "") as ProofItemId[],
    head: laidOver(under?.head ?? base, files),
  };
}

function planOf(options: ReadonlyMap<string, string>): GateCase["plan"] {
  const list = (name: string) => options.get(name)?.split(/, (?=\S)/) ?? [];
  if (!options.has("plan") || options.get("plan") === "none") return null;
  const testChanges: unknown = JSON.parse(options.get("testChanges") ?? "[]");
  return {
    type: options.get("type") ?? "feature",
    ...{ goal: "As the title says.", files: list("plan"), tests: list("tests"), dod: list("dod"), testChanges },
  };
}

function laidOver(before: Files, changes: readonly FileText[]): Files {
  const files = new Map(Object.entries(before));
  for (const { path, how, lines } of changes) {
    if (how !== "whole" && !files.has(path)) throw new Error(`There is no ${path} to change`);
    if (how === "gone") files.delete(path);
    else if (how === "whole") files.set(path, `${lines.join("\n").trim()}\n`);
    else files.set(path, edited(files.get(path) ?? "", lines, path));
  }
  return Object.fromEntries(files);
}

function edited(text: string, lines: readonly string[], path: string): string {
  const hunks: string[][] = [[]];
  for (const line of lines)
    if (line === "@@") hunks.push([]);
    else if (line !== "") hunks.at(-1)?.push(line);
  return hunks.reduce((now, hunk) => {
    const side = (sign: string) =>
      hunk
        .filter((line) => line.startsWith(" ") || line.startsWith(sign))
        .map((line) => `${line.slice(1)}\n`)
        .join("");
    if (!now.includes(side("-"))) throw new Error(`${path} lacks:\n${side("-")}`);
    return now.replace(side("-"), () => side("+"));
  }, text);
}
