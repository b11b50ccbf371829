import { FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";

/**
 * What every build leaves of a function: names of properties and of what is called, texts, numbers, and how often something is thrown,
 * calculated and compared. Types go, locals get other names, and statements another form.
 */
export type KeptWords = {
  /** Each name with the number of its places. */
  readonly names: ReadonlyMap<string, number>;
  /** Plain names of functions that are called: these a build may rename. */
  readonly called: ReadonlyMap<string, number>;
  /** Each text with the number of its places. */
  readonly texts: ReadonlyMap<string, number>;
  readonly numbers: ReadonlySet<number>;
  readonly signs: ReadonlyMap<string, number>;
  /** All names and the parts of longer ones that may stand for them, with the number of their places: counted once, asked for each name. */
  readonly everyName: ReadonlyMap<string, number>;
  readonly whole: string;
};

const TYPES =
  /^(type_annotation|type_arguments|type_parameters|predefined_type|type_predicate_annotation|type|comment)$/;
const CALLS = /^(call_expression|call|new_expression)$/;
const PROPERTY = /^(property_identifier|private_property_identifier|shorthand_property_identifier|shorthand_property_identifier_pattern)$/; // prettier-ignore
const TEXT = /^(string_fragment|string_content|regex_pattern)$/;
const COMPARES = /^([!=]==?|[<>]=?|instanceof|in)$/;
/** `x += y`, `x++`, `x = x + y`: each adds once. */
const ADDS = /^(\+=|-=|\*=|\/=|%=|\+\+|--|\+|-|\*|\/|%)$/;
const CALCULATES = /^(binary_expression|binary_operator|augmented_assignment_expression|augmented_assignment|update_expression)$/; // prettier-ignore

export function keptWords(node: SyntaxNode): KeptWords {
  const [names, called, signs] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const [texts, numbers, everyName] = [new Map<string, number>(), new Set<number>(), new Map<string, number>()];
  const isKept = (one: SyntaxNode) => !TYPES.test(one.type) && !isType(one) && !isFolded(one);
  for (const one of within(node, isKept)) {
    if (!isKept(one)) continue;
    if (/identifier/.test(one.type)) for (const part of partsOf(one.text)) more(everyName, part);
    if (isProperty(one) && !isOwnName(one, node) && !isConstant(one)) more(names, one.text);
    const callee = CALLS.test(one.type) ? (one.child("function") ?? one.child("constructor")) : null;
    if (callee?.type === "identifier") more(called, callee.text);
    if (TEXT.test(one.type)) more(texts, one.text);
    if (/^(number|integer|float)$/.test(one.type)) numbers.add(Number(one.text.replaceAll("_", "")));
    if (/^(throw|raise)_statement$/.test(one.type)) more(signs, "throw");
    if (!one.named && COMPARES.test(one.type)) more(signs, "compares");
    if (!one.named && ADDS.test(one.type) && CALCULATES.test(one.parent?.type ?? "")) more(signs, one.type[0] ?? "");
  }
  return { names, called, texts, numbers, signs, everyName, whole: node.text };
}

function more(counts: Map<string, number>, of: string): void {
  counts.set(of, (counts.get(of) ?? 0) + 1);
}

function isProperty(one: SyntaxNode): boolean {
  return PROPERTY.test(one.type) || (one.field === "attribute" && one.parent?.type === "attribute");
}

/** `x as Thing`: the second part is a type. */
function isType(one: SyntaxNode): boolean {
  const { parent } = one;
  return parent !== null && /^(as|satisfies)_expression$/.test(parent.type) && parent.parts[1] === one;
}

/** Longer ones are not only numbers, and chains of thousands would be walked for each of their parts. */
const FOLDED_CHARS_MAX = 80;

/** `60 * 1000` becomes `6e4`. */
function isFolded(one: SyntaxNode): boolean {
  if (!/^binary_(expression|operator)$/.test(one.type) || one.end - one.start > FOLDED_CHARS_MAX) return false;
  return [...within(one)].every(
    ({ named, type }) => !named || /^(binary|number|integer|float|string|paren)/.test(type),
  );
}

function isOwnName(one: SyntaxNode, node: SyntaxNode): boolean {
  return one.parent === node || (FUNCTION.test(one.parent?.type ?? "") && one.field === "name");
}

/** `Color.Red` of an enum, which becomes its number. */
function isConstant({ text, parent }: SyntaxNode): boolean {
  return /^\p{Lu}/u.test(text) && /^\p{Lu}\w*$/u.test(parent?.child("object")?.text ?? "");
}

/** Whether something of the source is left that says more than its name. */
export function saysSomething({ names, called, signs, texts }: KeptWords): boolean {
  return names.size + called.size + signs.size + texts.size > 0;
}

/** Whether a built function has everything that the source has. */
export function holdsAll(built: KeptWords, source: KeptWords): boolean {
  const places = (name: string) => (built.everyName.get(name) ?? 0) + (built.texts.get(name) ?? 0);
  const numbers = [...source.numbers].every((one) => built.numbers.has(one));
  const signs = [...source.signs].every(([sign, count]) => (built.signs.get(sign) ?? 0) >= count);
  if (!numbers || !signs) return false;
  const isKept = (text: string) => built.texts.has(text) || text.split(NOT_AS_IT_IS).every((one) => built.whole.includes(one)); // prettier-ignore
  const names = [...source.names].every(([name, count]) => {
    // A private name may get another one; where it has not, it is as often there.
    return name.startsWith("#") ? [0, count].includes(Math.min(count, places(name.slice(1)))) : places(name) >= count;
  });
  return names && callsAll(built, source) && [...source.texts.keys()].every(isKept);
}

/** Escapes and letters that a build may write otherwise. */
const NOT_AS_IT_IS = /\\.|[^\x21-\x7e]+/;

/** Where a build renames, as many functions are called; elsewhere those of the same names, from wherever they come. */
function callsAll(built: KeptWords, source: KeptWords): boolean {
  const missing = [...source.called].reduce((sum, [name, count]) => {
    return sum + Math.max(0, count - (built.everyName.get(name) ?? 0));
  }, 0);
  const renamed = [...built.called].reduce((sum, [name, count]) => sum + (isRenamed(name) ? count : 0), 0);
  return missing <= renamed;
}

/** What a minifier calls things. */
const RENAMED_CHARS_MAX = 2;

function isRenamed(name: string): boolean {
  return name.length <= RENAMED_CHARS_MAX;
}

/** Of one name. Nobody joins more. */
const CUTS_MAX = 12;

/** `_Till_count` and `count$1` may be `count`: the name, and each part of it between the signs that a build puts there. */
function partsOf(name: string): ReadonlySet<string> {
  const found = new Set([name]);
  if (!/[_$#]/.test(name)) return found;
  const places = [...name].flatMap((sign, at) => (/[_$#]/.test(sign) ? [at] : [])).slice(0, CUTS_MAX);
  const ends = [...places.filter((at) => name[at] !== "#"), name.length];
  for (const from of [0, ...places.map((at) => at + 1)])
    for (const to of ends) if (from < to) found.add(name.slice(from, to));
  return found;
}
