import { type SyntaxNode, within } from "../syntax/syntax.ts";

/**
 * A text with holes: the texts around them, one more than there are holes. `isNamed`: names fill them, and a word stands around; it
 * is looked at once, since each text that is lost is held against all of these.
 */
export type Template = { readonly texts: readonly string[]; readonly isNamed: boolean };

type Known = {
  readonly groups: ReadonlyMap<string, unknown>;
  readonly places: ReadonlyMap<string, unknown>;
  readonly templates: readonly Template[];
};

const HOLE = /^(interpolation|template_substitution)$/;
/** A name or a field of one: what a call answers may be anything. */
const SIMPLE = /^\$?\{\s*[A-Za-z_]\w*(\.[A-Za-z_]\w*)*\s*\}$/;
const TEMPLATES_MAX = 500;

export function templatesIn(root: SyntaxNode): Template[] {
  const found: Template[] = [];
  for (const node of within(root)) {
    if (!/^(string|template_string)$/.test(node.type) || found.length >= TEMPLATES_MAX) continue;
    const holes = node.children.filter(({ type }) => HOLE.test(type));
    const [first, last] = [/^f?["'`]+/i.exec(node.text)?.[0].length ?? 1, /["'`]+$/.exec(node.text)?.[0].length ?? 1];
    if (holes.length === 0) continue;
    const ends = [{ end: node.start + first }, ...holes];
    const starts = [...holes, { start: node.end - last }];
    const texts = ends.map(({ end }, at) => node.text.slice(end - node.start, (starts[at]?.start ?? end) - node.start));
    const isNamed = texts.some((text) => /\w{2}/.test(text)) && holes.every((one) => SIMPLE.test(one.text));
    found.push({ texts: texts.map((text) => text.replaceAll("\\n", "\n")), isNamed });
  }
  return found;
}

/**
 * Whether a text is one with holes now, each filled by a name, with what stands by itself in the same file: what came from
 * a call, or a text that nobody wrote down, could be anything.
 */
export function isFilledIn(literal: string, { groups, places, templates }: Known): boolean {
  return templates.some(({ texts, isNamed }) => {
    const fills = isNamed ? fillsOf(literal, texts) : null;
    return fills !== null && fills.every((one) => one !== "" && (groups.has(one) || places.has(one)));
  });
}

/** What stands in a text where another one has its holes; the first place of each next part counts. */
function fillsOf(literal: string, texts: readonly string[]): string[] | null {
  const [head = "", ...rest] = texts;
  if (!literal.startsWith(head)) return null;
  let at = head.length;
  const fills: string[] = [];
  for (const [index, text] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const next = isLast ? literal.length - text.length : literal.indexOf(text, at);
    if (next < at || !literal.startsWith(text, next)) return null;
    fills.push(literal.slice(at, next));
    at = next + text.length;
  }
  return at === literal.length ? fills : null;
}

const LEVEL = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL)$/;
const LOGGED = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w.]+):(.+)$/s;

/** `WARNING:shop:is full` is what `assertLogs` tells: its level, its logger and its words may stand by themselves. */
export function loggedIn(
  literals: ReadonlySet<string>,
  text: string,
  groups: ReadonlyMap<string, unknown>,
): ReadonlySet<string> {
  const found = new Set<string>();
  if (!/\bcaplog\.(messages|text|records|record_tuples)\b/.test(text)) return found;
  for (const one of literals) {
    if (LEVEL.test(one) && text.includes(`logging.${one}`)) found.add(one);
    const [, level = "", name = "", words = ""] = LOGGED.exec(one) ?? [];
    if (words === "" || !groups.has(words) || !new RegExp(`\\b${level}\\b`).test(text)) continue;
    found.add(one);
    found.add(name);
  }
  return found;
}
