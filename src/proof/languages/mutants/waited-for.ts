import { above, FUNCTION, type SyntaxNode } from "../syntax/syntax.ts";

/** Who is given a function here looks at nothing that it answers. */
const CALLERS =
  /^(forEach|addEventListener|addListener|on|once|subscribe|setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|finally|waitUntil)$/;

/** Whether somebody looks at what a call answers; a promise that is only waited for, or handed to a timer, tells nobody. */
export function isLookedAt(call: SyntaxNode): boolean {
  let at = call;
  for (let outer = at.parent; outer !== null; outer = at.parent) {
    const next = receiver(outer, at);
    if (typeof next === "boolean") return next;
    at = next;
  }
  return false;
}

/** What answers the same, or whether anybody looks. */
function receiver(outer: SyntaxNode, from: SyntaxNode): SyntaxNode | boolean {
  if (FUNCTION.test(outer.type)) return outer;
  switch (outer.type) {
    case "await_expression":
    case "parenthesized_expression":
    case "array":
      return outer;
    case "binary_expression":
      return from.field === "right" ? outer : true;
    case "ternary_expression":
      return from.field === "condition" ? true : outer;
    case "return_statement":
      return [...above(outer)].find(({ type }) => FUNCTION.test(type)) ?? true;
    case "member_expression":
      return (outer.child("property")?.text === "finally" && outer.parent) || true;
    case "arguments":
      return ofCall(outer, from);
    case "expression_statement":
    case "jsx_expression":
      return false;
    default:
      return !isVoid(outer);
  }
}

function ofCall({ parent: call }: SyntaxNode, given: SyntaxNode): SyntaxNode | boolean {
  const callee = call?.child("function");
  if (!call || !callee) return true;
  const name = (callee.child("property") ?? callee).text;
  if (CALLERS.test(name)) return false;
  const isSame = FUNCTION.test(given.type) ? name === "map" : /^Promise\.(all|allSettled)$/.test(callee.text);
  return isSame ? call : true;
}

const isVoid = (one: SyntaxNode) => one.type === "unary_expression" && /^void\b/.test(one.text);

/** Whether somebody waits for it, and uses at once what was answered: there nothing at all stands for something. */
export function isTakenForAnswer(call: SyntaxNode): boolean {
  let [at, isAwaited] = [call, false];
  for (const outer of above(call)) {
    if (outer.type === "await_expression") isAwaited = true;
    else if (outer.type !== "parenthesized_expression") {
      if (outer.type === "binary_expression" && at.field === "right") return false;
      return isAwaited && !isLeft(outer);
    }
    at = outer;
  }
  return false;
}

const isLeft = (outer: SyntaxNode) =>
  isVoid(outer) || FUNCTION.test(outer.type) || /^(expression_statement|return_statement|array)$/.test(outer.type);
