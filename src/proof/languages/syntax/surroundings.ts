import { givenIn, type SyntaxNode, within } from "./syntax.ts";

/** Where programs ask for the surroundings by a name, in full. */
const PLACES: Readonly<Record<string, RegExp>> = {
  js: /^((globalThis\.|global\.)?process(\.env)?|import\.meta\.env|globalThis|global)$/,
  python: /^(os\.environ|sys\.modules)$/,
};
/** Functions that are given such a name. */
const ASKERS: Readonly<Record<string, RegExp>> = {
  python: /^os\.getenv$/,
  go: /^(os\.(Getenv|LookupEnv)|flag\.Lookup)$/,
};
const REFLECT = /^(Reflect\.(get|has)|Object\.hasOwn)$/;
/** Of `globalThis.process.env` with its dots and brackets. A longer one is another thing. */
const PLACE_CHARS_MAX = 80;

type IsNode = (node: SyntaxNode | null) => boolean;

export type PlaceNames = { readonly isPlace: IsNode; readonly isAsker: IsNode; readonly isReflect: IsNode };

/** Tells the surroundings by the names that a file has for them; what only has such a name is none. */
export function placeNames(root: SyntaxNode, family: string): PlaceNames {
  const names = new Map<string, string | null>();
  const full = (node: SyntaxNode | null) => fullName(node, names);
  const places = PLACES[family] ?? /^(?!)/;
  for (const node of within(root)) {
    for (const [name, from] of importedIn(node)) names.set(name, from);
    const { left, right } = givenIn(node) ?? {};
    if (!left) continue;
    const from = right ? fullName(right, names) : null;
    const isFrom = from !== null && (places.test(from) || /^(os|sys)$/.test(from));
    if (left.type === "object_pattern") {
      for (const [name, of] of takenOut(left)) if (isFrom) names.set(name, `${from}.${of}`);
    } else if (isFrom && from !== left.text) names.set(left.text, from);
    else if (left.type === "identifier" && !names.get(left.text)) names.set(left.text, null);
  }
  const is = (which: RegExp) => (node: SyntaxNode | null) => which.test(full(node) ?? "");
  return { isPlace: is(places), isAsker: is(ASKERS[family] ?? /^(?!)/), isReflect: is(REFLECT) };
}

/** `process.env` of `process?.["env"]`, and of another name for it. */
function fullName(node: SyntaxNode | null, names: ReadonlyMap<string, string | null>): string | null {
  if (!node || node.end - node.start > PLACE_CHARS_MAX) return null;
  const text = node.text
    .replace(/^\((.*)\)$/s, "$1")
    .replace(/\?\.(?=\[)/g, "")
    .replace(/\[["'`](\w+)["'`]\]/g, ".$1")
    .replace(/\s|\?(?=\.)/g, "")
    .replace(/^require\(["'](?:node:)?process["']\)/, "process");
  const head = /^\w+/.exec(text)?.[0] ?? "";
  const from = names.get(head);
  return from === undefined ? text : from && from + text.slice(head.length);
}

/** `{ env: surroundings }` */
function takenOut(pattern: SyntaxNode): [name: string, of: string][] {
  return pattern.parts.flatMap((one): [string, string][] => {
    if (one.type === "shorthand_property_identifier_pattern") return [[one.text, one.text]];
    const [key, value] = [one.child("key"), one.child("value")];
    return key && value?.type === "identifier" ? [[value.text, key.text]] : [];
  });
}

/** `import { env as e } from "process"`, `from os import environ as e`, `import os as o` */
function importedIn(node: SyntaxNode): [name: string, from: string][] {
  if (!/^import(_from)?_statement$/.test(node.type) || node.end - node.start > IMPORT_CHARS_MAX) return [];
  const text = node.text.replace(/\s+/g, " ");
  const python = /^from (os|sys) import \(?(.*?)\)?$/.exec(text);
  const js = /^import (?:(?:\* as )?(\w+)?,? ?)(?:\{(.*)\} ?)?from ?["'](?:node:)?process["']/.exec(text);
  const module = /^import (os|sys) as (\w+)$/.exec(text);
  if (module) return [[module[2] ?? "", module[1] ?? ""]];
  const listed = (python?.[2] ?? js?.[2] ?? "").split(",").map((one) => one.trim().split(/ as /));
  const of = python?.[1] ?? "process";
  const found = listed.flatMap(([name, as]): [string, string][] => (name ? [[as ?? name, `${of}.${name}`]] : []));
  return js?.[1] ? [...found, [js[1], "process"]] : found;
}

/** An import of some forty names. */
const IMPORT_CHARS_MAX = 400;
