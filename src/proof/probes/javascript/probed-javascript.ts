import type { Language } from "../../languages/syntax/grammar.ts";
import { type SyntaxNode, within } from "../../languages/syntax/syntax.ts";
import type { Probed } from "../probed.ts";
import { type Asked, askedFunctions } from "./asked-functions.ts";
import { boundNames, mayThrow, parametersOf } from "./parameters.ts";
import { runtime } from "./runtime.ts";

/** Larger files are generated. */
const FILE_CHARS_MAX = 100_000;
/** Settings of tools, which are read in places of their own, and types alone. */
const NO_PRODUCT = /\.d\.[cm]?ts$|\.config\.[cm]?[jt]sx?$|(^|\/)\.[^/]+$/;
/** Its functions are read as text and run elsewhere, or it is no plain JavaScript. */
const READ_AS_TEXT = /\bcoopProbe|["']use asm["']/;
/** Who looks whether a function is async finds it so. */
const LOOKS_FOR_ASYNC = /AsyncFunction|["'](async|fastify)["']/;

type Edit = { readonly at: number; readonly remove: number; readonly put: string };

/**
 * A file whose named functions run their bodies through `coopProbe`, which stands at its end: no import, so that it works under every module
 * system and test runner. Nothing is added to the lines of a function; the file gets one line before its first.
 * @returns null where nothing in it can be probed
 */
export function probedJavascript(path: string, text: string, root: SyntaxNode, language: Language): Probed | null {
  if (text.length > FILE_CHARS_MAX || NO_PRODUCT.test(path) || READ_AS_TEXT.test(text)) return null;
  const nodes = [...within(root)];
  if (nodes.some(({ type }) => type === "ERROR")) return null;
  const shipped = sentElsewhere(text);
  const asked = askedFunctions(root).filter(({ node }) => !shipped.has(node.child("name")?.text ?? ""));
  if (asked.length === 0) return null;
  const keepsAsync = LOOKS_FOR_ASYNC.test(text);
  const edits = asked.flatMap((one) => editsOf(path, one, keepsAsync));
  const first = root.children.find(({ type }) => type === "hash_bang_line");
  const start = first ? text.indexOf("\n", first.start) + 1 || text.length : 0;
  const head = { at: start, remove: 0, put: "/* eslint-disable */ // @ts-nocheck\n" };
  return { text: `${changed(text, [head, ...edits])}\n${runtime(language !== "javascript")}`, beside: [] };
}

/** `page.evaluate(title)`, `work.toString()`: these functions run where there is no probe. */
function sentElsewhere(text: string): Set<string> {
  const sent =
    /\b(?:evaluate\w*|\$\$?eval|executeScript|addInitScript|waitForFunction)\(\s*(\w+)|\b(\w+)\.toString\(\)/g;
  return new Set([...text.matchAll(sent)].flatMap(([, given, read]) => given ?? read ?? []));
}

function editsOf(path: string, { name, node, body }: Asked, keepsAsync: boolean): Edit[] {
  const isArrow = node.type === "arrow_function";
  const async = node.children.find(({ type }) => type === "async");
  const stays = keepsAsync || mayThrow(parametersOf(node)) || isRead(node);
  const dropped = async && !stays ? [{ at: async.start, remove: async.end - async.start, put: "" }] : [];
  const given = isArrow ? `[${namesOf(node)}]` : "arguments";
  const made = /^function_/.test(node.type) ? "new.target" : "undefined";
  const state = hasState(node, body) ? "this" : "undefined";
  const id = JSON.stringify(`${path}::${name}`);
  const call = `coopProbe(${id}, ${state}, ${given}, ${made}, ${async !== undefined}, ${async ? "async " : ""}() => `;
  if (body.type !== "statement_block")
    return [...dropped, { at: body.start, remove: 0, put: call }, { at: body.end, remove: 0, put: ")" }];
  const directive = lastDirective(body);
  const begin = { at: directive?.end ?? body.start + 1, remove: 0, put: `${directive ? ";" : ""} return ${call}{` };
  // A block that ends a line reaches, in its grammar, over a comment behind it.
  const brace = body.children.findLast(({ type }) => type === "}");
  return brace ? [...dropped, begin, { at: brace.start, remove: 0, put: "}); " }] : [];
}

/** `async [a]() {}` behind a field without a semicolon would be read as its index, and decorators are told what a method gives. */
function isRead(node: SyntaxNode): boolean {
  if (node.child("name")?.type === "computed_property_name") return true;
  const beside = node.type === "method_definition" ? (node.parent?.children ?? []) : [];
  return [...node.children, beside[beside.indexOf(node) - 1]].some((one) => one?.type === "decorator");
}

function namesOf(arrow: SyntaxNode): string {
  const parameters = parametersOf(arrow);
  return parameters ? boundNames(parameters).join(", ") : "";
}

/** What a method's object holds decides what it gives; a function that does not speak of `this` has none, and an arrow function has its own only as a field. */
function hasState({ type, parent }: SyntaxNode, body: SyntaxNode): boolean {
  if (type === "arrow_function" && !/^(public_)?field_definition$/.test(parent?.type ?? "")) return false;
  for (const one of within(body)) if (one.type === "this" || one.type === "super") return true;
  return false;
}

/** `"use strict"` and its like count only as the first statements. */
function lastDirective(body: SyntaxNode): SyntaxNode | null {
  const isDirective = (one: SyntaxNode) => one.type === "expression_statement" && one.parts[0]?.type === "string";
  const rest = body.parts.findIndex((one) => !isDirective(one));
  return body.parts[(rest === -1 ? body.parts.length : rest) - 1]?.parts[0] ?? null;
}

function changed(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { at, remove, put } of [...edits].sort((a, b) => a.at - b.at)) {
    parts.push(text.slice(done, at), put);
    done = at + remove;
  }
  return parts.join("") + text.slice(done);
}
