import type { FileDiff } from "../../trees/diff.ts";
import { functionsOf, type NamedFunction } from "./functions.ts";
import { familyOf, type Language } from "./grammar.ts";
import type { Parsed } from "./parser.ts";
import { type SyntaxNode, within } from "./syntax.ts";

/** What reads, asks or decodes may fail for reasons that no code can exclude. */
const MAY_FAIL =
  /\bawait\b|\b(JSON|URL|RegExp|BigInt|Intl|Decimal|Fraction|UUID|Path|localStorage|sessionStorage|fs|os|socket|subprocess|requests|json)\b|\b\w*(parse|Parse|decode|Decode|fetch|load|open|read|write|connect|exec|spawn|import|require|request|send|Sync|strptime|fromisoformat|atob|structuredClone)\w*\(|\b(int|float|complex|next|getattr|eval)\(/;
const NOTHING = /^(return|pass|continue|break)?\s*(null|undefined|None|true|false|True|False|-?\d+(\.\d+)?|""|''|``|\[\]|\{\}|\(\))?;?$/; // prettier-ignore

/**
 * Functions that were there before and now catch whatever goes wrong in them and answer with nothing: a defect is hidden
 * where it shows. One kind of error by its class, an answer made from the error, and code that reads or asks are not meant.
 */
export function caughtAll(file: FileDiff, before: Parsed, after: Parsed): { line: number; what: string }[] {
  if (before.outcome === "cannot" || after.outcome === "cannot") return [];
  const old = new Map(functionsOf(before.root, before.language).map((one) => [one.name, one]));
  const lines = new Set(file.addedLines.map((one) => one.line));
  return functionsOf(after.root, after.language).flatMap((one) => {
    const was = old.get(one.name);
    const now = catchesIn(one, after.language);
    if (!was || now.length <= catchesIn(was, before.language).length) return [];
    const added = now.find((tried) => lines.has(tried.line));
    return added ? [{ line: added.line, what: `\`${one.name}()\` hides whatever goes wrong in it` }] : [];
  });
}

function catchesIn(one: NamedFunction, language: Language): SyntaxNode[] {
  const isOwn = (node: SyntaxNode) => node === one.node || functionNode(node) === false;
  const given = new Set([...within(one.node.child("parameters") ?? one.node)].filter(({ type }) => /identifier$/.test(type)).map(({ text }) => text)); // prettier-ignore
  const calls = (node: SyntaxNode) => [...within(node)].filter(({ type }) => /^call(_expression)?$/.test(type));
  // What others handed in may do anything.
  const isTheirs = (node: SyntaxNode) => calls(node).some((call) => call.child("function")?.type === "identifier" && given.has(call.child("function")?.text ?? "")); // prettier-ignore
  if (familyOf(language) === "go")
    return [...within(one.body)].filter((node) => node.type === "defer_statement" && isSilent(node) && !isTheirs(one.body)); // prettier-ignore
  return [...within(one.body, isOwn)].filter((node) => {
    const body = node.type === "try_statement" ? node.child("body") : null;
    if (body === null || MAY_FAIL.test(body.text) || isTheirs(body)) return false;
    return node.children.some(
      (handler) => /^(catch_clause|except_clause)$/.test(handler.type) && answersNothing(handler),
    );
  });
}

function functionNode(node: SyntaxNode): boolean {
  return /^(function_declaration|function_definition|method_definition|class_declaration|class_definition)$/.test(node.type); // prettier-ignore
}

function answersNothing(handler: SyntaxNode): boolean {
  const body = handler.child("body") ?? handler.parts.find((one) => one.type === "block");
  if (!body) return false;
  const kind = handler.parts.filter((one) => one !== body).map(({ text }) => text).join(); // prettier-ignore
  if (handler.type === "except_clause" && kind !== "" && !/^(Base)?Exception\b/.test(kind)) return false;
  return body.parts.length <= 1 && body.parts.every((one) => NOTHING.test(one.text.trim()));
}

/** `defer func() { _ = recover() }()`: nobody hears of what was recovered. */
function isSilent(deferred: SyntaxNode): boolean {
  const body = [...within(deferred)].find((one) => one.type === "func_literal")?.child("body");
  const text = body?.text.replace(/\s+/g, " ") ?? "";
  return /^\{ (_ = )?recover\(\);? \}$/.test(text);
}
