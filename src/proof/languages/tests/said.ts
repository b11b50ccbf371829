import { assertionsIn, isLiteral, isQuestion, literalsOf, meantBy } from "./assertions.ts";
import type { Language } from "../syntax/grammar.ts";
import { foldedIn } from "./folded.ts";
import { namesIn } from "./named-values.ts";
import { saidWithDefaults } from "./given-defaults.ts";
import { isFilledIn, loggedIn, type Template, templatesIn } from "./said-in-parts.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { testsIn } from "./test-cases.ts";

/**
 * What test code says with its texts and numbers: which of them stand together in one row of a table, one assertion, one
 * statement. A row or an assertion is kept when all its texts and numbers still stand together somewhere, however it is
 * written now.
 */
export type Said = {
  readonly path: string;
  /** Each text and number, with the groups in which it stands together with others. */
  readonly groups: ReadonlyMap<string, readonly ReadonlySet<string>[]>;
  /** Whether the file has no tests of its own: what it holds, tests are given. */
  readonly helps: boolean;
  /** Where in the file each stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Texts with holes. */
  readonly templates: readonly Template[];
  /** The whole file. */
  readonly text: string;
};

/** Neither empty nor a number that any code has. */
export function isTelling(literal: string): boolean {
  return !/^[01]?$/.test(literal);
}

/** @param dead functions that never run: what they say nobody says */
export function saidIn(
  path: string,
  root: SyntaxNode,
  language: Language,
  helpers: ReadonlySet<string>,
  dead: readonly SyntaxNode[] = [],
): Said {
  const isDead = (node: SyntaxNode) => dead.some(({ start, end }) => start <= node.start && node.end <= end);
  const helps = testsIn(root, language).length === 0;
  const nodes = [
    ...rowsIn(root, 1).map(({ row }) => row),
    ...assertionsIn(root, language, helpers).map(({ node }) => around(node, language)),
    ...[...within(root)].filter(isSimpleStatement),
  ];
  const groups = new Map<string, ReadonlySet<string>[]>([...withNames(root)].map((one) => [one, []]));
  const together = [...rowsOfTexts(root), ...saidWithDefaults(root, language)];
  for (const group of [...nodes.filter((one) => !isDead(one)).map(withNames), ...together]) addGroup(groups, group);
  const places = new Map<string, number[]>();
  const stands = (text: string, start: number) => {
    const known = places.get(text);
    if (known) known.push(start);
    else places.set(text, [start]);
  };
  for (const node of within(root)) if (isLiteral(node)) stands(meantBy(node), node.start);
  for (const { text, node } of foldedIn(root)) stands(text, node.start);
  for (const { text, start } of namesIn(root)) stands(text, start);
  return { path, helps, groups, places, templates: templatesIn(root), text: root.text };
}

function addGroup(groups: Map<string, ReadonlySet<string>[]>, group: ReadonlySet<string>): void {
  for (const one of group) {
    const known = groups.get(one);
    if (known) known.push(group);
    else groups.set(one, [group]);
  }
}

/** With what stands together besides. */
export function saidBesides(said: Said, more: readonly ReadonlySet<string>[]): Said {
  const groups = new Map([...said.groups].map(([text, known]) => [text, [...known]]));
  for (const group of more) addGroup(groups, group);
  return { ...said, groups };
}

/** The lines of a table in a text, as `test.each` has them: ``${12} | ${144}``. */
function rowsOfTexts(root: SyntaxNode): Set<string>[] {
  const tables = [...within(root)].filter(
    (one) => one.type === "template_string" && /\beach$/.test(one.parent?.child("function")?.text ?? ""),
  );
  return tables.flatMap((table) => {
    const lines = new Map<number, Set<string>>();
    for (const one of table.parts.filter(({ type }) => type === "template_substitution"))
      lines.set(one.line, new Set([...(lines.get(one.line) ?? []), ...allLiterals(one)]));
    return [...lines.values()];
  });
}

/** A number may be said by the name that a standard library gives it. */
function withNames(node: SyntaxNode): Set<string> {
  return new Set([...allLiterals(node), ...namesIn(node).map(({ text }) => text)]);
}

/** In Go the comparison stands in the `if` around the failing call; the call itself has the message. */
export function around(node: SyntaxNode, language: Language): SyntaxNode {
  if (language !== "go") return node;
  for (let at = node.parent; at !== null; at = at.parent)
    if (at.type === "if_statement") return at.child("condition") ?? node;
    else if (isQuestion(at)) return at.child("value") ?? node;
  return node;
}

export type Row = { readonly row: SyntaxNode; readonly table: SyntaxNode };

const LIST = /^(array|list|tuple|set|dictionary|object|literal_value)$/;
const ROW =
  /^(array|list|tuple|object|dictionary|pair|literal_value|literal_element|keyed_element|call_expression|call)$/;

/** Parts of lists that are compound themselves: `["a", 1]`, `{in: 1, want: 2}`, `"a": 1`. */
export function rowsIn(root: SyntaxNode, rowsMin = 2): Row[] {
  const found: Row[] = [];
  for (const table of within(root)) {
    if (!LIST.test(table.type) || table.parts.length < rowsMin || !table.parts.every((one) => ROW.test(one.type)))
      continue;
    for (const row of table.parts) found.push({ row, table });
  }
  return found;
}

