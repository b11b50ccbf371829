import { familyOf, type Language } from "../syntax/grammar.ts";
import { above, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";

const AGAIN = /\b(flaky|retry|retries|rerun|repeat_until)\b/i;

/** Whether a test, or a group around it, is tried again where it fails: by an option, a mark or a call of its group. */
export function isRetried({ node, body }: TestText, language: Language): boolean {
  const family = familyOf(language);
  if (family === "python") {
    const owner = [...above(body)].find((one) => one.type === "class_definition")?.parent;
    const marks = [node, ...(owner?.type === "decorated_definition" ? [owner] : [])].flatMap((one) =>
      one.children.filter((child) => child.type === "decorator"),
    );
    return marks.some((one) => AGAIN.test(one.text.replace(/(["']).*?\1/g, "")));
  }
  if (family !== "js") return false;
  return [node, ...above(node)].some((one) => one.type === "call_expression" && (hasOption(one) || callsFor(one)));
}

function hasOption(call: SyntaxNode): boolean {
  const objects = (call.child("arguments")?.parts ?? []).filter((one) => one.type === "object");
  return objects
    .flatMap((one) => one.parts)
    .some(
      (pair) => /^["']?(retry|retries)["']?$/.test(pair.child("key")?.text ?? "") && pair.child("value")?.text !== "0",
    );
}

/** `describe("…", function () { this.retries(3); … })` */
function callsFor(group: SyntaxNode): boolean {
  const given = group.child("arguments")?.parts.at(-1);
  const steps = given?.child("body")?.parts ?? [];
  return steps.some((step) => {
    const call = step.parts[0];
    return call?.type === "call_expression" && /^this\.(retries)$/.test(wordsOf(call.child("function")).join("."));
  });
}

/** `jest.retryTimes(3)`, `test.describe.configure({ retries: 2 })`: all tests of the file, or of all files. */
export function retriesAll(root: SyntaxNode, language: Language): { line: number; what: string }[] {
  if (familyOf(language) !== "js") return [];
  return [...within(root)].flatMap((one) => {
    const called = one.type === "call_expression" ? wordsOf(one.child("function")).join(".") : "";
    const isAll =
      called === "jest.retryTimes" ||
      (/^(test\.describe\.configure|vi\.setConfig|test\.configure)$/.test(called) &&
        /\bretr(y|ies)\b/.test(one.child("arguments")?.text ?? ""));
    return isAll ? [{ line: one.line, what: `are tried again until they pass (\`${called}\`)` }] : [];
  });
}
