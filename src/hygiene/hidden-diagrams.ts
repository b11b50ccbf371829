import type { Code } from "mdast";
import { withPlainNames } from "./diagram-names.ts";
import { hidesByStyle } from "./diagram-styles.ts";

/**
 * A diagram's source says more than its picture: comments, settings, addresses, styles that show a box in the colour of the paper,
 * and names of boxes that have a label. What is not drawn goes; a source in which something else can hide is not shown at all.
 */
export function diagram(node: Code): { readonly what: string; readonly shown: string } | null {
  const source = node.value.split("\n");
  const lines = withoutBlocks(withoutFrontMatter(source));
  const first = lines.find((line) => line.trim() !== "" && !UNDRAWN.test(line)) ?? "";
  const undrawn = CLASSES.test(first) ? UNDRAWN : UNDRAWN_ELSEWHERE;
  const kind = /\w+/.exec(first)?.[0] ?? "";
  const kept = lines.map((line) => drawnOf(withoutRemark(line, kind), undrawn)).filter((line) => line !== null);
  const drawn = (kind === "pie" ? withoutSlivers(kept) : kept).join("\n");
  const isKnown = KNOWN_KIND.test(kept.find((line) => line.trim() !== "") ?? "");
  const isQuiet =
    isKnown && !HIDES.test(node.value) && !hidesByStyle(source) && !isLarge(drawn) && !isTitledTwice(kept);
  const shown = isQuiet ? withPlainNames(drawn, kind) : null;
  if (shown === node.value) return null;
  // Inside of a list or a quotation its lines would have to be indented.
  const isTop = node.position?.start.column === 1 && !/^[ \t]*(?:`{3}|~{3})/m.test(shown ?? "");
  const fenced = isTop && shown !== null ? `\`\`\`mermaid\n${shown}\n\`\`\`` : "(diagram)";
  return { what: "Undrawn parts of a diagram", shown: fenced };
}

/** Of these it is known what each statement draws. Others have settings, dates, icons and names that stand nowhere on the picture. */
const KNOWN_KIND =
  /^\s{0,80}(?:graph|flowchart|sequenceDiagram|classDiagram|stateDiagram(?:-v2)?|erDiagram|pie)(?![\w-])/;

/** Markup in labels, data of a box beside its label, a state drawn as a sign without its words, and styles that make a thing small, pale or none. */
const HIDES = /\$\$[^$\n]{0,2000}\\[^$\n]{0,2000}\$\$|<(?!br\s{0,3}\/?>)[a-z/!]|@\{|themeCSS|fontSize|TextColor|textColor|(?:display|visibility|opacity|font-size|transform)\s{0,9}:|color\s{0,9}:\s{0,9}(?:transparent|rgba|hsla)|\bstate\s{1,9}\S{1,200}\s{0,9}\[\[/i; // prettier-ignore

/** A picture is made to fit the page: the larger it is, the smaller are its letters. */
function isLarge(drawn: string): boolean {
  const lines = drawn.split("\n");
  return (
    lines.length > LINES_MAX ||
    lines.some((line) => line.length > LINE_CHARS_MAX || (line.match(/<br/gi)?.length ?? 0) > BREAKS_MAX)
  );
}

/** Larger diagrams are drawn too small to be read. */
const LINES_MAX = 200;
const LINE_CHARS_MAX = 250;
const BREAKS_MAX = 20;

/** A part of less than a hundredth is not drawn, nor is its name. */
function withoutSlivers(lines: readonly string[]): readonly string[] {
  const sizeOf = (line: string) => Number(/["']\s{0,9}:\s{0,9}(-?[\d.]{1,20})\s{0,9}$/.exec(line)?.[1] ?? Number.NaN);
  const all = lines.map(sizeOf).reduce((sum, size) => sum + (size > 0 ? size : 0), 0);
  return lines.filter((line) => Number.isNaN(sizeOf(line)) || sizeOf(line) >= all / 100);
}

/** Statements that say something to the program that draws, and nothing to a reader. */
const UNDRAWN = /^\s{0,80}(?:%%|acc(?:Title|Descr)\b|click\b|callback\b|links?\b|properties\b|details\b|href\b|classDef\b|cssClass\b|style\b|linkStyle\b|config\b)/; // prettier-ignore

/** `class Duck {` draws in a class diagram. In any other it names the style of a box, and whatever else stands on its line. */
const CLASSES = /^\s{0,80}classDiagram(?![\w-])/;
const UNDRAWN_ELSEWHERE = new RegExp(`${UNDRAWN.source}|^\\s{0,80}class\\s`);

/** Only the last title is drawn. */
function isTitledTwice(lines: readonly string[]): boolean {
  return lines.filter((line) => /^\s{0,80}(?:pie\s{1,9}(?:showData\s{1,9})?)?title(?![\w-])/.test(line)).length > 1;
}

/** A sequence's line ends at `#`, unless it is a sign's number; so does one of states before its words. Beside a direction nothing is drawn. */
function withoutRemark(line: string, kind: string): string {
  if (kind === "sequenceDiagram") return line.replace(/#(?!\w{1,20};).*/, "");
  const direction = kind === "pie" ? undefined : DIRECTION.exec(line)?.[0];
  if (direction !== undefined && !/^\s{0,80}(?:graph|flowchart)\s/.test(line)) return direction;
  return kind === "stateDiagram" ? line.replace(/^([^:#"]{0,500})#.*/, "$1") : line;
}

const DIRECTION = /(?<!\w)direction\s{1,9}(?:TB|TD|BT|RL|LR)/;

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
  // Drawn as a small picture.
  [/(?<![\w-])fa[a-z]{0,2}:fa-[\w-]{1,200}/g, ""],
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
