import { dirname, join } from "node:path/posix";
import { MATCHERS } from "./framework-patches.ts";
import { isTestCode } from "../tests/test-files.ts";
import { FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";
import { sourceOf } from "../tests/test-imports.ts";
import type { TestSide } from "../tests/test-side.ts";

/** Names by which a test file calls its framework. */
const FRAMEWORK = /^(assert|expect|test|it|describe|should)$/;

export type Sources = {
  /** The files that the change touches. */
  readonly changed: ReadonlySet<string>;
  /** Those of them that are code of tests, as they are now. */
  readonly sides: readonly TestSide[];
};

/** `import { expect } from "./lenient.js"`: what takes the place of a framework's own way to fail. */
export function ownFramework(side: TestSide, sources: Sources, isNew: boolean): { line: number; what: string }[] {
  const imports = side.root.parts.filter(
    (one) => one.type === "import_statement" && /^["']\.{1,2}\//.test(one.child("source")?.text ?? ""),
  );
  return imports.flatMap((statement) =>
    [...within(statement)]
      .filter((one) => one.type === "identifier" && FRAMEWORK.test(one.text))
      .filter((one) => !isOfOtherKind(one, side) && !isHandedOn(one, statement, { from: side.path, isNew, ...sources }))
      .map(({ line, text }) => ({ line, what: `take \`${text}\` from the repository itself` })),
  );
}

/** `describe(lamp)`: code under test may have such a name. A framework's function gets a title and what is to be run. */
function isOfOtherKind(name: SyntaxNode, { root, functions }: TestSide): boolean {
  if (!/^(test|it|describe)$/.test(name.text)) return false;
  const uses = [...within(root, ({ type }) => type !== "import_statement")].filter(
    (one) => one.type === "identifier" && one.text === name.text && one.parent?.type !== "import_specifier",
  );
  const made = new Set(functions.map((one) => one.name));
  return uses.length > 0 && uses.every((one) => isPlainCall(one, made));
}

function isPlainCall(use: SyntaxNode, functions: ReadonlySet<string>): boolean {
  if (use.parent?.type === "type_query") return true;
  const call = use.parent?.type === "call_expression" && use.field === "function" ? use.parent : null;
  const given = call?.child("arguments")?.parts ?? [];
  return given.length === 1 && !given.some((one) => FUNCTION.test(one.type) || /string/.test(one.type) || functions.has(one.text)); // prettier-ignore
}

type Importer = Sources & { readonly from: string; readonly isNew: boolean };

/** Fixtures (`test.extend({ … })`) and what a file of the tests hands on from the framework's package. */
function isHandedOn(name: SyntaxNode, statement: SyntaxNode, { from, isNew, changed, sides }: Importer): boolean {
  const path = withoutEnding(join(dirname(from), sourceOf(statement)));
  const isThat = (one: string) => [path, `${path}/index`].includes(withoutEnding(one));
  if (!isTestCode(`${path}.ts`) && !sides.some((one) => isThat(one.path))) return false;
  // What the base's tests have beside them was theirs before; an old test keeps its own way to fail and to be run.
  if (![...changed].some(isThat))
    return isNew || (!/^(assert|expect|should)$/.test(name.text) && /\bfixtures?(\/index)?$/.test(path));
  const specifier = name.parent?.type === "import_specifier" ? name.parent : null;
  const exported = specifier?.child("name")?.text;
  const module = sides.find((one) => isThat(one.path));
  return module !== undefined && exported !== undefined && isOfPackage(module.root, exported);
}

/** What is exported at the top by this name, and nothing else in the file that has such a name. */
function isOfPackage(root: SyntaxNode, exported: string): boolean {
  for (const statement of root.parts.filter(({ type }) => type === "export_statement")) {
    const specifier = [...within(statement)].find(
      (one) => one.type === "export_specifier" && (one.child("alias") ?? one.child("name"))?.text === exported,
    );
    const name = specifier?.child("name")?.text ?? exported;
    if (specifier && statement.child("source")) return name === exported && isOfFramework(statement);
    if (specifier || declares(statement.child("declaration"), exported)) return isExtended(root, name, exported);
  }
  return false;
}

function declares(declaration: SyntaxNode | null, name: string): boolean {
  return declaration?.parts.some((one) => one.child("name")?.text === name) ?? false;
}

const PACKAGES =
  /^["'](vitest|@jest\/globals|@playwright\/[\w-]+|@fast-check\/(vitest|jest)|node:(test|assert)(\/strict)?|assert(\/strict)?|chai|mocha|bun:test|expect|should|power-assert)["']$/;

function isOfFramework(statement: SyntaxNode): boolean {
  return PACKAGES.test(statement.child("source")?.text ?? "");
}

/** The framework's own by that name, or `const test = base.extend({ … })` and no more, of what comes from the framework. */
function isExtended(root: SyntaxNode, name: string, exported: string): boolean {
  const made = root.parts
    .map((one) => (one.type === "export_statement" ? one.child("declaration") : one))
    .find((one) => one?.text.startsWith("const ") === true && declares(one, name));
  const value = made?.parts.find((one) => one.child("name")?.text === name)?.child("value");
  const base = value ? extendedBy(value) : null;
  const isTaken = (one: SyntaxNode) =>
    one.type === "import_specifier" &&
    (one.child("alias") ?? one.child("name"))?.text === (base ?? name) &&
    (base === null ? one.child("name")?.text === exported : FRAMEWORK.test(one.child("name")?.text ?? ""));
  if (value && base === null) return false;
  return root.parts.some((one) => one.type === "import_statement" && isOfFramework(one) && [...within(one)].some(isTaken)); // prettier-ignore
}

/** `base` in `base.extend({ … }).extend({ … })`, where nothing takes the place of a way to fail. */
function extendedBy(value: SyntaxNode): string | null {
  const callee = value.type === "call_expression" ? value.child("function") : null;
  const [given, more] = value.child("arguments")?.parts ?? [];
  if (callee?.child("property")?.text !== "extend" || given?.type !== "object" || more) return null;
  const keys = given.parts.map((one) => (one.child("key") ?? one.child("name"))?.text ?? "");
  if (!keys.every((key) => /^\w+$/.test(key) && !FRAMEWORK.test(key) && !MATCHERS.test(key))) return null;
  const base = callee.child("object");
  return base?.type === "identifier" ? base.text : base ? extendedBy(base) : null;
}

function withoutEnding(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}
