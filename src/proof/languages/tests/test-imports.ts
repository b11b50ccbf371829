import { dirname, join } from "node:path/posix";
import { familyOf } from "../syntax/grammar.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestSide } from "./test-side.ts";
import { isTestFile } from "./test-files.ts";

type File = Pick<TestSide, "path" | "root" | "language">;

/** What is imported by a name of its own, by its name in the file. */
export function importsOf({ root, language }: File): Map<string, string> {
  const found = new Map<string, string>();
  const kinds = familyOf(language) === "python" ? /^import_from_statement$/ : /^import_statement$/;
  for (const statement of root.parts.filter((one) => kinds.test(one.type))) {
    const from = sourceOf(statement);
    for (const one of within(statement)) {
      const name =
        one.child("alias") ??
        (one.field === "name" || one.parent?.type === "import_clause" ? (one.child("name") ?? one) : null);
      // `a as b`: only the new name is known here.
      if (one.parent?.child("alias") && one.field === "name") continue;
      if (name && /^(identifier|dotted_name)$/.test(name.type)) found.set(name.text, from);
    }
  }
  return found;
}

/** The same with whole modules: `import * as a from …`, `import a.b`, `const { a } = require(…)`. */
export function sourcesOf(file: File): ReadonlyMap<string, string> {
  const found = sources.get(file.root) ?? readSources(file);
  sources.set(file.root, found);
  return found;
}

/** Asked for each test of a file. */
const sources = new WeakMap<SyntaxNode, ReadonlyMap<string, string>>();

function readSources(file: File): Map<string, string> {
  const found = importsOf(file);
  const identifiers = (one: SyntaxNode) => [...within(one)].filter(({ type }) => /identifier(_pattern)?$/.test(type));
  for (const one of within(file.root)) {
    if (one.type === "namespace_import")
      for (const { text } of identifiers(one)) found.set(text, sourceOf(one.parent?.parent ?? one));
    if (one.type === "import_statement" && familyOf(file.language) === "python")
      for (const module of one.parts) {
        const path = module.child("name")?.text ?? module.text;
        found.set(module.child("alias")?.text ?? path.split(".")[0] ?? path, path);
      }
    const value = one.type === "variable_declarator" ? one.child("value") : null;
    const [, path] = /^require\(["']([^"']+)["']\)/.exec(value?.text ?? "") ?? [];
    if (path !== undefined) for (const { text } of identifiers(one.child("name") ?? one)) found.set(text, path);
  }
  return found;
}

export function sourceOf(statement: SyntaxNode): string {
  return (statement.child("source") ?? statement.child("module_name"))?.text.replace(/["'`]/g, "") ?? "";
}

const FRAMEWORKS = /^(unittest|pytest|mock|typing|collections|os|sys|re|json)\b/;

/** A file of the repository that is no test, seen from the test's folder; in Python any module but those of tests. */
export function isProduct({ path, language }: Pick<TestSide, "path" | "language">, from: string): boolean {
  if (familyOf(language) !== "python") return from.startsWith(".") && !isTestFile(join(dirname(path), from));
  const module = from.replace(/^\.+/, "").replaceAll(".", "/");
  return !FRAMEWORKS.test(from) && !isTestFile(from.startsWith(".") ? join(dirname(path), module) : module);
}
