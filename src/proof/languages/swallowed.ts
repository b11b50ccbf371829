import { type SyntaxNode, within } from "./syntax.ts";
import { wordsOf } from "./test-cases.ts";

/** `.catch(() => undefined)` behind an assertion, or `.then(next, () => undefined)`. */
export function isCaughtPromise(node: SyntaxNode, assertion: SyntaxNode): boolean {
  if (node.type !== "call_expression") return false;
  const last = wordsOf(node.child("function")).at(-1) ?? "";
  const given = node.child("arguments")?.parts ?? [];
  const handler = last === "catch" ? given[0] : last === "then" ? given[1] : undefined;
  // What stands in the call itself its own handler does not see.
  const isBefore = assertion.end <= (node.child("function")?.end ?? 0);
  return handler !== undefined && (last === "catch" || isBefore) && isContent(handler);
}

/** `console.error`, `noop`, a function that neither throws nor asserts. */
function isContent(handler: SyntaxNode): boolean {
  if (/^(identifier|member_expression)$/.test(handler.type)) return /^console\.\w+$|^(noop|ignore|swallow)$/i.test(handler.text); // prettier-ignore
  const body = handler.child("body");
  if (!body) return false;
  const caught = (handler.child("parameter") ?? handler.child("parameters")?.parts[0])?.text ?? null;
  if (body.type === "statement_block") return !body.parts.some((one) => failsAtOnce(one, caught));
  return !/\b(assert|expect|fail|done)\b/.test(body.text) || takesAnyFailure(body.text, caught);
}

/** A handler that neither throws on every path nor asserts: `if (left === 0) throw error` lets most failures pass. */
export function swallows(body: SyntaxNode): boolean {
  const last = body.parent?.children.find((one) => one.type === "finally_clause");
  // What `finally` returns takes the place of what was thrown.
  if (last && [...within(last)].some((one) => one.type === "return_statement")) return true;
  const handlers =
    body.parent?.children.filter((one) => /^(catch_clause|except_clause|except_group_clause)$/.test(one.type)) ?? [];
  return handlers.some((handler) => {
    const block = handler.child("body") ?? handler.parts.find((one) => one.type === "block");
    if (!block) return true;
    // A handler for one's own kind of error is about the code, not about the assertion.
    const kind =
      handler.type === "except_clause"
        ? handler.parts
            .filter((one) => one !== block)
            .map((one) => one.text)
            .join()
        : "";
    if (kind !== "" && !/\b(Exception|BaseException|AssertionError)\b/.test(kind)) return false;
    const caught = handler.child("parameter")?.text ?? /\bas (\w+)$/.exec(kind)?.[1] ?? null;
    return !block.parts.some((one) => failsAtOnce(one, caught));
  });
}

/** @param caught the name by which a handler has the failure */
function failsAtOnce(statement: SyntaxNode, caught: string | null): boolean {
  if (/^(throw_statement|raise_statement|return_statement)$/.test(statement.type))
    return statement.type !== "return_statement";
  if (!/^(await )?(assert|expect|t\.|self\.(assert|fail)|pytest\.fail|fail\(|done\()/.test(statement.text))
    return false;
  return !takesAnyFailure(statement.text, caught);
}

/** What holds for the failure of an assertion as for each other one: `assert.ok(error)`, `error instanceof Error`. */
const TAKES_ANY = [
  /^(await )?assert(\.ok)?\(E(\.message|\.stack)?( instanceof (Error|Object|(assert\.)?AssertionError))?[,)]/,
  /^assert\.not\w*\(E,/,
  /^assert\.(equal|strictEqual)\(typeof E,/,
  /^expect\(E(\.message)?\)\.(toBeDefined|toBeTruthy|not\.toBe(Null|Undefined|Falsy))\(/,
  /^expect\(E\)\.toBeInstanceOf\((Error|Object|AssertionError)\)/,
  /^assert E(\.args)?( is not None)?(,|$)/,
  /^assert isinstance\(E, (AssertionError|Exception|BaseException)\)/,
  /^self\.assert(True|IsNotNone)\(E[,)]/,
  /^self\.assertIsInstance\(E, (AssertionError|Exception|BaseException)[,)]/,
].map(({ source }) => source);

function takesAnyFailure(code: string, caught: string | null): boolean {
  const name = /^\(?(\w+)/.exec(caught ?? "")?.[1];
  if (name === undefined) return false;
  const text = code.replace(/\s+/g, " ").replaceAll(new RegExp(`\\b${name}\\b`, "g"), "E");
  return TAKES_ANY.some((one) => new RegExp(one).test(text));
}
