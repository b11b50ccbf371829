import { FUNCTION, givenIn, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";

/**
 * Matchers of the file itself that pass only where what came is what they are given:
 * `expect.extend({ toBePaidWith(received, receipt) { … } })`.
 */
export const ownMatchers = oncePerNode((root): ReadonlySet<string> => {
  const calls = [...within(root)].filter((one) => one.child("function")?.text === "expect.extend");
  const members = calls.flatMap((one) => one.child("arguments")?.parts[0]?.parts ?? []);
  const nameOf = (one: SyntaxNode) => (one.child("name") ?? one.child("key"))?.text ?? "";
  const others = new Set(members.filter((one) => !passesForEqual(one)).map(nameOf));
  return new Set(members.map(nameOf).filter((name) => name !== "" && !others.has(name)));
});

function passesForEqual(member: SyntaxNode): boolean {
  const matcher = member.type === "pair" ? (member.child("value") ?? member) : member;
  const taken = matcher.child("parameters")?.parts.map((one) => (one.child("value") ? "" : (one.child("pattern") ?? one).text)) ?? []; // prettier-ignore
  const [came = "", given = ""] = taken;
  if (!/^\w+$/.test(came) || !/^\w+$/.test(given)) return false;
  const set = new Map<string, (SyntaxNode | null)[]>();
  for (const one of within(matcher)) {
    const left = givenIn(one)?.left;
    if (left) set.set(left.text, [...(set.get(left.text) ?? []), one.type === "variable_declarator" ? one.child("value") : null]); // prettier-ignore
    if (/^(augmented_assignment_expression|update_expression)$/.test(one.type)) set.set((one.child("left") ?? one.child("argument"))?.text ?? "", [null]); // prettier-ignore
  }
  if (set.has(came) || set.has(given)) return false;
  const isEqual = (value: SyntaxNode | null | undefined): boolean => {
    if (value?.type === "parenthesized_expression") return isEqual(value.parts[0]);
    if (value?.type !== "binary_expression") return false;
    const [one, other] = value.parts;
    const sign = value.child("operator")?.text;
    if (sign === "&&") return isEqual(one) || isEqual(other);
    const sides = [one?.text ?? "", other?.text ?? ""];
    return sign === "===" && sides.includes(given) && sides.some((side) => isOf(side, came));
  };
  const results = resultsOf(matcher);
  return results.length > 0 && results.every((one) => passes(one).some((value) => isEqual(value) || isEqual(only(set.get(value.text))))); // prettier-ignore
}

/** `got`, `got.receipt`, `got.total()`: not what is made of it by something else. */
function isOf(side: string, came: string): boolean {
  return side.startsWith(came) && /^(\.\w+|\(\))*$/.test(side.slice(came.length));
}

function only(values: readonly (SyntaxNode | null)[] | undefined): SyntaxNode | null {
  return values?.length === 1 ? (values[0] ?? null) : null;
}

/** What a matcher returns wherever it does: of its inner functions nothing. */
function resultsOf(matcher: SyntaxNode): (SyntaxNode | undefined)[] {
  const body = matcher.child("body");
  if (body?.type === "parenthesized_expression") return [body.parts[0]];
  if (!body) return [];
  const own = [...within(body, ({ type }) => !FUNCTION.test(type))];
  return own.filter(({ type }) => type === "return_statement").map((one) => one.parts[0]);
}

function passes(result: SyntaxNode | undefined): SyntaxNode[] {
  if (result?.type !== "object" || result.parts.some(({ type }) => type === "spread_element")) return [];
  const found = result.parts.flatMap((one) => {
    if (one.type === "shorthand_property_identifier" && one.text === "pass") return [one];
    const value = one.child("key")?.text === "pass" ? one.child("value") : null;
    return value ? [value] : [];
  });
  return found.length === 1 ? found : [];
}