/** Every text and number, the common ones too: in one row they tell it from others. */
export function allLiterals(node: SyntaxNode): Set<string> {
  const found = literalsOf(node, "all");
  for (const { text } of foldedIn(node)) found.add(text);
  for (const one of found) if (one === "") found.delete(one);
  return found;
}

const SIMPLE =
  /^(expression_statement|lexical_declaration|variable_declaration|assert_statement|short_var_declaration|var_declaration|return_statement)$/;

/** A statement without statements inside. */
function isSimpleStatement(node: SyntaxNode): boolean {
  if (!SIMPLE.test(node.type)) return false;
  for (const one of within(node)) if (/^(statement_block|block)$/.test(one.type)) return false;
  return true;
}

/**
 * Whether texts and numbers of one assertion still stand together, or each still stands in the file where it may.
 * @param elsewhere whether a place belongs to another old test, whose texts are its own
 */
export function isStillSaid(
  literals: ReadonlySet<string>,
  now: Said | null,
  elsewhere: (place: number) => boolean,
  all: readonly Said[],
): boolean {
  const logged = now === null ? new Set<string>() : loggedIn(literals, now.text, now.groups);
  const telling = [...literals]
    .filter(isTelling)
    .filter((one) => !isWithin(one, now) && !isAround(one, now) && !logged.has(one) && !(now && isFilledIn(one, now)));
  if (telling.length === 0) return true;
  if (now && telling.every((one) => now.places.get(one)?.some((place) => !elsewhere(place)))) return true;
  const data = all.filter(({ path, helps }) => helps || path.endsWith(".json"));
  const isThere = (one: string) => data.some(({ groups }) => groups.has(one)) || (now?.groups.has(one) ?? false);
  if (telling.some((one) => data.some(({ groups }) => groups.has(one))) && telling.every(isThere)) return true;
  return telling.length > 1 && isRowStillSaid(new Set(telling), all);
}

/** `/line 3/` is in `"error in line 3"`, which asks for more. */
function isWithin(literal: string, now: Said | null): boolean {
  const [, text] = /^\/\^?(?:\w*Error: )?([\w ,:'-]{4,}?)\$?\/[a-z]*$/.exec(literal) ?? [];
  return text !== undefined && now !== null && (textsTogether(now).plain.includes(text) || isFilledIn(text, now));
}

/** `"too low"` is in `/^too low$/` and in `/too low/`; whether it was the whole text is another question. */
function isAround(literal: string, now: Said | null): boolean {
  if (literal.length < 3 || now === null) return false;
  // Names of headers have no case.
  if (/^[A-Z]\w*(-[A-Z]\w*)+$/.test(literal) && now.groups.has(literal.toLowerCase())) return true;
  // `${url}/items` ends in the same path.
  const isPath = ({ texts: [first, last, more] }: Template) => first === "" && last === literal && more === undefined;
  if (literal.startsWith("/") && now.templates.some(isPath)) return true;
  const pattern = /^\/(.{4,})\/$/s.exec(literal)?.[1];
  if (pattern !== undefined && /^[\w ,:'-]+$/.test(pattern) && textsTogether(now).sources.includes(pattern))
    return true;
  const isSource =
    pattern !== undefined && [pattern, pattern.replaceAll("\\/", "/")].some((one) => now.groups.has(one));
  return textsTogether(now).sources.includes(literal) || isSource || isValue(literal, now);
}

type Together = { readonly plain: string; readonly sources: string };
const together = new WeakMap<Said["groups"], Together>();

/** All that a file says in one text, and all its patterns in another: gone through once for each literal instead of once for each pair. */
function textsTogether({ groups }: Said): Together {
  const known = together.get(groups);
  if (known) return known;
  // Nothing in it may be left out.
  const isWhole = (one: string) => /^\/(?:[^/\\]|\\.)+\/[dgimsuvy]*$|^\^.+\$$/s.test(one) && !/(?<!\\)[|?*{]/.test(one);
  const all = [...groups.keys()];
  const found = {
    plain: all.filter((one) => !one.startsWith("/")).join("\0"),
    sources: all
      .filter(isWhole)
      .map((one) => one.replace(/\\(?=\W)/g, ""))
      .join("\0"),
  };
  together.set(groups, found);
  return found;
}

/** `'{"a":12}'` became a value of which all is there. */
function isValue(literal: string, now: Said): boolean {
  if (!/^[[{].*[\]}]$/s.test(literal)) return false;
  try {
    const all: string[] = [];
    JSON.parse(literal, (key: string, value: unknown) => {
      // Nothing says a truth by its text.
      if (typeof value === "boolean" || value === null) throw new SyntaxError();
      if (!/^\d*$/.test(key)) all.push(key);
      if (typeof value === "string" || typeof value === "number") all.push(String(value));
      return value;
    });
    const telling = all.filter(isTelling);
    return telling.length > 0 && telling.every((one) => now.groups.has(one));
  } catch {
    return false;
  }
}

export function isRowStillSaid(literals: ReadonlySet<string>, all: readonly Said[]): boolean {
  const wanted = [...literals];
  return all.some(({ groups }) => {
    const each = wanted.map((one) => groups.get(one));
    const fewest = each.reduce((a, b) => (a && b && a.length <= b.length ? a : b), each[0]);
    if (each.some((one) => one === undefined)) return false;
    return fewest?.some((group) => wanted.every((one) => group.has(one))) ?? false;
  });
}
