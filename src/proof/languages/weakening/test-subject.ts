import type { FileDiff } from "../../../trees/diff.ts";
import { isModule, modulePath } from "../tests/imported.ts";
import { isTestFile } from "../tests/test-files.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { heldIn } from "../tests/asked-by.ts";
import { standOver } from "./stand-over.ts";
import type { TestSide } from "../tests/test-side.ts";
import { importsOf, isProduct, sourceOf } from "../tests/test-imports.ts";
import type { Weakening } from "./found-weakening.ts";

/** Old tests that look at something else under the old name, or compare with an `assert` that is less strict. */
export function otherSubjects(
  side: TestSide,
  before: readonly TestSide[],
  after: readonly TestSide[] = [],
  moved: ReadonlySet<string> = new Set(),
): Weakening[] {
  const old = before.find(({ path }) => path === side.path);
  if (!old) return [];
  const say = (line: number, what: string): Weakening => ({ path: side.path, test: null, line, what, old: true });
  const gone = [...importsOf(old)].filter(([name, from]) => isProduct(side, from) && !importsOf(side).has(name));
  const now = new Set(importsOf(side).keys());
  const replaced = gone.flatMap(([name]) =>
    declarationsOf(side.root, name)
      .filter(
        (one) =>
          (decides(one) && !onlyMakes(one, side)) ||
          ![...within(one)].some((part) => part.type === "identifier" && now.has(part.text)),
      )
      .map((one) => say(one.line, `test a \`${name}\` of their own instead of the imported one`)),
  );
  const ownJudges = [...importsOf(old)]
    .filter(([name]) => JUDGES.test(name) && !importsOf(side).has(name))
    .flatMap(([name]) => declarationsOf(side.root, name).filter(decides))
    .map((one) =>
      say(one.line, `are run by a \`${one.child("name")?.text ?? ""}\` of their own, which decides what fails`),
    );
  const retargeted = [...importsOf(old)].flatMap(([name, was]) => {
    const from = importsOf(side).get(name);
    const isCopy =
      from !== undefined && from !== was && isProduct(side, was) && isOwnCopy(side, name, from, after, moved);
    return isCopy ? [say(lineOf(side, from), `test a \`${name}\` of ${from}, which is a copy beside them`)] : [];
  });
  const over = standOver(side, old).map((one) => ({ ...say(one.line, one.what), test: one.test }));
  const loose = isStrict(old) && !isStrict(side) ? looseIn(side) : null;
  return [
    ...replaced,
    ...ownJudges,
    ...retargeted,
    ...over,
    ...(loose ? [say(loose.line, "compare with `==`: node:assert without /strict is lenient")] : []),
  ];
}

const JUDGES = /^(it|test|describe|suite|expect|assert)$/;

/** A wrapper that only hands on (`const f = (a) => real({ a })`) follows a new name or signature; one that computes answers itself. */
function decides(declaration: SyntaxNode): boolean {
  if (/^class/.test(declaration.type)) return false;
  return [...within(declaration)].some((one) =>
    /^(if_statement|switch_statement|match_statement|try_statement|ternary_expression|conditional_expression|binary_expression|binary_operator|boolean_operator|comparison_operator)$/.test(
      one.type,
    ),
  );
}

/**
 * Texts of files that the change takes out of the product, and whose things are nowhere in it now: with the tests they have
 * moved. What the product still has under the name is another thing than its old text.
 */
export function movedOut(files: readonly FileDiff[]): Set<string> {
  const product = files.filter(({ path, kind }) => !isTestFile(path) && kind === "text");
  const declared = (text: string) => [...text.matchAll(DECLARED)].map(([, name]) => name ?? "");
  const now = new Set(product.flatMap(({ after }) => declared(after)));
  return new Set(
    product
      .filter(({ before, after }) => after === "" && !declared(before).some((name) => now.has(name)))
      .map(({ before }) => before.trim()),
  );
}

const DECLARED = /^(?:export +)?(?:default +)?(?:async +)?(?:const|let|function\*?|class|def) +(\w+)/gm;

/** A function whose every answer is what an imported constructor makes: a builder. */
function onlyMakes(declaration: SyntaxNode, side: TestSide): boolean {
  const classes = new Set([...importsOf(side).keys()].filter((name) => /^[A-Z]/.test(name)));
  const value = declaration.child("value") ?? declaration;
  const body = value.child("body");
  if (!body) return false;
  const made = new Set(heldIn(body, classes).map(({ name }) => name));
  const isMade = (one: SyntaxNode | undefined | null): boolean => {
    if (one?.type === "parenthesized_expression") return isMade(one.parts[0]);
    if (one?.type === "identifier") return made.has(one.text);
    const callee = one?.child("constructor") ?? (one?.type === "call" ? one.child("function") : null);
    return callee !== null && callee !== undefined && classes.has(callee.text);
  };
  if (!/block$/.test(body.type)) return isMade(body);
  const returns = [...within(body)].filter((one) => one.type === "return_statement");
  return returns.length > 0 && returns.every((one) => isMade(one.parts[0]));
}

/** A changed file of the tests that brings a thing of its own, made of nothing that the product has. */
function isOwnCopy(
  side: TestSide,
  name: string,
  from: string,
  after: readonly TestSide[],
  moved: ReadonlySet<string>,
): boolean {
  const wanted = modulePath(side.path, from, side.language);
  const source = wanted === null ? undefined : after.find(({ path }) => isModule(path, wanted));
  if (!source || source.path === side.path || declarationsOf(source.root, name).length === 0) return false;
  if (moved.has(source.root.text.trim())) return false;
  return !source.root.parts.some((one) => /import/.test(one.type) && isProduct(source, sourceOf(one)));
}

function lineOf({ root }: TestSide, from: string): number {
  return root.parts.find((one) => /import/.test(one.type) && one.text.includes(from))?.line ?? 1;
}

function declarationsOf(root: SyntaxNode, name: string): SyntaxNode[] {
  return [...within(root)].filter((one) => {
    if (
      /^(function_declaration|function_definition|class_declaration|class_definition|variable_declarator)$/.test(
        one.type,
      )
    )
      return one.child("name")?.text === name;
    return one.type === "assignment" && one.child("left")?.text === name;
  });
}

function isStrict({ root }: TestSide): boolean {
  return root.parts.some(
    (one) =>
      one.type === "import_statement" &&
      (/assert\/strict["']$/.test(one.child("source")?.text ?? "") || /\bstrict\b/.test(one.text)) &&
      /\bassert\b/.test(one.text),
  );
}

/** The first comparison whose name is lenient in plain `node:assert`. */
function looseIn({ root }: TestSide): SyntaxNode | null {
  const imports = root.parts.some((one) => one.type === "import_statement" && /["'](node:)?assert["']/.test(one.text));
  if (!imports) return null;
  const isLoose = (one: SyntaxNode) =>
    one.type === "call_expression" &&
    /^assert\.(equal|deepEqual|notEqual|notDeepEqual)$/.test(one.child("function")?.text ?? "");
  return [...within(root)].find(isLoose) ?? null;
}
