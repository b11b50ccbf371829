import { isTestCode } from "../tests/test-files.ts";
import { FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";
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
  const path = resolved(from, (statement.child("source")?.text ?? "").slice(1, -1));
  const isThat = (one: string) => [path, `${path}/index`].includes(withoutEnding(one));
  if (!isTestCode(`${path}.ts`) && !sides.some((one) => isThat(one.path))) return false;
  // What the base's tests have beside them was theirs before; an old test keeps its own way to fail.
  if (![...changed].some(isThat)) return isNew || !/^(assert|expect|should)$/.test(name.text);
  const specifier = name.parent?.type === "import_specifier" ? name.parent : null;
  const exported = specifier?.child("name")?.text;
  const module = sides.find((one) => isThat(one.path));
  return module !== undefined && exported !== undefined && isOfPackage(module.root, exported);
}

function isOfPackage(root: SyntaxNode, name: string): boolean {
  const packaged = root.parts.filter((one) => /^["'][^."'/]/.test(one.child("source")?.text ?? ""));
  const named = (of: readonly SyntaxNode[], type: string, field: string) =>
    of.flatMap((one) => [...within(one)].filter((part) => part.type === type)).map((one) => [(one.child("alias") ?? one.child("name"))?.text, one.child(field)?.text] as const); // prettier-ignore
  const handedOn = named(packaged.filter(({ type }) => type === "export_statement"), "export_specifier", "name"); // prettier-ignore
  if (handedOn.some(([as, what]) => as === name && what === name)) return true;
  const taken = new Map(named(packaged.filter(({ type }) => type === "import_statement"), "import_specifier", "name")); // prettier-ignore
  const made = [...within(root)].find((one) => one.type === "variable_declarator" && one.child("name")?.text === name);
  const [, base] = /^(\w+)\.extend\b/.exec(made?.child("value")?.text ?? "") ?? [];
  return base !== undefined && FRAMEWORK.test(taken.get(base) ?? "");
}

function withoutEnding(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}

/** Where a relative import leads, without its ending. */
function resolved(from: string, source: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const step of source.split("/"))
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  return withoutEnding(parts.join("/"));
}
