import type { Code } from "mdast";
import { isPaleOn } from "./hidden-styles.ts";

/**
 * A diagram's source says more than its picture: comments, settings, addresses, styles that show a box in the colour of the paper,
 * and names of boxes that have a label. What is not drawn goes; a source in which something else can hide is not shown at all.
 */
export function diagram(node: Code): { readonly what: string; readonly shown: string } | null {
  const lines = withoutBlocks(withoutFrontMatter(node.value.split("\n")));
  const first = lines.find((line) => line.trim() !== "" && !UNDRAWN.test(line)) ?? "";
  const undrawn = CLASSES.test(first) ? UNDRAWN : UNDRAWN_ELSEWHERE;
  const kept = lines.map((line) => drawnOf(line, undrawn)).filter((line) => line !== null);
  const isKnown = KNOWN_KIND.test(kept.find((line) => line.trim() !== "") ?? "");
  const isQuiet = isKnown && !HIDES.test(node.value) && !isPale(node.value);
  const shown = isQuiet ? withPlainNames(kept.join("\n")) : "";
  if (isQuiet && shown === node.value) return null;
  // Inside of a list or a quotation its lines would have to be indented.
  const isTop = node.position?.start.column === 1 && !/^[ \t]*(?:`{3}|~{3})/m.test(shown);
  const fenced = isTop && isQuiet ? `\`\`\`mermaid\n${shown}\n\`\`\`` : "(diagram)";
  return { what: "Undrawn parts of a diagram", shown: fenced };
}

/** Of these it is known what each statement draws. Others have settings, dates, icons and names that stand nowhere on the picture. */
const KNOWN_KIND =
  /^\s{0,80}(?:graph|flowchart|sequenceDiagram|classDiagram|stateDiagram(?:-v2)?|erDiagram|pie)(?![\w-])/;

/** Markup in labels, data of a box beside its label, and styles that make a thing small, pale or none. */
const HIDES = /<(?!br\s{0,3}\/?>)[a-z/!]|@\{|themeCSS|fontSize|TextColor|textColor|(?:display|visibility|opacity|font-size|transform)\s{0,9}:|color\s{0,9}:\s{0,9}(?:transparent|rgba|hsla)/i; // prettier-ignore

/** Letters in the colour of their box, or nearly. */
function isPale(source: string): boolean {
  return source.split("\n").some((line) => {
    const colour = /(?<![\w-])color\s{0,9}:\s{0,9}([#\w]{1,20})/i.exec(line)?.[1];
    const fill = /(?<![\w-])fill\s{0,9}:\s{0,9}([#\w]{1,20})/i.exec(line)?.[1];
    return colour !== undefined && isPaleOn(colour, fill ?? null);
  });
}

/** Statements that say something to the program that draws, and nothing to a reader. */
const UNDRAWN = /^\s{0,80}(?:%%|acc(?:Title|Descr)\b|click\b|callback\b|links?\b|properties\b|details\b|href\b|classDef\b|cssClass\b|style\b|linkStyle\b|config\b)/; // prettier-ignore

/** `class Duck {` draws in a class diagram. In any other it names the style of a box, and whatever else stands on its line. */
const CLASSES = /^\s{0,80}classDiagram(?![\w-])/;
const UNDRAWN_ELSEWHERE = new RegExp(`${UNDRAWN.source}|^\\s{0,80}class\\s`);

/** @returns null for a line of which nothing is drawn */
function drawnOf(line: string, undrawn: RegExp): string | null {
  if (undrawn.test(line)) return null;
  const [drawn = ""] = line.split("%%", 1);
  const statements = drawn.split(";");
  const kept = statements.filter((one) => !undrawn.test(one));
  const shown = kept.length === statements.length ? drawn : kept.join(";");
  return UNSHOWN.reduce((line, [pattern, by]) => line.replace(pattern, by), shown);
}

/** Parts of a statement: a class, an arrow's own name, the words on an arrow that is not drawn, what stands behind a frame's colour. */
const UNSHOWN: readonly (readonly [RegExp, string])[] = [
  [/:::[\w-]{1,200}/g, ""],
  [/(?<![\w-])[\w-]{1,200}@(?=[-=.<ox~]{2})/g, ""],
  [/~~~\|[^|\n]{0,500}\|/g, "~~~"],
  [/^(\s{0,80}rect)\s.*/, "$1"],
];

/** `accDescr { … }` over several lines. */
function withoutBlocks(lines: readonly string[]): string[] {
  let isInside = false;
  return lines.filter((line) => {
    if (/^\s{0,80}acc(?:Title|Descr)\s{0,20}\{/.test(line)) isInside = true;
    const wasInside = isInside;
    if (line.includes("}")) isInside = false;
    return !wasInside;
  });
}

function withoutFrontMatter(lines: readonly string[]): readonly string[] {
  if (lines[0]?.trim() !== "---") return lines;
  const end = lines.indexOf("---", 1);
  return end < 0 ? [] : lines.slice(end + 1);
}

/** As long as a name may be that nobody sees: too short for a sentence. */
const NAME_CHARS_MAX = 12;
const LABELLED = /(?<![\p{L}\p{N}_-])(?:(?:participant|actor)\s{1,9}(\S{1,200})\s{1,9}as\s([^\n]{0,200})|"([^"\n]{0,200})"\s{1,9}as\s{1,9}(\S{1,200})|([\p{L}\p{N}_-]{1,200})\s{0,9}[[({>]([^\n]{0,200}))/gu; // prettier-ignore

/** A box with a label shows the label and not its name; a name that says more than the label gets a number. */
function withPlainNames(source: string): string {
  const names = new Map<string, string>();
  for (const line of source.split("\n")) {
    for (const [, person, alias, state, as, box, label] of line.matchAll(LABELLED)) {
      const name = box ?? person ?? as ?? "";
      const said = (label ?? alias ?? state ?? "").toLowerCase();
      const words = name.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).filter(Boolean);
      const isSaid = words.every((word) => said.includes(word.toLowerCase()));
      if (name.length > NAME_CHARS_MAX && !isSaid && !names.has(name)) names.set(name, `n${names.size + 1}`);
    }
  }
  return source.replace(/[\p{L}\p{N}_-]{1,200}/gu, (word) => names.get(word) ?? word);
}
