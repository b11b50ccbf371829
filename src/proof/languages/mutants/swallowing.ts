import { familyOf, type Language } from "../syntax/grammar.ts";
import { above, FUNCTION, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { answersNothing } from "../unfinished/caught-all.ts";
import { isLookedAt, isTakenForAnswer } from "./waited-for.ts";

/** What is thrown, and where. */
type Swallowing = {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly start: number;
  readonly end: number;
  /** What fails, and what is answered then. */
  readonly whole: readonly SyntaxNode[];
  /** Where it begins, and where it is answered: who changes one of them is asked. */
  readonly lines: readonly number[];
};

/**
 * Where an error of any kind becomes an answer that says nothing of it: `.catch(() => [])`, `except Exception: continue`, `if err != nil {
 * return nil }`. Such a way out may be meant, and then a test goes through it: with the change it fails loudly instead.
 */
export function swallowing(node: SyntaxNode, language: Language): Swallowing[] {
  switch (familyOf(language)) {
    case "js":
      return [...ofPromise(node), ...ofTry(node, "throw new Error(); "), ...settled(node)];
    case "python":
      return [...ofTry(node, "raise Exception(); "), ...suppressed(node)];
    case "go":
      return ofGo(node);
    case "other":
      return [];
  }
}

type Place = { readonly start: number; readonly end: number };

function change(node: SyntaxNode, { start, end }: Place, to: string, whole: readonly SyntaxNode[]): Swallowing {
  const { line, text } = node;
  const last = whole.at(-1) ?? node;
  // A chain begins far above its `.catch`.
  const begins = (last.child("function")?.child("property") ?? last).line;
  const answered = Array.from({ length: node.endLine - line + 1 }, (_, at) => line + at);
  return { line, from: text, to, start, end, whole, lines: [begins, ...answered] };
}

/** `console.error(error)`, `log.Println(err)`: whoever asked is told nothing by it. */
const TOLD =
  /^(console|log|logger|logging|slog|warnings|this\.(log|logger)|self\.(log|logger)|self\._log|self\._logger)\.(log|error|warn|warning|info|debug|exception|Print(f|ln)?|Error(f|Context)?|Warn(f|Context)?|Info(f|Context)?|Debug(f|Context)?)$|^print$|^fmt\.(Print|Fprint)(f|ln)?$/;

function isTold(step: SyntaxNode): boolean {
  const call = step.type === "expression_statement" ? step.parts[0] : step;
  return /^call(_expression)?$/.test(call?.type ?? "") && TOLD.test(call?.child("function")?.text ?? "");
}

/** A plain value, written down. */
const PLAIN = /^\(?(null|undefined|NaN|true|false|-?\d+(\.\d+)?|""|''|``|\[\]|\{\}|void 0)\)?$/;
const NOTHING = /^(undefined|void 0)$/;

/**
 * `.catch(() => [])` whose answer somebody looks at. A handler that answers nothing at all (`() => {}`) is like an empty `catch` around
 * `close()`, unless what was waited for is used at once.
 */
function ofPromise(node: SyntaxNode): Swallowing[] {
  const callee = node.type === "call_expression" ? node.child("function") : null;
  const [first, second, more] = node.child("arguments")?.parts ?? [];
  const name = callee?.child("property")?.text;
  const handler = name === "catch" && !second ? first : name === "then" && !more ? second : undefined;
  const value = handler && answerOf(handler);
  if (!handler || value === undefined || !PLAIN.test(value)) return [];
  if (!(NOTHING.test(value) ? isTakenForAnswer(node) : isLookedAt(node))) return [];
  return [change(handler, handler, "(e) => { throw e; }", [node])];
}

/** What a handler answers, as it is written; undefined where it does anything else. */
function answerOf(handler: SyntaxNode): string | undefined {
  const written = valueOf(handler);
  const body = /^(arrow_function|function_expression|function_declaration)$/.test(written.type)
    ? written.child("body")
    : null;
  const [step, next] = body?.type === "statement_block" ? body.parts.filter((one) => !isTold(one)) : [body];
  const value = step?.type === "return_statement" ? step.parts[0] : step;
  if (!body || next) return handler.text === "noop" ? "undefined" : undefined;
  return value ? valueOf(value).text : "undefined";
}

/** What a name stands for, where that is written at the top of the file. */
function valueOf(node: SyntaxNode): SyntaxNode {
  return (node.type === "identifier" && writtenIn(node.root).get(node.text)) || node;
}

const writtenIn = oncePerNode((root): Map<string, SyntaxNode> => {
  const steps = root.parts.flatMap((one) => (one.type === "export_statement" ? one.parts : [one]));
  const found = steps.flatMap((one): [string, SyntaxNode][] => {
    if (one.type === "function_declaration") return [[one.child("name")?.text ?? "", one]];
    if (one.type !== "lexical_declaration" || !one.text.startsWith("const")) return [];
    return one.parts.flatMap((part): [string, SyntaxNode][] => {
      const value = part.child("value");
      return value ? [[part.child("name")?.text ?? "", value]] : [];
    });
  });
  return new Map(found);
});

const LOOP = /^(for_statement|for_in_statement|while_statement)$/;
const KEEPS = /^(push|append|add|set|extend|update|concat)$/;

/** What a `try` would have answered, or kept of this round of a loop, is left out without a word. */
function ofTry(node: SyntaxNode, code: string): Swallowing[] {
  const body = node.type === "try_statement" ? node.child("body") : null;
  const handlers = node.children.filter((one) => /^(catch_clause|except_clause)$/.test(one.type));
  const silent = handlers.find((one) => answersNothing(one, isTold));
  const block = silent?.child("body") ?? silent?.parts.find((one) => one.type === "block");
  if (!body || !silent || !block || isForModule(body) || !(isInLoop(node) ? keeps(body) : gives(body))) return [];
  const at = block.parts.find(({ type }) => !/comment$/.test(type))?.start ?? block.start + 1;
  return [change(silent, { start: at, end: at }, code, [node])];
}

const MODULE = String.raw`(await\s+)?(require(\.resolve)?|import|importlib\.import_module)\(\s*["'][^"']+["']\s*\)`;
const FOR_MODULE = new RegExp(String.raw`^(return\s+|(const|let|var)\s+[^=]+=\s*)?\(?${MODULE}\)?(\.\w+)*;?$`);

/** `return require("sqlite")`: a module that may be lacking. Only it may fail there. */
function isForModule(body: SyntaxNode): boolean {
  const [first, ...rest] = body.parts;
  const isOnly = rest.every(({ text }) => /^return\s+[\w.]+;?$/.test(text));
  return isOnly && FOR_MODULE.test(first?.text ?? "");
}

function isInLoop(node: SyntaxNode): boolean {
  const outer = [...above(node)].find(({ type }) => LOOP.test(type) || FUNCTION.test(type));
  return outer !== undefined && LOOP.test(outer.type);
}

function gives(body: SyntaxNode): boolean {
  return [...within(body, ({ type }) => !FUNCTION.test(type))].some(
    (one) => one.type === "return_statement" && one.parts.length > 0,
  );
}

function keeps(body: SyntaxNode): boolean {
  return [...within(body, ({ type }) => !FUNCTION.test(type))].some(
    (one) =>
      /^(augmented_assignment|augmented_assignment_expression|assignment|assignment_expression)$/.test(one.type) ||
      (/^call(_expression)?$/.test(one.type) && KEEPS.test(methodOf(one))) ||
      (one.type === "return_statement" && one.parts.length > 0),
  );
}

function methodOf(call: SyntaxNode): string {
  const callee = call.child("function");
  return (callee?.child("property") ?? callee?.child("attribute"))?.text ?? "";
}

/** `with contextlib.suppress(Exception): return …`; one kind of error by its class is meant. */
function suppressed(node: SyntaxNode): Swallowing[] {
  const body = node.type === "with_statement" ? node.child("body") : null;
  const item = node.parts.find(({ type }) => type === "with_clause");
  if (!body || !/^(contextlib\.)?suppress\((Base)?Exception\)$/.test(item?.text ?? "")) return [];
  const call = item && [...within(item)].find(({ type }) => type === "argument_list");
  if (!call || isForModule(body) || !(isInLoop(node) ? keeps(body) : gives(body))) return [];
  return [change(call, call, "()", [node])];
}

/** Of `Promise.allSettled` only what went well is looked at. */
function settled(node: SyntaxNode): Swallowing[] {
  const callee = node.type === "call_expression" ? node.child("function") : null;
  const given = node.child("arguments")?.parts[0];
  if (callee?.text !== "Promise.allSettled" || !given) return [];
  const around = [...above(node)].find(({ type }) => FUNCTION.test(type))?.text ?? "";
  if (!/["'`]fulfilled["'`]/.test(around) || /["'`]rejected["'`]|\breason\b/.test(around)) return [];
  const to = `Promise.all(${given.text}).then((all) => all.map((value) => ({ status: "fulfilled" as const, value })))`;
  return [change(callee, node, to.replace(" as const", ""), [node])];
}

/** `if err != nil { return nil }` of a function that could hand the error on. */
function ofGo(node: SyntaxNode): Swallowing[] {
  const condition = node.type === "if_statement" ? node.child("condition") : null;
  const [, name] = /^(\w*[eE]rr) != nil$/.exec(condition?.text ?? "") ?? [];
  const steps = node.child("consequence")?.parts.flatMap((one) => (one.type === "statement_list" ? one.parts : [one]));
  const [only, more] = (steps ?? []).filter((one) => !/comment$/.test(one.type) && !isTold(one));
  const owner = [...above(node)].find(({ type }) => /^(function_declaration|method_declaration|func_literal)$/.test(type)); // prettier-ignore
  if (name === undefined || !only || more || !owner || owner.type === "func_literal") return [];
  const result = owner.child("result")?.text ?? "";
  if (only.type === "continue_statement" && (steps ?? []).some(isTold) && isPartLeftOut(only, result))
    return [change(only, only, `panic(${name})`, [...failing(node), node])];
  if (only.type !== "return_statement") return [];
  const answers = only.parts[0]?.type === "expression_list" ? only.parts[0].parts : only.parts;
  const isSilent =
    /\berror\)?$/.test(result) && answers.at(-1)?.text === "nil" && !only.text.split(/\W+/).includes(name);
  return isSilent ? [change(only, only, `panic(${name})`, [...failing(node), node])] : [];
}

/** `log.Println(err); continue` of a loop over something: the answer, which could be an error as well, lacks a part. A server goes on. */
function isPartLeftOut(step: SyntaxNode, result: string): boolean {
  const loop = [...above(step)].find(({ type }) => LOOP.test(type));
  return loop?.parts[0]?.type === "range_clause" && /^\(.*,\s*error\)$/s.test(result);
}

/** What stands before `if err != nil`, unless it is a part of it. */
function failing(node: SyntaxNode): SyntaxNode[] {
  const steps = node.parent?.parts ?? [];
  const before = node.child("initializer") === null ? steps[steps.indexOf(node) - 1] : undefined;
  return before ? [before] : [];
}
