import { familyOf } from "../syntax/grammar.ts";
import { givenIn, oncePer, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import { isProduct, sourceOf, sourcesOf } from "../tests/test-imports.ts";
import type { TestSide } from "../tests/test-side.ts";
import { isBuiltIn, isBuiltInMember, isOfRunner, isRunner } from "./not-the-code.ts";

/** Whether a test that asked the code something asks nobody now: no name in it leads out of it but those of the framework. */
export function asksNobody(side: TestSide, test: TestText, now: TestSide, same: TestText): boolean {
  if (!/^(js|python)$/.test(familyOf(side.language))) return false;
  const product = new Set([...sourcesOf(side)].filter(([, from]) => isProduct(side, from)).map(([name]) => name));
  return namesIn(test.body).some((name) => product.has(name)) && !leadsOut(same, now);
}

function leadsOut({ node, body }: TestText, side: TestSide): boolean {
  const sources = sourcesOf(side);
  const isDeclared = (name: string) =>
    functionNames(side).has(name) ||
    (madeIn(side.root).get(name) ?? []).some((at) => at < node.start || at >= node.end);
  // What a fixture, a decorator or the class around hands to a test may be anything.
  const isPython = familyOf(side.language) === "python";
  const code = codeOf(body);
  if (ANYWHERE.test(code) || (isPython && (RUNS_CODE.test(code) || !isMethod(node)))) return true;
  const isOut = (from: string | undefined) =>
    from !== undefined && (isPython ? isProduct(side, from) : !isRunner(from));
  const names = [...namesIn(body), ...(isPython ? [] : namesIn(node))];
  return (
    names.some((name) => isDeclared(name) || isOut(sources.get(name))) ||
    (!isPython && (isGivenFixtures(node, body) || namesStrangers({ node, body }, side, sources)))
  );
}

/** Where a file gives each name. Asked for each test of the file. */
const madeIn = oncePerNode((root): ReadonlyMap<string, readonly number[]> => {
  const made = new Map<string, number[]>();
  for (const one of within(root)) {
    const left = givenIn(one)?.left ?? (/^class/.test(one.type) ? one.child("name") : null);
    for (const { text, start } of left ? within(left) : []) {
      const places = made.get(text) ?? [];
      made.set(text, places);
      places.push(start);
    }
  }
  return made;
});

const functionNames = oncePer(
  ({ functions }: TestSide): ReadonlySet<string> => new Set(functions.map(({ name }) => name)),
);

/** In the leaves of the code, with a space between them. */
const ANYWHERE = /\b(this|cls|import|require|getattr)\b|\bself \. (?!assert|fail|subTest)|\. context\b/;
const RUNS_CODE = /\b(open|exec|__import__)\b|\bsys \. modules\b|\bos \. (popen|system|exec|spawn)/;

/** Without comments and texts, which may say anything. */
function codeOf(body: SyntaxNode): string {
  const leaves = [...within(body)].filter(
    ({ type, children }) => children.length === 0 && !/comment|string/.test(type),
  );
  return leaves.map(({ text }) => text).join(" ");
}

function namesIn(body: SyntaxNode): string[] {
  return [...within(body)].filter(({ type }) => /^(identifier|type_identifier)$/.test(type)).map(({ text }) => text);
}

/** A function of pytest is given its fixtures. */
function isMethod(node: SyntaxNode): boolean {
  return /^def \w+\(self\)/.test(node.text);
}

/** What a runner hands to every test. */
const OF_EVERY_TEST =
  /^(t|expect|assert|task|skip|signal|mock|name|plan|diagnostic|annotate|onTestFailed|onTestFinished)$/;

/** `test("…", async ({ page }) => …)`: a fixture of Playwright or Vitest; a row of `test.each` is no fixture. */
function isGivenFixtures(node: SyntaxNode, body: SyntaxNode): boolean {
  const isOfRow = wordsOf(node.child("function")).some((word) => /^(each|for)$/.test(word));
  const pattern = body.child("parameters")?.parts.find((one) => isPattern(one));
  return !isOfRow && pattern !== undefined && namesOfParameters(body).some((name) => !OF_EVERY_TEST.test(name));
}

function namesOfParameters(body: SyntaxNode): string[] {
  const given = body.child("parameters") ?? body.child("parameter");
  const names = given ? [...within(given)].filter(({ type }) => /^(shorthand_property_)?identifier/.test(type)) : [];
  return names.map(({ text }) => text);
}

function isPattern(one: SyntaxNode): boolean {
  return [...within(one)].some(({ type }) => type === "object_pattern");
}

/** `window.shop`, `spawn(…)`: a name that nobody in the file has made, or after `import "./last.js"` what that may have changed. */
function namesStrangers(
  { node, body }: Pick<TestText, "node" | "body">,
  side: TestSide,
  sources: ReadonlyMap<string, string>,
): boolean {
  const own = ownNames(body);
  const isKnown = (name: string) => own.has(name) || sources.has(name) || isOfRunner(name);
  const read = [...within(node), ...within(body)].filter(({ type }) => /^(shorthand_property_)?identifier$/.test(type));
  if (read.some(({ text }) => !isKnown(text) && !isBuiltIn(text))) return true;
  if (!hasEffects(side.root)) return false;
  const given = new Set(namesOfParameters(body));
  return [...within(body)].some((one) => {
    if (one.type === "identifier") return one.text === "process";
    const [first = "", ...more] = one.type === "member_expression" ? wordsOf(one) : [];
    const isOfTests = sources.has(first) || isOfRunner(first) || given.has(first);
    const last = more.at(-1) ?? "";
    return last !== "" && !isOfTests && !own.has(last) && !isBuiltInMember(last);
  });
}

/** What the test itself gives a name, and the keys of its objects. */
function ownNames(body: SyntaxNode): Set<string> {
  const makers = [...within(body)].flatMap((one) => [
    givenIn(one)?.left,
    one.child("parameters") ?? one.child("parameter"),
    one.type === "for_in_statement" ? one.child("left") : null,
    /^(function|generator_function|class|method)(_(declaration|definition|expression))?$/.test(one.type)
      ? one.child("name")
      : null,
    one.type === "pair" ? one.child("key") : null,
  ]);
  const parts = makers.flatMap((one) => (one ? [...within(one)] : []));
  return new Set(parts.filter(({ type }) => /identifier/.test(type)).map(({ text }) => text));
}

/** `import "../src/last.js"` */
const hasEffects = oncePerNode((root): boolean =>
  root.parts.some(
    (one) =>
      one.type === "import_statement" &&
      !one.parts.some(({ type }) => type === "import_clause") &&
      !isRunner(sourceOf(one)),
  ),
);
