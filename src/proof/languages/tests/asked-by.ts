import { above, givenIn, holds, type SyntaxNode, within } from "../syntax/syntax.ts";
import { GROUP_WORDS, type TestText, wordsOf } from "./test-cases.ts";
import type { TestSide } from "./test-side.ts";

/** Whichever method is asked. */
export const ANY = "whatever is asked";

/** Whatever a class says here decides what two values have in common. */
export const EQUALS = /^(__(eq|ne)__|asymmetricMatch)$/;

/** Tests that call the method of what they have by the names: from itself, from a helper, from what is done before each. */
export function askedBy(start: Iterable<string>, method: string, side: TestSide): TestText[] {
  const names = new Set(start);
  const functions = side.functions.filter(({ name: own }) => own !== method && !/^(setUp|setup)/.test(own));
  for (let grew = true; grew;) {
    const next = functions.filter((one) => !names.has(one.name) && givesBack(one.body, names));
    for (const one of next) names.add(one.name);
    grew = next.length > 0;
  }
  const held = heldIn(side.root, names);
  return side.tests.filter((test) => {
    const theirs = new Set(held.filter(({ node }) => isVisible(node, test, side)).map(({ name }) => name));
    return [...within(test.body)].some((one) => asks(one, method, names, theirs));
  });
}

function asks(one: SyntaxNode, method: string, names: ReadonlySet<string>, held: ReadonlySet<string>): boolean {
  if (EQUALS.test(method)) return isName(one) && names.has(one.text);
  const callee = /^call(_expression)?$/.test(one.type) ? one.child("function") : null;
  const words = wordsOf(callee);
  if (method !== ANY && words.at(-1) !== method) return false;
  if (words.length === 1) return names.has(words[0] ?? "");
  return namesIn(callee, words).some((word) => names.has(word) || held.has(word));
}

/** `new Garage(1).sign` → Garage, sign; `self.cart.total` → cart, total. */
function namesIn(callee: SyntaxNode | null, words: readonly string[]): string[] {
  const made = [...(callee ? within(callee) : [])].find((one) => one.type === "new_expression");
  return [...words.slice(0, -1), ...(made ? [made.child("constructor")?.text ?? ""] : [])];
}

/** Where what stands is handed to something else. */
export const HANDED = /^(arguments|argument_list|literal_value|keyed_element|pair|keyword_argument)$/;

/** Whether a value is made by one of the names, and not only handed to something else. */
function gives(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return [...within(node)].some((one) => {
    if (!isName(one) || !names.has(one.text.replace(/^#/, ""))) return false;
    for (const outer of above(one)) {
      if (outer === node) return true;
      if (HANDED.test(outer.type)) return false;
    }
    return true;
  });
}

/** Whether a function answers with what one of the names makes. */
function givesBack(body: SyntaxNode, names: ReadonlySet<string>): boolean {
  if (!/^(statement_block|block)$/.test(body.type)) return gives(body, names);
  const own = new Set([...names, ...heldIn(body, names).map(({ name }) => name)]);
  return [...within(body)].some(
    (one) => /^(return_statement|yield|yield_expression)$/.test(one.type) && gives(one, own),
  );
}

/** Names that hold what one of the names makes: `garage`, `this.garage`, `self.garage`. */
export function heldIn(root: SyntaxNode, names: ReadonlySet<string>): { name: string; node: SyntaxNode }[] {
  return [...within(root)].flatMap((node) => {
    const { left, right } = givenIn(node) ?? {};
    const name = left && right && gives(right, names) ? /(\w+)$/.exec(left.text)?.[1] : undefined;
    return name === undefined ? [] : [{ name, node }];
  });
}

/** Whether what stands at a place is there for a test: in it, or in no other one and in a group around it. */
export function isVisible(node: SyntaxNode, test: TestText, { tests }: TestSide): boolean {
  if (holds(test.node, node)) return true;
  if (tests.some((other) => holds(other.node, node))) return false;
  const group = groupOf(node);
  return group === null || holds(group, test.node);
}

/** The class or the `describe` around a place. */
export function groupOf(node: SyntaxNode): SyntaxNode | null {
  for (const outer of above(node)) {
    if (/^class(_declaration|_definition)?$/.test(outer.type)) return outer;
    if (outer.type === "call_expression" && GROUP_WORDS.test(wordsOf(outer.child("function"))[0] ?? "")) return outer;
  }
  return null;
}

function isName(node: SyntaxNode): boolean {
  return node.children.length === 0 && /identifier$/.test(node.type);
}
