import { posix } from "node:path";
import { scopeOf, type Scope } from "./may-fail.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import type { Parsed } from "../syntax/parser.ts";
import { sourceOf } from "./test-imports.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { isTestFile } from "./test-files.ts";

/** More files than this are not read for one. */
const FILES_MAX = 40;

/**
 * Functions of other files of the repository, by the names that this file calls them. What is passed on by a third file
 * is not followed, and a package from elsewhere is not known.
 * @param paths all files of the commit
 */
export async function importedBy(
  path: string,
  parsed: Parsed,
  paths: readonly string[],
  parse: (path: string) => Promise<Parsed>,
): Promise<Scope["imported"]> {
  const found = new Map<string, { one: Scope["functions"][number]; scope: Scope }>();
  if (parsed.outcome === "cannot") return found;
  const named = parsed.language === "go" ? ofPackage(path, paths) : namedIn(path, parsed, paths);
  for (const { from, names } of named.slice(0, FILES_MAX)) {
    const other = await parse(from);
    if (other.outcome === "cannot") continue;
    const scope = scopeOf(other.root, other.language);
    for (const one of scope.functions) {
      const isTop = !/^(class_body|block|object)$/.test(one.node.parent?.type ?? "") && !one.node.child("receiver");
      const as = names === "all" ? one.name : names.get(one.name);
      if (isTop && as !== undefined) found.set(as, { one, scope });
    }
  }
  return found;
}

type Code = { readonly root: SyntaxNode; readonly language: Language };
type Named = { readonly from: string; readonly names: ReadonlyMap<string, string> | "all" };

/** In Go all files of a folder are one. */
function ofPackage(path: string, paths: readonly string[]): Named[] {
  const isBeside = (other: string) =>
    other !== path && other.endsWith(".go") && !isTestFile(other) && posix.dirname(other) === posix.dirname(path);
  return paths.filter(isBeside).map((from) => ({ from, names: "all" as const }));
}

function namedIn(path: string, { root, language }: Code, paths: readonly string[]): Named[] {
  return root.children.flatMap((one): Named[] => {
    if (!/^import_(from_)?statement$/.test(one.type)) return [];
    const wanted = modulePath(path, sourceOf(one), language);
    const from = wanted === null ? undefined : paths.find((other) => isModule(other, wanted));
    return from === undefined ? [] : [{ from, names: namesOf(one) }];
  });
}

/** Without its ending, from the root or (`a.b` of Python) from any folder where modules lie; null for a package. */
export function modulePath(path: string, from: string, language: Language): string | null {
  if (familyOf(language) !== "python") return from.startsWith(".") ? `/${posix.join(posix.dirname(path), from)}` : null;
  const dots = /^\.*/.exec(from)?.[0].length ?? 0;
  const inner = from.slice(dots).replaceAll(".", "/");
  if (dots === 0) return inner;
  return `/${posix.join(posix.dirname(path), ...Array.from({ length: dots - 1 }, () => ".."), inner)}`;
}

export function isModule(path: string, wanted: string): boolean {
  const plain = (text: string) => text.replace(/\.(d\.ts|[cm]?[jt]sx?|pyi?)$/, "").replace(/\/(index|__init__)$/, "");
  const [is, asked] = [`/${plain(path)}`, plain(wanted)];
  return asked.startsWith("/") ? is === asked : is === `/${asked}` || is === `/src/${asked}`;
}

/** `{ a, b as c }`, `import a, b as c`: by the name in the other file, the name in this one. */
function namesOf(one: SyntaxNode): Map<string, string> {
  const parts = [...within(one)].filter(
    ({ type, field }) =>
      /^(import_specifier|aliased_import)$/.test(type) || (type === "dotted_name" && field === "name"),
  );
  return new Map(
    parts.flatMap((part): [string, string][] => {
      const name = part.child("name")?.text ?? part.text;
      if (part.parent?.type === "aliased_import") return [];
      return [[name, part.child("alias")?.text ?? name]];
    }),
  );
}
