import { callOf, callsByName } from "./filled-by-code.ts";
import { assertionsIn } from "../tests/assertions.ts";
import { familyOf } from "../syntax/grammar.ts";
import { isProduct, sourcesOf } from "../tests/test-imports.ts";
import { type Sides, sidesOf } from "../tests/own-expectation.ts";
import { oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestText } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/** Functions whose answers a test compares with something else before, and now only with their own: `equal(assign(a, b), assign(a, c))`. */
export function onlyWithItself(was: TestSide, test: TestText, is: TestSide, same: TestText): boolean {
  const now = comparedIn(is, same);
  const own = now.pairs.flatMap(({ names: [one = null, other = null] }) =>
    one !== null && one === other ? [one] : [],
  );
  if (own.length === 0) return false;
  const old = comparedIn(was, test);
  const asked = new Set<string | null>(
    old.pairs.flatMap(({ names: [one = null, other = null] }) => (one === other ? [] : [one, other])),
  );
  const still = new Set(now.pairs.flatMap((pair) => ofOneSide(pair.sides, now.calls)));
  return own.some((name) => asked.has(name) && !still.has(name));
}

type Compared = {
  readonly calls: ReadonlyMap<string, SyntaxNode>;
  readonly pairs: readonly { readonly sides: Sides; readonly names: readonly (string | null)[] }[];
};

function comparedIn(side: TestSide, { body }: TestText): Compared {
  const calls = callsByName(body);
  const all = assertionsIn(body, side.language, side.helpers).flatMap(({ node }) => sidesOf(node, side.language));
  return { calls, pairs: all.map((sides) => ({ sides, names: sides.map((one) => askedOf(one, side, calls)) })) };
}

/** `deepEqual(first.items, [1])`, where `first` is what the function answered: one side has to do with it, and the other has not. */
function ofOneSide(sides: Sides, calls: ReadonlyMap<string, SyntaxNode>): string[] {
  const [one, other] = [namesIn(sides[0], calls), namesIn(sides[1], calls)];
  return [...[...one].filter((name) => !other.has(name)), ...[...other].filter((name) => !one.has(name))];
}

function namesIn(side: SyntaxNode, calls: ReadonlyMap<string, SyntaxNode>): Set<string> {
  const names = [...within(side)].filter(({ type }) => NAME.test(type)).map(({ text }) => text);
  return new Set(names.flatMap((name) => [name, calls.get(name)?.child("function")?.text ?? name]));
}

const NAME = /^(identifier|selector_expression|member_expression|attribute)$/;

const AROUND =
  /^(await_expression|await|parenthesized_expression|expression_list|array|spread_element|new_expression|arguments|argument_list|call|call_expression|type_conversion_expression)$/; // prettier-ignore

/**
 * The innermost function of the product by which a side of a comparison came about, at once or by its name: not what puts both
 * sides in one form, as `JSON.stringify(load(1))` and `norm(Render(1))` do.
 */
function askedOf(
  side: SyntaxNode,
  file: TestSide,
  calls: ReadonlyMap<string, SyntaxNode>,
  seen = new Set<SyntaxNode>(),
): string | null {
  if (seen.has(side) || seen.size > STEPS_MAX) return null;
  seen.add(side);
  const named = side.type === "identifier" ? calls.get(side.text) : undefined;
  if (named) return askedOf(named, file, calls, seen);
  if (!AROUND.test(side.type)) return null;
  const call = callOf(side);
  const callee = call === side ? side.child("function") : null;
  const object = callee?.child("object") ?? callee?.child("operand");
  for (const one of callee ? [...(side.child("arguments")?.parts ?? []), ...(object ? [object] : [])] : side.parts) {
    const inner = askedOf(one, file, calls, seen);
    if (inner !== null) return inner;
  }
  const name = callee?.text ?? "";
  return /^\w+(\.\w+)*$/.test(name) && isOfProduct(name, file) ? name : null;
}

/** Calls in calls: nobody writes more of them to be read. */
const STEPS_MAX = 100;

/** Not a function of the test file, of the language or of a library that the language brings. */
function isOfProduct(name: string, file: TestSide): boolean {
  const [head = "", more] = name.split(".");
  if (familyOf(file.language) === "go") {
    const isOwn = !importsOfGo(file.root).has(head);
    if (more !== undefined) return !isOwn && !GO_LIBRARY.test(importsOfGo(file.root).get(head) ?? "");
    return !GO_BUILT_IN.test(head) && !file.functions.some((one) => one.name === head);
  }
  const from = sourcesOf(file).get(head);
  if (from === undefined || !isProduct(file, from)) return false;
  // A value of a class is only another form of what it is made of: `Decimal(fee(2)) == Decimal("9.00")`.
  return (
    familyOf(file.language) !== "python" || !(PYTHON_LIBRARY.test(from) || /^[A-Z]/.test(name.split(".").at(-1) ?? ""))
  );
}

const GO_BUILT_IN = /^(append|cap|len|make|new|min|max|copy|bool|byte|rune|string|any|error|u?int\d*|uintptr|float\d+|complex\d*|real|imag)$/; // prettier-ignore
const GO_LIBRARY = /^(archive|bufio|bytes|cmp|compress|container|context|crypto|database|embed|encoding|errors|flag|fmt|go|hash|html|image|io|iter|log|maps|math|mime|net|os|path|reflect|regexp|runtime|slices|sort|strconv|strings|sync|testing|text|time|unicode|unique|github\.com\/(stretchr|google\/go-cmp))(\/|$)/; // prettier-ignore
const PYTHON_LIBRARY = /^(ast|base64|bisect|calendar|codecs|contextlib|copy|csv|dataclasses|datetime|decimal|enum|fractions|functools|hashlib|heapq|inspect|io|itertools|math|numpy|operator|pandas|pathlib|pprint|random|shutil|statistics|string|struct|subprocess|tempfile|textwrap|time|urllib|uuid|yaml)\b/; // prettier-ignore

const importsOfGo = oncePerNode((root): ReadonlyMap<string, string> => {
  const specs = [...within(root, ({ type }) => /^import_/.test(type))].filter(({ type }) => type === "import_spec");
  return new Map(
    specs.map((one) => {
      const path = one.child("path")?.text.replace(/["`]/g, "") ?? "";
      return [one.child("name")?.text ?? path.split("/").at(-1) ?? "", path];
    }),
  );
});
