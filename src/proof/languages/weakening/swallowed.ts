import { above, givenIn, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { placesOf } from "../syntax/places.ts";
import { wordsOf } from "../tests/test-cases.ts";

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
  return handlersOf(body).some((handler) => {
    const block = blockOf(handler);
    if (!block) return true;
    // A handler for one's own kind of error is about the code, not about the assertion.
    const kind = kindOf(handler);
    if (kind !== "" && !ANY_FAILURE.test(kind) && !ANY_FAILURE.test(kindsByName(kind, body.root))) return false;
    const caught = caughtBy(handler);
    return !block.parts.some((one) => failsAtOnce(one, caught)) && !keeps(block, caught);
  });
}

/** Whether a failure in the body of a `try` is put aside for the test to look at, so that the test hears it from a thread too. */
export function keepsFailures(body: SyntaxNode): boolean {
  if (body.parent?.type !== "try_statement" || body.parent.child("body") !== body || swallows(body)) return false;
  return handlersOf(body).some((handler) => {
    const block = blockOf(handler);
    return block !== undefined && keeps(block, caughtBy(handler));
  });
}

const ANY_FAILURE = /\b(Exception|BaseException|AssertionError|failureException)\b/;

/** What `KNOWN` of `except KNOWN:` stands for: `KNOWN = (AssertionError, Full)`. */
function kindsByName(kind: string, root: SyntaxNode): string {
  return [...kind.matchAll(/\b[A-Za-z_]\w*/g)].map(([name]) => tuples(root).get(name) ?? "").join();
}

const tuples = oncePerNode((root): ReadonlyMap<string, string> => {
  const given = [...within(root)].flatMap((one) => givenIn(one) ?? []);
  return new Map(given.flatMap(({ left, right }) => (right && /^(tuple|identifier|attribute|binary_operator)$/.test(right.type) ? [[left.text, right.text] as const] : []))); // prettier-ignore
});

function handlersOf(body: SyntaxNode): SyntaxNode[] {
  return (
    body.parent?.children.filter((one) => /^(catch_clause|except_clause|except_group_clause)$/.test(one.type)) ?? []
  );
}

function blockOf(handler: SyntaxNode): SyntaxNode | undefined {
  return handler.child("body") ?? handler.parts.find((one) => one.type === "block");
}

/** `Exception as error` */
function kindOf(handler: SyntaxNode): string {
  if (handler.type !== "except_clause") return "";
  const block = blockOf(handler);
  return handler.parts
    .filter((one) => one !== block)
    .map((one) => one.text)
    .join();
}

function caughtBy(handler: SyntaxNode): string | null {
  return handler.child("parameter")?.text ?? /\bas (\w+)$/.exec(kindOf(handler))?.[1] ?? null;
}

/** What a thread's failures are kept in for the test to look at: `errors.append(error)`, and later `assert errors == []`. */
function keeps(block: SyntaxNode, caught: string | null): boolean {
  const [only, more] = block.parts;
  const error = /^\(?(\w+)/.exec(caught ?? "")?.[1];
  const kept = /^(\w+)(?:\.(?:append|push|put|add)\((\w+)\)| = (\w+));?$/.exec(only?.text ?? "");
  if (more || !kept?.[1] || error === undefined || (kept[2] ?? kept[3]) !== error) return false;
  const around = [...above(block)];
  const code = around.filter(({ type }) => FUNCTION.test(type)).at(-1);
  const uses = placesOf(kept[1], around.at(-1) ?? block);
  const later = uses.filter(({ start }) => start >= block.end && start < (code?.end ?? 0));
  return later.some((use) => {
    const statement = [...above(use)].find(({ type }) => STATEMENT.test(type));
    return wantsNone(kept[1] ?? "").test(statement?.text.trim() ?? "");
  });
}

const FUNCTION = /^(arrow_function|function_expression|function_definition|function_declaration)$/;
const STATEMENT = /^(expression_statement|assert_statement|raise_statement|throw_statement)$/;

/** The assertions that hold for no failure alone; `assert.ok(errors)` does for each number of them. */
function wantsNone(name: string): RegExp {
  const none = "(\\[\\]|null|undefined|None)";
  return new RegExp(
    [
      `^assert not ${name}(,|$)`,
      `^assert ${name} (==|is) ${none}(,|$)`,
      `^assert len\\(${name}\\) == 0(,|$)`,
      `^(raise|throw) ${name}\\b`,
      `^(assert|t)\\.(deepStrictEqual|strictEqual|deepEqual|equal|ifError)\\(${name}(, ${none}[,)]|\\.length, 0[,)]|\\);?$)`,
      `^expect\\(${name}\\)\\.(to(Strict)?Equal\\(${none}\\)|toBe\\(${none}\\)|toHaveLength\\(0\\)|toBe(Null|Undefined)\\(\\))`,
      `^self\\.(assertFalse\\(${name}|assertIsNone\\(${name}|assert(List)?Equal\\(${name}, ${none})[,)]`,
    ].join("|"),
  );
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
