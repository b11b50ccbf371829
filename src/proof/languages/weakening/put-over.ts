import { heldIn } from "../tests/asked-by.ts";
import { familyOf } from "../syntax/grammar.ts";
import type { Part } from "./laid-over.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/** `Garage.prototype.sign = …`, `Walk.grade = lambda …`, `setattr(Walk, "grade", …)`, `garage.sign = …`: of a thing that the product has. */
export function put(
  { root, language }: TestSide,
  asked: ReadonlySet<string>,
  product: ReadonlySet<string>,
  isTheirs: (owner: string, method: string) => boolean,
): Part[] {
  const python = familyOf(language) === "python";
  const aliases = aliasesIn(root);
  const made = new Set(heldIn(root, product).map(({ name }) => name));
  return [...within(root)].flatMap((one): Part[] => {
    const { chain, method } = putIn(one, python);
    const last = chain.at(-1);
    if (last === undefined || method === undefined || !asked.has(method)) return [];
    if (isTheirs(realName(chain[0] ?? last, aliases), method))
      return [{ node: one, name: null, method, everywhere: true }];
    return made.has(last) ? [{ node: one, name: last, method, everywhere: false }] : [];
  });
}

type Put = { readonly chain: readonly string[]; readonly method: string | undefined };

function putIn(node: SyntaxNode, python: boolean): Put {
  if (/^assignment(_expression)?$/.test(node.type)) {
    const left = node.child("left")?.text ?? "";
    const [, owner, dotted, quoted] =
      /^(\w+(?:\.\w+)*?)(?:\.prototype)?(?:\.(\w+)|\[["'](\w+)["']\])$/.exec(left) ?? [];
    const value = node.child("right");
    return value && CODE.test(value.type) ? { chain: owner?.split(".") ?? [], method: dotted ?? quoted } : NOTHING_PUT;
  }
  if (!/^call(_expression)?$/.test(node.type)) return NOTHING_PUT;
  const words = wordsOf(node.child("function")).join(".");
  const [first, second, third] = node.child("arguments")?.parts ?? [];
  if (!(python ? /^setattr$/ : /^(Object\.defineProperty|Reflect\.set)$/).test(words) || !third) return NOTHING_PUT;
  const chain = (first?.text ?? "").replace(/\.prototype$/, "").split(".");
  return { chain, method: /^["'](\w+)["']$/.exec(second?.text ?? "")?.[1] };
}

const NOTHING_PUT: Put = { chain: [], method: undefined };
const CODE = /^(arrow_function|function_expression|lambda|identifier|call|call_expression)$/;

/** `const { prototype } = Garage`, `const p = Garage.prototype`, `v = Walk`: other names of one thing. */
function aliasesIn(root: SyntaxNode): Map<string, string> {
  const found = new Map<string, string>();
  for (const one of within(root)) {
    if (!/^(variable_declarator|assignment)$/.test(one.type)) continue;
    const [left, right] = [one.child("name") ?? one.child("left"), one.child("value") ?? one.child("right")];
    const real = /^([A-Za-z_]\w*)(\.\w+)*$/.exec(right?.text ?? "")?.[1];
    if (!left || real === undefined || /^(this|self|true|false|null|None)$/.test(real)) continue;
    for (const name of within(left)) if (/identifier(_pattern)?$/.test(name.type)) found.set(name.text, real);
  }
  return found;
}

/** Names for names for names; also ends a circle. */
const HOPS_MAX = 5;

function realName(name: string, aliases: ReadonlyMap<string, string>): string {
  let now = name;
  for (let hops = 0; hops < HOPS_MAX && aliases.has(now); hops++) now = aliases.get(now) ?? now;
  return now;
}
