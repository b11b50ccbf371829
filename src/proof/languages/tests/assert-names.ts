import { oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";

const MODULES = /^(node:)?assert(\/strict)?$/;
/** Another name for the whole module. */
const WHOLE = /^(strict|default)$/;

/** What a file takes out of Node's `assert` by its names, with the name that it has there: `{ strictEqual as same }`. */
export function assertionsByName({ root }: SyntaxNode): ReadonlyMap<string, string> {
  return namesIn(root);
}

const namesIn = oncePerNode((root): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const one of root.parts) {
    if (one.type === "import_statement" && MODULES.test((one.child("source")?.text ?? "").slice(1, -1)))
      for (const part of within(one)) {
        const name = part.type === "import_specifier" ? part.child("name")?.text : undefined;
        if (name !== undefined && !WHOLE.test(name))
          found.set((part.child("alias") ?? part.child("name"))?.text ?? name, name);
      }
    if (/_declaration$/.test(one.type)) for (const part of one.parts) takenOut(part, found);
  }
  return found;
});

/** `const { strictEqual, ok: sure } = require("node:assert")` */
function takenOut(declared: SyntaxNode, found: Map<string, string>): void {
  const [, module = ""] = /^require\(["'`]([^"'`]+)["'`]\)(\.strict)?$/.exec(declared.child("value")?.text ?? "") ?? [];
  const names = declared.child("name");
  if (!MODULES.test(module) || names?.type !== "object_pattern") return;
  for (const one of names.parts) {
    const name = (one.child("key") ?? one).text;
    if (!WHOLE.test(name)) found.set((one.child("value") ?? one).text, name);
  }
}
