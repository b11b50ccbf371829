import { above, givenIn, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

/**
 * `deepEqual(new Set(got), new Set(["a", "b"]))`, `[...new Set(got)]`: in any order, and as often as may be. Sets that the code under test
 * is given, or that it answers with, lose nothing.
 */
export function losesOrder(place: SyntaxNode): boolean {
  const sets = [...within(place)].filter((one) => one.type === "new_expression" && one.child("constructor")?.text === "Set"); // prettier-ignore
  const ofAnswer = sets.filter((one) => isAnswer(one.child("arguments")) && !isHandedIn(one, place));
  return ofAnswer.some((one) => sets.length > 1 || one.parent?.type === "spread_element");
}

/** Calls that only compare, or turn one list into another. */
const COMPARES =
  /^(expect|ok|assert|from|of|sort|toSorted|map|filter|concat|stringify|is[A-Z]\w*|\w*([eE]qual|[sS]ame|[mM]embers|Match)\w*)$/;
const TURNS =
  /^(from|of|map|filter|flat|flatMap|slice|concat|split|keys|values|entries|sort|toSorted|reverse|join|trim|toLowerCase|toUpperCase|String|Number)$/;

/** Whether the code under test is given it. */
function isHandedIn(set: SyntaxNode, place: SyntaxNode): boolean {
  for (const outer of above(set)) {
    if (outer.start <= place.start && place.end <= outer.end) return false;
    const isCall = outer.type === "call_expression" && (outer.child("arguments")?.start ?? set.end) <= set.start;
    if (isCall && !COMPARES.test(wordsOf(outer.child("function")).at(-1) ?? "")) return true;
  }
  return false;
}

/** A name for a name for a name. */
const STEPS_MAX = 3;

/** Whether it holds what some code answered: a call, or a name that a call gave. */
function isAnswer(value: SyntaxNode | null, steps = STEPS_MAX): boolean {
  if (value === null || steps === 0) return false;
  const names = new Set<string>();
  for (const one of within(value)) {
    if (one.type === "await_expression") return true;
    if (one.type === "call_expression" && !TURNS.test(wordsOf(one.child("function")).at(-1) ?? "")) return true;
    if (/identifier$/.test(one.type) && one.type !== "property_identifier") names.add(one.text);
  }
  const given = names.size > 0 ? valuesByName(value.root) : null;
  return [...names].some((name) => given?.get(name)?.some((one) => isAnswer(one, steps - 1)));
}

/** What each name of a file is given. Asked for each set of the file. */
const valuesByName = oncePerNode((root): ReadonlyMap<string, readonly SyntaxNode[]> => {
  const found = new Map<string, SyntaxNode[]>();
  for (const { left, right } of [...within(root)].flatMap((one) => givenIn(one) ?? [])) {
    if (right) for (const name of namesOf(left)) (found.get(name) ?? found.set(name, []).get(name))?.push(right);
  }
  return found;
});

/** `got`, `{ rows }`, `[one, other]` */
function namesOf(left: SyntaxNode): string[] {
  return [...within(left)].filter(({ type }) => /identifier(_pattern)?$/.test(type)).map(({ text }) => text);
}

/** `equal(got > 0, want > 0)` */
export function comparesOrders(call: SyntaxNode): number {
  const isOrder = ({ type, children }: SyntaxNode) =>
    /^(binary_expression|comparison_operator)$/.test(type) && children.some(({ text }) => /^[<>]=?$/.test(text));
  const given = call.child("arguments")?.parts.slice(0, 2) ?? [];
  return given.length === 2 && given.every(isOrder) ? 1 : 0;
}
