import type { FileDiff } from "../../../trees/diff.ts";
import { functionsOf, type NamedFunction } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { mayFail, ownerOf, type Scope, scopeOf, thrownIn } from "../tests/may-fail.ts";
import type { Parsed } from "../syntax/parser.ts";
import { type SyntaxNode, within, plain } from "../syntax/syntax.ts";

const NOTHING = /^(return|pass|continue|break)?\s*(null|undefined|None|NaN|true|false|True|False|-?\d+(\.\d+)?|""|''|``|\[\]|\{\}|\(\))?;?$/; // prettier-ignore

/**
 * Functions that were there before and now catch whatever goes wrong in them and answer with nothing: a defect is hidden
 * where it shows. Only what calls nothing but functions of this repository is meant, as far as they are known: anything
 * else may fail for reasons that no code can exclude. One kind of error by its class, an answer made from the error, and
 * a `try` that answers nothing (`close()`) are not meant.
 * @param imported functions of other files, by the names that this one imports
 */
export function caughtAll(
  file: FileDiff,
  before: Parsed,
  after: Parsed,
  imported: Scope["imported"] = new Map(),
): { line: number; what: string }[] {
  if (before.outcome === "cannot" || after.outcome === "cannot") return [];
  const known = functionsOf(before.root, before.language);
  const all = functionsOf(after.root, after.language);
  const silent = (of: readonly NamedFunction[], language: Language) =>
    new Set(of.flatMap((one) => catchesIn(one, language)));
  const old = silent(known, before.language);
  if (silent(all, after.language).size <= old.size) return [];
  const texts = new Set([...old].map(plain));
  const lines = new Set(file.addedLines.map((one) => one.line));
  const scope = scopeOf(after.root, after.language, imported);
  return all.flatMap((one) => {
    const was = known.find(({ name, node }) => name === one.name && ownerOf(node) === ownerOf(one.node));
    const now = catchesIn(one, after.language);
    if (!was || now.length <= catchesIn(was, before.language).length) return [];
    const thrown = thrownIn(was.node);
    const isHiding = (caught: SyntaxNode) =>
      !texts.has(plain(caught)) && triedBy(caught, one).every((part) => !mayFail(part, one, scope, thrown));
    const added = now.find((caught) => lines.has(caught.line) && isHiding(caught));
    return added ? [{ line: added.line, what: `\`${one.name}()\` now swallows every error` }] : [];
  });
}

/** The `try` statements of a function that catch everything and say nothing; in Go what is deferred for that. */
function catchesIn(one: NamedFunction, language: Language): SyntaxNode[] {
  const isOwn = (node: SyntaxNode) => !FUNCTION.test(node.type);
  if (familyOf(language) === "go")
    return [...within(one.body, isOwn)].filter(
      (node) => node.type === "defer_statement" && isSilent(node) && one.node.child("result") !== null,
    );
  return [...within(one.body, isOwn)].filter((node) => {
    const body = node.type === "try_statement" ? node.child("body") : null;
    if (body === null || !answers(body)) return false;
    return node.children.some(
      (handler) => /^(catch_clause|except_clause)$/.test(handler.type) && answersNothing(handler),
    );
  });
}

const FUNCTION = /^(function_declaration|function_definition|method_definition|class_declaration|class_definition)$/;

/** What would fail loudly without it. */
function triedBy(caught: SyntaxNode, { body }: NamedFunction): SyntaxNode[] {
  if (caught.type === "try_statement") return [caught.child("body") ?? caught];
  const steps = body.parts.flatMap((one) => (one.type === "statement_list" ? one.parts : [one]));
  return steps.filter((one) => one !== caught);
}

const INNER = /^(arrow_function|function_expression|lambda|function_declaration|function_definition)$/;

/** Whether it gives something back, or keeps it under a name. */
function answers(body: SyntaxNode): boolean {
  return [...within(body, ({ type }) => !INNER.test(type))].some((one) => {
    if (one.type === "return_statement") return one.parts.length > 0;
    if (!/^(assignment|assignment_expression)$/.test(one.type)) return false;
    return /^(identifier|variable_name)$/.test(one.child("left")?.type ?? "");
  });
}

const ANY_ERROR = /^(Base)?Exception$|^(Throwable|RuntimeException|Error)$/;

/**
 * Whether it is for every kind of error, and says nothing of any.
 * @param isLeft other steps that do not count
 */
export function answersNothing(handler: SyntaxNode, isLeft: (step: SyntaxNode) => boolean = () => false): boolean {
  const body = handler.child("body") ?? handler.parts.find((one) => one.type === "block");
  if (!body) return false;
  const kinds = kindsOf(handler);
  if (kinds.length > 0 && !kinds.some((kind) => ANY_ERROR.test(kind))) return false;
  const steps = body.parts.filter((one) => !doesNothing(one) && !isLeft(one));
  return steps.length <= 1 && steps.every((one) => NOTHING.test(one.text.trim()));
}

/** The classes of errors that it is for; empty where it is for all, as always in JavaScript. */
function kindsOf(handler: SyntaxNode): string[] {
  const said =
    handler.type === "except_clause"
      ? handler.parts.filter((one) => one.type !== "block")
      : handler.parts.flatMap((one) => {
          if (one.field === "type") return [one];
          if (/^catch_(formal_parameter|declaration)$/.test(one.type))
            return one.parts.filter((part) => part.field === "type" || part.type === "catch_type");
          return [];
        });
  const isName = /^(identifier|type_identifier|name|qualified_name|attribute)$/;
  const found = said.filter(({ field, type }) => !(field === "type" && type === "type_annotation"));
  return found
    .flatMap((one) => [...within(one, ({ type }) => !/^(as_pattern_target|attribute)$/.test(type))])
    .filter(({ type }) => isName.test(type))
    .map(({ text }) => text.replace(/^.*[.\\]/, ""));
}

/** `void e`, `_ = e`, `e;` */
function doesNothing(one: SyntaxNode): boolean {
  return one.type === "expression_statement" && /^(void \w+|_\w* = \w+|\w+);?$/.test(one.text);
}

/** `defer func() { _ = recover() }()`: nobody hears of what was recovered. */
function isSilent(deferred: SyntaxNode): boolean {
  const body = [...within(deferred)].find((one) => one.type === "func_literal")?.child("body");
  const steps = (body?.parts ?? []).flatMap((one) => (one.type === "statement_list" ? one.parts : [one]));
  if (!steps.some(({ text }) => /\brecover\(\)/.test(text))) return false;
  return steps.every((one) => {
    if (one.type !== "if_statement") return /^((_|\w+) :?= )?(recover\(\)|\w+)$/.test(plain(one));
    const then = one.child("consequence")?.parts.flatMap((part) => (part.type === "statement_list" ? part.parts : [part])); // prettier-ignore
    return one.child("alternative") === null && (then ?? []).every(({ text }) => /^(return|_ = \w+)$/.test(text));
  });
}
