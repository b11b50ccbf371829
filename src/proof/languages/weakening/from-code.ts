import { above, FUNCTION, givenIn, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

/** Names of the languages and of test frameworks: what is made by them alone of what is written down comes from no code. */
const NOT_OF_CODE =
  /^(str|repr|String|Number|Object|Array|JSON|Buffer|Symbol|format|list|dict|tuple|set|sorted|len|int|string|fmt|strings|strconv|errors|bytes|slices|nil|None|True|False|undefined|expect|assert|should|require|t|tb|self|pytest|builtins|Error|(Type|Range|Syntax|Reference|URI|Eval|Value|Key|Index|Runtime|Aggregate)Error|Exception)$/;
/** A name for a name for a name. */
const STEPS_MAX = 4;

/** Whether something of a value comes from elsewhere than from what the test itself writes down. */
export function isFromCode(value: SyntaxNode, body: SyntaxNode, steps = STEPS_MAX): boolean {
  const known = knownIn(body);
  return [...within(value)].some((one) => {
    if (one.type !== "identifier" || /^(attribute|property|field|name)$/.test(one.field ?? "")) return false;
    if (NOT_OF_CODE.test(one.text)) return false;
    const before = known.get(one.text);
    if (before !== undefined) return before;
    const given = valuesOf(body).get(one.text) ?? valuesAtTop(one.root).get(one.text) ?? [];
    // Of itself alone nothing comes from the code.
    known.set(one.text, false);
    const is = given.length === 0 || (steps > 0 && given.some((other) => isFromCode(other, body, steps - 1)));
    known.set(one.text, is);
    return is;
  });
}

/** What is known already of the names in a test. */
const knownIn = oncePerNode(() => new Map<string, boolean>());
const valuesOf = oncePerNode((body) => valuesAmong([...within(body)]));
const valuesAtTop = oncePerNode((root) => valuesAmong([...within(root, ({ type }) => !FUNCTION.test(type))]));

function valuesAmong(nodes: readonly SyntaxNode[]): ReadonlyMap<string, readonly SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const { left, right } of nodes.flatMap((one) => givenIn(one) ?? [])) {
    if (!right) continue;
    const [names, values] = [left, right].map((one) => (LISTS.test(one.type) ? one.parts : [one]));
    for (const [at, { text }] of (names ?? []).entries()) {
      const value = (names?.length === values?.length ? values?.[at] : null) ?? right;
      const known = found.get(text);
      if (known) known.push(value);
      else found.set(text, [value]);
    }
  }
  return found;
}

const LISTS = /^(expression_list|pattern_list)$/;

/** A part of a text may be nothing at all. */
export function hasSlice(value: SyntaxNode): boolean {
  return [...within(value)].some(
    (one) =>
      /^(slice|slice_expression)$/.test(one.type) ||
      /^(slice|substring|substr|at|charAt)$/.test(wordsOf(one.child("function")).at(-1) ?? ""),
  );
}

/** Whether the `if` of a Go test fails it wherever two sides differ: `err == nil && err.Error() != "…"` never does. */
export function failsWhereOther(side: SyntaxNode, condition: SyntaxNode): boolean {
  const compares = [...above(side)].find(({ type }) => /^(binary_expression|call_expression)$/.test(type));
  if (!compares) return false;
  const signs: string[] = [];
  for (const one of [compares, ...above(compares)]) {
    if (one.start < condition.start || one.end > condition.end) break;
    if (/^(binary_expression|unary_expression)$/.test(one.type)) signs.unshift(one.child("operator")?.text ?? "");
  }
  const isDiff = compares.type === "call_expression" && wordsOf(compares.child("function")).at(-1) === "Diff";
  if (compares.type === "call_expression" && !isDiff) signs.push("==");
  let isTurned = false;
  for (const sign of signs) {
    if (sign === "!") isTurned = !isTurned;
    if (sign === (isTurned ? "||" : "&&") || sign === (isTurned ? "!=" : "==")) return false;
  }
  return true;
}
