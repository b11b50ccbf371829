import { type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestSide } from "../tests/test-side.ts";
import type { Weakening } from "./found-weakening.ts";

/** Constants of a file of tests that say how far a result may be off, and that allow more than before. */
export function widerTolerances(side: TestSide, before: readonly TestSide[]): Weakening[] {
  const old = before.find(({ path }) => path === side.path);
  if (!old) return [];
  const was = numbersOf(old.root);
  return [...numbersOf(side.root)].flatMap(([name, { value, line }]): Weakening[] => {
    const last = was.get(name)?.value;
    if (last === undefined || last === value || !allowsMore(side.root, name, last, value)) return [];
    const what = `allow more than before: \`${name}\` was ${last} and is ${value}`;
    return [{ path: side.path, test: null, line, what, old: true }];
  });
}

type Numbered = { readonly value: number; readonly line: number };

/** `const NEAR = 0.001`, `NEAR = 0.001`, `const near = 1e-9`, outside of all functions. */
function numbersOf(root: SyntaxNode): Map<string, Numbered> {
  const found = new Map<string, Numbered>();
  const isOuter = (one: SyntaxNode) => !/^(statement_block|block|arrow_function|function_definition)$/.test(one.type);
  for (const node of within(root, isOuter)) {
    if (!/^(variable_declarator|assignment|const_spec|var_spec)$/.test(node.type)) continue;
    const name = node.child("name") ?? node.child("left");
    const given = node.child("value") ?? node.child("right");
    const value = Number((given?.text ?? "").replaceAll("_", ""));
    if (name && given && given.text !== "" && Number.isFinite(value)) found.set(name.text, { value, line: node.line });
  }
  return found;
}

const AT_MOST = /^(delta|abs|rel|abs_tol|rel_tol|tolerance|atol|rtol|epsilon)$/;
const AT_LEAST = /^(places|decimal|decimals|significant|digits)$/;

function allowsMore(root: SyntaxNode, name: string, was: number, is: number): boolean {
  return [...within(root)].some((one) => {
    if (!/identifier$/.test(one.type) || one.text !== name || !one.parent) return false;
    const { parent } = one;
    if (parent.type === "keyword_argument" || parent.type === "pair") {
      const key = (parent.child("name") ?? parent.child("key"))?.text ?? "";
      return (AT_MOST.test(key) && is > was) || (AT_LEAST.test(key) && is < was);
    }
    if (!/^(binary_expression|comparison_operator)$/.test(parent.type)) return false;
    const sign = parent.children.find((part) => /^[<>]=?$/.test(part.text))?.text;
    if (sign === undefined) return false;
    const isUpper = sign.startsWith("<") === (parent.parts.at(-1) === one);
    return isUpper === isWanted(parent) ? is > was : is < was;
  });
}

/** `if (off > NEAR) fail()` in Go asks for the opposite of what it says, as does a throw. */
function isWanted(comparison: SyntaxNode): boolean {
  for (let at = comparison.parent; at !== null; at = at.parent) {
    if (/^call(_expression)?$|^assert_statement$|^return_statement$/.test(at.type)) return true;
    if (at.type === "if_statement") return false;
  }
  return true;
}
