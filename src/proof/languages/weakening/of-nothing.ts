import { assertedTogether, madeBy } from "../tests/asserted.ts";
import { rowsIn } from "../tests/said.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestText } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

const NOTHING =
  /^(nil|None|null|undefined|\[\]|\{\}|""|''|``|0|\(\)|set\(\)|\[\][\w.*]+\{\}|map\[\w+\][\w.*]+\{\}|new (Map|Set)\(\))$/;
const CALL = /^call(_expression)?$/;

/**
 * A test that gives nothing and wants nothing (`len(Route(nil)) != 0`) has no text or number by which it is known again. It stands as a row
 * of a table where both are nothing too: `{nil, []string{}}`. Whether the table asks the same function is for the caller to see.
 */
export function isRowOfNothing(side: TestSide, test: TestText, fresh: readonly TestText[]): boolean {
  const said = assertedTogether(side, test).flatMap((one) => [...one]);
  const calls = [...within(test.body)].filter((one) => CALL.test(one.type) && !isOfRunner(one, side));
  const given = calls.flatMap((one) => one.child("arguments")?.parts ?? []);
  if (said.some((one) => one !== "0") || given.length === 0 || !given.every(isNothing)) return false;
  return fresh.some((one) => rowsIn(madeBy(one), 1).some(({ row }) => isOfNothing(row)));
}

/** What compares or tells, and no call of the code. */
function isOfRunner(call: SyntaxNode, { language, helpers }: TestSide): boolean {
  const callee = call.child("function")?.text ?? "";
  const name = callee.split(".").at(-1) ?? callee;
  if (helpers.has(name) || /^(len|list|sorted|dict|set|str)$/.test(callee)) return true;
  return language === "go"
    ? /^t\.|^(reflect|fmt|cmp|slices|maps)\./.test(callee)
    : /^(assert|expect|self|t)\b|\.(to\w+|not)\b/.test(callee);
}

/** A name may stand before. */
function isOfNothing(row: SyntaxNode): boolean {
  const whole = bare(/^(pair|keyed_element)$/.test(row.type) ? row.parts.at(-1) : row);
  const values = (whole?.parts ?? []).map((one) =>
    /^(pair|keyed_element)$/.test(one.type) ? (one.parts.at(-1) ?? one) : one,
  );
  const isName = values[0] !== undefined && /^["'`]/.test(values[0].text) && !isNothing(values[0]);
  const given = isName ? values.slice(1) : values;
  return given.length > 1 && given.every(isNothing);
}

/** In Go each part of a list is wrapped once more. */
function bare(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.type === "literal_element" ? node.parts[0] : node;
}

function isNothing(node: SyntaxNode): boolean {
  return NOTHING.test(node.text);
}
