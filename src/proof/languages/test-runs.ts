import { type SyntaxNode, within } from "./syntax.ts";
import type { TestSide } from "./test-differences.ts";
import type { Weakening } from "./weakening.ts";

/**
 * Code of a test file that decides how its run ends: Go's `TestMain`, unittest's `load_tests`. It has to hand on what the
 * tests said.
 */
export function runsWithoutVerdict(side: TestSide, before: readonly TestSide[]): Weakening[] {
  const old = before.find(({ path }) => path === side.path);
  return side.functions.flatMap(({ name, node, body }): Weakening[] => {
    const same = old?.functions.find((one) => one.name === name);
    if (same && same.node.text === node.text) return [];
    const what = name === "TestMain" ? ofGo(body) : name === "load_tests" ? ofUnittest(body) : null;
    return what ? [{ path: side.path, test: `${name}()`, line: node.line, what, old: true }] : [];
  });
}

/** `os.Exit(m.Run())`, or a name that holds what `m.Run()` answered. */
function ofGo(body: SyntaxNode): string | null {
  const calls = [...within(body)].filter((one) => one.type === "call_expression");
  const isRun = (one: SyntaxNode) => /\.Run$/.test(one.child("function")?.text ?? "");
  const runs = calls.filter(isRun);
  if (runs.length === 0) return "runs no test";
  const exits = calls.filter((one) => one.child("function")?.text === "os.Exit");
  const fixed = exits.some((one) => [...within(one)].every((part) => part.type !== "identifier" || part.text === "os"));
  const dropped = exits.length > 0 && runs.every((one) => one.parent?.type === "expression_statement");
  return fixed || dropped ? "ends well whatever its tests say" : null;
}

function ofUnittest(body: SyntaxNode): string | null {
  const uses = [...within(body)].some(
    (one) => one.type === "identifier" && /^(tests|standard_tests|loader)$/.test(one.text),
  );
  return uses ? null : "leaves all tests of the module out";
}
