import { placesOf } from "../syntax/places.ts";
import { above, FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";

/** These ask what something is, and do not call it. */
const ONLY_LOOKS =
  /^(callable|isinstance|type|len|id|repr|str|String|Boolean|bool|print|log|info|debug|Println|isArray|ok|assert|assertTrue|assertIsNotNone|NotNil)$/;
const HOLDS =
  /^(pair|array|object|list|dictionary|parenthesized_expression|as_expression|satisfies_expression|keyed_element|literal_element|literal_value|composite_literal)$/;
/** `Object.keys(checks)`, `sorted(checks)`: names, and nothing that can be called. */
const NAMES = /^(Object\.(keys|getOwnPropertyNames)|sorted)$/;
const MATCHERS_THAT_LOOK = /^(toHaveLength|toBe(Defined|Truthy|InstanceOf)|toHaveProperty|toBe(Null|Undefined|Falsy))$/;

/** Whether a place stands in a function inside `root` that nothing there calls or hands on. */
export function isUncalled(node: SyntaxNode, root: SyntaxNode): boolean {
  for (const outer of above(node)) {
    if (outer === root) return false;
    if (!FUNCTION.test(outer.type)) continue;
    const held = heldBy(outer, root);
    if (isThrownAway(held) || isHandedBack(held, root) || isGetterOfNobody(outer, root)) return true;
    if (isRegistered(outer)) continue;
    const name = nameOf(held);
    if (name !== null && !isUsed(name, root)) return true;
  }
  return false;
}

/** `@app.get("/orders")` hands the function on to `app`; a decorator of a library only wraps it. */
function isRegistered({ parent }: SyntaxNode): boolean {
  if (parent?.type !== "decorated_definition") return false;
  return parent.parts.some((one) => one.type === "decorator" && /^@(?!(functools|contextlib|pytest|mock|unittest|typing|atexit|asyncio)\b)\w+(\.\w+)+\(/.test(one.text)); // prettier-ignore
}

/** The list or object in which a function stands, or the function. */
function heldBy(inner: SyntaxNode, root: SyntaxNode): SyntaxNode {
  let at = inner;
  while (at !== root && at.parent && (HOLDS.test(at.parent.type) || (at.type === "method_definition" && at.parent.type === "object") || isOfMap(at))) at = at.parent; // prettier-ignore
  return at;
}

/** `new Map([["adds", () => …]])` */
function isOfMap({ parent }: SyntaxNode): boolean {
  const made = parent?.type === "arguments" ? parent.parent : parent;
  return made?.type === "new_expression" && /^(Map|Set|Array)$/.test(made.child("constructor")?.text ?? "");
}

/** A test answers a function, or an object of them: its runner calls neither. */
function isHandedBack(held: SyntaxNode, root: SyntaxNode): boolean {
  if (held === root) return false;
  if (held.parent === root)
    return /^(arrow_function|function_expression|lambda)$/.test(held.type) || HOLDS.test(held.type);
  if (held.parent?.type !== "return_statement") return false;
  for (const outer of above(held)) {
    if (outer === root) return true;
    if (FUNCTION.test(outer.type)) return false;
  }
  return false;
}

/** `get due() { … }` of an object whose `due` nobody reads. */
function isGetterOfNobody(method: SyntaxNode, root: SyntaxNode): boolean {
  if (method.type !== "method_definition" || !method.children.some(({ type }) => type === "get")) return false;
  const name = method.child("name")?.text;
  const isOutside = (one: SyntaxNode) => one.end <= method.start || one.start >= method.end;
  return ![...within(root)].some((one) => isOutside(one) && /identifier/.test(one.type) && one.text === name);
}

/** `later = lambda: …`, `const later = () => …`, `def later(): …`, `later := func() { … }` */
function nameOf(inner: SyntaxNode): string | null {
  if (/^function_(definition|declaration)$/.test(inner.type)) return inner.child("name")?.text ?? null;
  const holder = inner.parent?.type === "expression_list" ? inner.parent.parent : inner.parent;
  if (!holder || !/^(assignment|variable_declarator|short_var_declaration)$/.test(holder.type)) return null;
  const name = (holder.child("left") ?? holder.child("name"))?.text ?? "";
  return /^\w+$/.test(name) ? name : null;
}

function isUsed(name: string, root: SyntaxNode): boolean {
  return placesOf(name, root).some(isUse);
}

/** Whether the place of a name calls it or hands it on: nobody does who defines it, throws it away or asks what it is. */
export function isUse(one: SyntaxNode): boolean {
  const { parent } = one;
  if (parent?.type === "export_specifier") return true;
  if (!parent || ((parent.child("name") ?? parent.child("left")) === one && !/^call/.test(parent.type))) return false;
  if (parent.type === "expression_list" && parent.parent?.child("left") === parent) return false;
  if (isThrownAway(one)) return false;
  const call = [...above(one)].find((outer) => /^call(_expression)?$/.test(outer.type));
  const callee = call?.child("function");
  if (!call || !callee || callee === one) return true;
  if (callee.text === "expect") return !isOnlyMatched(call);
  const isAlone = call.child("arguments")?.parts[0] === one;
  return !(isAlone && NAMES.test(callee.text)) && !ONLY_LOOKS.test(/(?<!\w)\w+$/.exec(callee.text)?.[0] ?? "");
}

/** `expect(checks).toHaveLength(2)` */
function isOnlyMatched(expected: SyntaxNode): boolean {
  for (const outer of above(expected)) {
    if (outer.type === "call_expression")
      return MATCHERS_THAT_LOOK.test(outer.child("function")?.child("property")?.text ?? "");
    if (outer.type !== "member_expression") return false;
  }
  return false;
}

/** `void later`, `later;`, `_ = later`, `later !== null`, `later.length` */
function isThrownAway(value: SyntaxNode): boolean {
  const { parent } = value;
  if (!parent) return false;
  if (/^(parenthesized_expression|as_expression|satisfies_expression|non_null_expression)$/.test(parent.type))
    return isThrownAway(parent);
  if (/^(unary_expression|not_operator)$/.test(parent.type)) return /^(void|typeof|not)\b|^!/.test(parent.text);
  if (parent.type === "expression_statement") return true;
  if (/^(binary_expression|comparison_operator)$/.test(parent.type))
    return parent.children.some(({ text }) => /^([!=]==?|is|is not)$/.test(text));
  if (parent.type === "member_expression" && parent.child("object") === value)
    return /^(length|name|constructor|size|toString|has|keys)$/.test(parent.child("property")?.text ?? "");
  const given = parent.type === "expression_list" ? parent.parent : parent;
  const left = given?.child("left") ?? given?.child("name");
  return left?.text === "_" && left !== value && given?.child("left") !== parent;
}

/** The right side of `got === undefined || assert.equal(got, 4)`. */
export function isOnlyReachedSometimes(node: SyntaxNode, outer: SyntaxNode): boolean {
  if (isBehindFailure(node, outer)) return true;
  if (!/^(binary_expression|boolean_operator)$/.test(outer.type) || outer.child("right") !== node) return false;
  return outer.children.some((one) => /^(\|\||&&|\?\?|and|or)$/.test(one.text));
}

const WANTS_FAILURE = /\b(assertRaises\w*|raises)\((?!.*(AssertionError|failureException))/;

/** An assertion under `with self.assertRaises(…)` behind the step that is to fail: what fails as it should never comes to it. */
function isBehindFailure(node: SyntaxNode, outer: SyntaxNode): boolean {
  if (outer.type !== "block" || outer.parent?.type !== "with_statement" || !isAssertion(node)) return false;
  const head = outer.parent.text.slice(0, outer.start - outer.parent.start);
  if (!WANTS_FAILURE.test(head)) return false;
  const at = outer.parts.indexOf(node);
  return outer.parts.slice(0, at).some(mayFail) && !outer.parts.slice(at + 1).some(mayFail);
}

/** `verify(order)` may be the product's own function, which is to fail there. */
function isAssertion(node: SyntaxNode): boolean {
  return [...within(node)].some(
    (one) =>
      one.type === "assert_statement" ||
      (one.type === "call" && /^\w+\.assert[A-Z]\w*$/.test(one.child("function")?.text ?? "")),
  );
}

const ONLY_SAYS = /^(print|len|repr|str|isinstance)$/;

/** Whether it asks for something that may raise; an assertion is not what is to fail. */
function mayFail(step: SyntaxNode): boolean {
  if (isAssertion(step)) return false;
  return [...within(step)].some(
    (one) =>
      /^(subscript|binary_operator|raise_statement|await)$/.test(one.type) ||
      (one.type === "call" && !ONLY_SAYS.test(one.child("function")?.text ?? "")),
  );
}
