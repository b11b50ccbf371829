import { functionsOf, type NamedFunction } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { ownerOf } from "../tests/may-fail.ts";
import type { Parsed } from "../syntax/parser.ts";
import { above, plain, type SyntaxNode, within } from "../syntax/syntax.ts";

/** Longer functions are not compared word by word. */
const WORDS_MAX = 1500;

/** By the line of a function that was there before: what its code has other words for now, each as `before → after`. */
export type Rewritten = ReadonlyMap<number, readonly string[]>;

/**
 * What became of old functions, word by word: nothing where only types, comments or the layout changed; `["at"] → .at`
 * where a list of fields became an object. A function in which anything else changed is not among them: an operator, a
 * number or a truth decides what it does.
 */
export function rewrittenIn(before: Parsed, after: Parsed): Rewritten {
  if (before.outcome === "cannot" || after.outcome === "cannot" || before.language !== after.language) return new Map();
  const old = named(before.root, before.language);
  const found = [...named(after.root, after.language)].flatMap(([name, one]): [number, string[]][] => {
    const was = old.get(name);
    if (!was || !one || wrappersOf(was) !== wrappersOf(one)) return [];
    const replaced = replacements(wordsOf(was, before.language), wordsOf(one, after.language));
    return replaced ? [[one.node.line, replaced]] : [];
  });
  return new Map(found);
}

/** Decorators take a function's place, all but those that only speak to a type checker. */
function wrappersOf({ node }: NamedFunction): string {
  const { parent } = node;
  const siblings = parent?.children ?? [];
  const own = siblings.slice(0, siblings.indexOf(node)).reverse();
  const last = own.findIndex(({ type }) => !/^(decorator|comment)$/.test(type));
  const near = last < 0 ? own : own.slice(0, last);
  return near.filter(({ type, text }) => type === "decorator" && !ONLY_TYPES.test(text)).map(plain).join(" "); // prettier-ignore
}

const ONLY_TYPES = /^@(typing\.|typing_extensions\.)?(override|final|overload|no_type_check)$/;

/** Of two functions of one name nobody knows which is which: null. */
function named(root: SyntaxNode, language: Language): Map<string, NamedFunction | null> {
  const found = new Map<string, NamedFunction | null>();
  for (const one of functionsOf(root, language)) {
    const name = `${ownerOf(one.node)} ${one.name}`;
    found.set(name, found.has(name) ? null : one);
  }
  return found;
}

const TYPES: Readonly<Record<string, RegExp>> = {
  js: /^(type_annotation|type_arguments|type_parameters|accessibility_modifier|comment)$/,
  python: /^(type|type_parameter|comment)$/,
  go: /^comment$/,
  other: /^comment$/,
};

/** Its code without what decides nothing: types, comments, and signs that only the layout asks for. */
function wordsOf({ node }: NamedFunction, language: Language): string[] {
  const skipped = TYPES[familyOf(language)] as RegExp;
  const isSkipped = (one: SyntaxNode) => one !== node && skipped.test(one.type);
  const found: string[] = [];
  for (const one of within(node, (inner) => !isSkipped(inner) && !isText(inner))) {
    if (isSkipped(one) || isSaidOnly(one)) continue;
    if (familyOf(language) === "python" && one.parent?.type === "block" && !one.parts.some(isSaidOnly))
      found.push(depthOf(one));
    // `return⏎a` returns nothing: where a statement ends nobody need have written.
    if (familyOf(language) === "js" && /^(return_statement|yield_expression)$/.test(one.type) && one.parts.length === 0)
      found.push("return");
    if (isText(one)) found.push(one.text.replace(/^u?(["'])(.*)\1$/s, (_, __, text: string) => JSON.stringify(text)));
    else if (one.children.length === 0 && !isLayout(one, familyOf(language))) found.push(one.text);
  }
  return found;
}

/** Where no bracket ends a block, how deep a statement stands decides what it belongs to. */
function depthOf(statement: SyntaxNode): string {
  return ">".repeat([...above(statement)].filter(({ type }) => type === "block").length);
}

/** A text without anything in it that is code. */
function isText({ type, text, children }: SyntaxNode): boolean {
  return type === "string" && /^[rub]?["']/.test(text) && children.every((one) => !/interpolation/.test(one.type));
}

/** The text in which Python documents a function. */
function isSaidOnly({ type, parent }: SyntaxNode): boolean {
  return type === "string" && parent?.type === "expression_statement" && parent.parts.length === 1;
}

function isLayout({ text, parent, start }: SyntaxNode, family: string): boolean {
  if (text === ";") return parent?.type !== "for_statement";
  if (text === ",")
    return (
      parent?.type !== "tuple" &&
      parent?.children.at(-2)?.start === start &&
      /^[)\]}]$/.test(parent.children.at(-1)?.text ?? "")
    );
  if (family === "python") return text === "->" || (text === ":" && /^typed_/.test(parent?.type ?? ""));
  return text === "";
}

/** What decides what code does: no other word for the same thing. */
const DECIDES =
  /^([<>=!+*/%&|^~-]+|\d.*|true|false|True|False|null|None|nil|undefined|not|and|or|in|is|return|throw|raise|if|else|await)$/;

/** @returns null where something was replaced that decides, or nobody can tell */
function replacements(before: readonly string[], after: readonly string[]): string[] | null {
  if (before.length > WORDS_MAX || after.length > WORDS_MAX) return null;
  const found = new Set<string>();
  let [gone, come]: [string[], string[]] = [[], []];
  const end = () => {
    if (gone.length + come.length > 0) found.add(`${gone.join(" ")} → ${come.join(" ")}`);
    if ([...gone, ...come].some((one) => DECIDES.test(one))) decides = true;
    [gone, come] = [[], []];
  };
  let decides = false;
  for (const { side, word } of compared(before, after)) {
    if (side === "both") end();
    else (side === "before" ? gone : come).push(word);
  }
  end();
  return decides ? null : [...found];
}

type Compared = { readonly side: "before" | "after" | "both"; readonly word: string };

/** The longest common words, and what stands between them. */
function compared(before: readonly string[], after: readonly string[]): Compared[] {
  const width = after.length + 1;
  const common = new Uint16Array((before.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--)
    for (let column = after.length - 1; column >= 0; column--)
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const found: Compared[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, now] = [before[row], after[column]];
    if (old !== undefined && old === now) {
      found.push({ side: "both", word: old });
      [row, column] = [row + 1, column + 1];
    } else if (old !== undefined && (now === undefined || at(row + 1, column) >= at(row, column + 1))) {
      found.push({ side: "before", word: old });
      row++;
    } else {
      found.push({ side: "after", word: now as string });
      column++;
    }
  }
  return found;
}
