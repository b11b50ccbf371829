/** A box with a label shows the label and not its name, so a name that says more than its label gets a number. */

/** Too short for a word of an order. */
const NAME_CHARS_MAX = 3;

/** What opens a label behind a name. Elsewhere brackets belong to what is drawn: members, arguments, blocks. */
const BRACKETS: Readonly<Record<string, string>> = {
  graph: "[({>",
  flowchart: "[({>",
  classDiagram: "[",
  erDiagram: "[",
};

type Labelled = { readonly name: string; readonly label: string };

/**
 * The names in a diagram's source that its picture does not show, replaced; null where a name has signs in it that cannot be told
 * from what stands around it: such a name could be a whole sentence.
 *
 * @param kind the word with which the diagram begins
 */
export function withPlainNames(source: string, kind: string): string | null {
  const brackets = Object.hasOwn(BRACKETS, kind) ? (BRACKETS[kind] ?? "") : "";
  const names = new Map<string, string>();
  const labels = new Map<string, string>();
  for (const line of source.split("\n")) {
    for (const { name, label } of [...aliasesIn(line, kind), ...boxesIn(withoutArrows(line), brackets)]) {
      if (!/^[\p{L}\p{N}_-]*$/u.test(name)) return null;
      if (isRelabelled(labels, name, label, kind)) return null;
      if (saysMore(name, label) && !KEYWORDS.has(name) && !names.has(name)) names.set(name, `n${names.size + 1}`);
    }
  }
  return source.replace(/[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*/gu, (word) => names.get(word) ?? word);
}

/** Only the last label of a box is drawn; of a state, all. */
function isRelabelled(labels: Map<string, string>, name: string, label: string, kind: string): boolean {
  const said = label.replace(/[[\](){}"'`/\\>\s]/g, "");
  if (name === "" || said === "" || kind.startsWith("state")) return false;
  const before = labels.get(name);
  labels.set(name, said);
  return before !== undefined && before !== said;
}

function saysMore(name: string, label: string): boolean {
  const said = label.toLowerCase();
  const words = name.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).filter(Boolean);
  return name.length > NAME_CHARS_MAX && !words.every((word) => said.includes(word.toLowerCase()));
}

/** Words of the language itself. */
const KEYWORDS: ReadonlySet<string> = new Set("graph flowchart subgraph end direction state note class namespace participant actor loop alt else opt par and rect box over left right of as".split(" ")); // prettier-ignore

/** `participant NAME as label`, `"label" as NAME`, and in diagrams of states `NAME : label`. */
const ALIASES: readonly RegExp[] = [
  /^\s{0,80}(?:create\s{1,9})?(?:participant|actor)\s{1,9}(?<name>\S{1,200})\s{1,9}as\s(?<label>[^\n]{0,200})/u,
  /"(?<label>[^"\n]{0,200})"\s{1,9}as\s{1,9}(?<name>[^\s:{]{1,200})/u,
];
const STATE = /^\s{0,80}(?<name>[^\s:"]{1,200})\s{0,9}:(?<label>[^\n]{1,200})$/u;

function aliasesIn(line: string, kind: string): Labelled[] {
  return [...ALIASES, ...(kind.startsWith("state") ? [STATE] : [])].flatMap((pattern) => {
    const { name = "", label = "" } = pattern.exec(line)?.groups ?? {};
    return name === "" ? [] : [{ name, label }];
  });
}

/** Arrows may have dots and crosses in them, next to a name; words on an arrow are drawn. */
function withoutArrows(line: string): string {
  return line
    .replace(/\|[^|\n]{0,500}\|/g, " ")
    .replace(/(?:--|==|-\.)\s[^\n]{1,200}?\s(?:-->|---|==>|===|\.->|\.-)/g, " ")
    .replace(/[<ox]?(?:-\.{1,9}-|[-=~]{2,20})[>ox]?/g, " ");
}

/** `NAME[label]`, `NAME((label))`, `NAME>label]`: what stands at once before a bracket, back to a sign that ends a name for sure. */
function boxesIn(line: string, brackets: string): Labelled[] {
  const found: Labelled[] = [];
  let [depth, name, label] = [0, "", ""];
  for (const char of brackets === "" ? "" : line) {
    const opens = brackets.includes(char) && (char !== ">" || (depth === 0 && name !== "" && line.includes("]")));
    if (depth > 0) label += char;
    if (opens) depth += 1;
    else if (depth > 0 && "])}".includes(char) && (depth -= 1) === 0) {
      found.push({ name: name.trim(), label });
      [name, label] = ["", ""];
    } else if (depth === 0)
      name = /[\s&;,:|"~<>]/.test(char) ? ended(name, char) : /\s$/.test(name) ? char : name + char;
  }
  return depth > 0 ? [...found, { name: name.trim(), label }] : found;
}

/** Blanks may stand between a name and its bracket. */
function ended(name: string, sign: string): string {
  return sign.trim() === "" ? `${name.trimEnd()} ` : "";
}
