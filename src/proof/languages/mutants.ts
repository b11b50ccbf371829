import { createHash } from "node:crypto";
import type { FileDiff } from "../../trees/diff.ts";
import { isCode, isTestFile } from "./test-files.ts";

/** One small change of one added line. */
export type Mutant = {
  readonly path: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** The whole line after the change. */
  readonly text: string;
};

type Operator = { readonly pattern: RegExp; readonly to: (found: string) => string };

const swap = (pattern: RegExp, to: string): Operator => ({ pattern, to: () => to });

/** Spaces around `<`, `+` … keep generics, arrows and signs out. */
const OPERATORS: readonly Operator[] = [
  swap(/===/, "!=="),
  swap(/!==/, "==="),
  swap(/(?<![=!<>])==(?!=)/, "!="),
  swap(/!=(?!=)/, "=="),
  swap(/(?<= )<=(?= )/, "<"),
  swap(/(?<= )>=(?= )/, ">"),
  swap(/(?<= )<(?= )/, "<="),
  swap(/(?<= )>(?= )/, ">="),
  swap(/&&/, "||"),
  swap(/\|\|(?!=)/, "&&"),
  swap(/(?<=\w\)? )and(?= )/, "or"),
  swap(/(?<=\w\)? )or(?= )/, "and"),
  swap(/(?<=[\w)\]"'`] )\+(?= )/, "-"),
  swap(/(?<=[\w)\]] )-(?= )/, "+"),
  swap(/(?<=[\w)\]] )\*(?= )/, "/"),
  swap(/(?<=[\w)\]] )\/(?= )/, "*"),
  swap(/(?<=[\w)\]] )%(?= )/, "*"),
  swap(/\btrue\b/, "false"),
  swap(/\bfalse\b/, "true"),
  swap(/\bTrue\b/, "False"),
  swap(/\bFalse\b/, "True"),
  { pattern: /(?<![\w.$])\d+(?![\w.])/, to: (found) => String(Number(found) + 1) },
];

/** Lines in which a change says nothing about behaviour, or breaks the file instead of its behaviour. */
const NOT_BEHAVIOUR =
  /^\s*(\/\/|#|\*|\/\*|--|import\b|from\b|export (\*|\{|type|interface)|package\b|use\b|using\b|require\b|type\b|interface\b|@|["'`]use )/;

export function mutantsOf(file: FileDiff): Mutant[] {
  if (!isCode(file.path) || isTestFile(file.path)) return [];
  return file.addedLines.flatMap(({ line, text }) => {
    if (NOT_BEHAVIOUR.test(text) || /\brequire\(/.test(text)) return [];
    const found = [...OPERATORS.flatMap((one) => apply(text, one)), ...withoutResult(file.path, text)];
    return found.map((one) => ({ path: file.path, line, ...one }));
  });
}

type Edit = Pick<Mutant, "from" | "to" | "text">;

function apply(text: string, operator: Operator): Edit[] {
  const match = operator.pattern.exec(masked(text));
  if (!match) return [];
  const to = operator.to(match[0]);
  return [{ from: match[0], to, text: text.slice(0, match.index) + to + text.slice(match.index + match[0].length) }];
}

/** `return <something>` gives nothing instead. Only where the statement ends on its line. */
function withoutResult(path: string, text: string): Edit[] {
  const nothing = /\.[cm]?[jt]sx?$/.test(path) ? "undefined" : path.endsWith(".py") ? "None" : null;
  const match = /\breturn +(?!undefined\b|None\b|null\b)([^;{}]+?)(;?)\s*\}?\s*$/.exec(text);
  if (!nothing || !match?.[1] || !isBalanced(match[1])) return [];
  const at = match.index;
  const rest = text.slice(at + "return ".length);
  return [
    {
      from: `return ${match[1]}`,
      to: `return ${nothing}`,
      text: `${text.slice(0, at)}return ${rest.replace(match[1], () => nothing)}`,
    },
  ];
}

function isBalanced(text: string): boolean {
  const depth = (open: string, close: string) => text.split(open).length - text.split(close).length;
  return depth("(", ")") === 0 && depth("[", "]") === 0 && !/[,+\-*/&|?:=.([]\s*$/.test(text);
}

/** The line with its strings, patterns and trailing comments blanked out, at unchanged positions. */
function masked(text: string): string {
  const blank = (found: string) => "\u00b7".repeat(found.length);
  return text
    .replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g, blank)
    .replace(/(?<=[(=,:] ?)\/(?![/*])(?:\\.|[^/\\])+\/[a-z]*/g, blank)
    .replace(/(^|\s)(\/\/|#).*$/, blank);
}

/**
 * At most `max` of them: the files take turns, and within a file each line comes once before any comes twice. The same
 * change always gives the same choice, in an order that nobody can steer by where a line stands.
 */
export function choose(mutants: readonly Mutant[], max: number): Mutant[] {
  const used = new Map<string, number>();
  const ranked = mutants
    .map((mutant) => ({ mutant, key: createHash("sha256").update(JSON.stringify(mutant)).digest("hex") }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ mutant }) => {
      const place = `${mutant.path}:${mutant.line}`;
      const turn = used.get(place) ?? 0;
      used.set(place, turn + 1);
      return { mutant, turn };
    })
    .sort((a, b) => a.turn - b.turn);
  const files = new Map<string, Mutant[]>();
  for (const { mutant } of ranked) files.set(mutant.path, [...(files.get(mutant.path) ?? []), mutant]);
  const chosen: Mutant[] = [];
  for (let round = 0; chosen.length < Math.min(max, mutants.length); round++)
    for (const list of files.values()) if (list[round] && chosen.length < max) chosen.push(list[round] as Mutant);
  return chosen;
}
