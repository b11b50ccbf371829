import { builtText } from "./built-texts.ts";
import type { PlaceNames } from "../syntax/surroundings.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";

/** The beginning of a runner's variables, asked of every name that there is. */
const BEGINNING = /^(JEST|JEST_\w*|VITEST\w*|NODE_TEST\w*|PYTEST\w*|MOCHA\w*|unittest|_?pytest)$/;
const SEARCHES = /(^|\.)(startsWith|includes|endsWith|test|match|indexOf|startswith|find|HasPrefix|Contains|repeat)$/;
const PUT_TOGETHER =
  /^(binary_expression|binary_operator|call|call_expression|concatenated_string|subscript|template_string)$/;

/** `Object.keys(process.env).some((key) => key.startsWith("NODE_" + "TEST"))` */
export function isSearchedFor(
  node: SyntaxNode,
  { isPlace }: PlaceNames,
  given: () => ReadonlyMap<string, SyntaxNode>,
): boolean {
  if (!/^call(_expression)?$/.test(node.type) || !SEARCHES.test(node.child("function")?.text.slice(-SEARCH_CHARS_MAX) ?? "")) return false; // prettier-ignore
  const isBeginning = (node.child("arguments")?.parts.slice(0, LOOKED_AT) ?? []).some((one) => {
    const value = PUT_TOGETHER.test(one.type) ? builtText(one, given()) : null;
    return typeof value === "string" && BEGINNING.test(value);
  });
  return isBeginning && isAboutPlace(node, isPlace, given);
}

/** The method's name stands at the end; what is before it may be a chain of any length. */
const SEARCH_CHARS_MAX = 40;
const LOOKED_AT = 4;
/** From a question to the loop or the list around it. */
const CLIMBED_MAX = 12;
const BESIDE_CHARS_MAX = 200;

/** Whether the surroundings stand beside it, or a name for their names: in the same call, list or loop. */
function isAboutPlace(
  node: SyntaxNode,
  isPlace: (one: SyntaxNode | null) => boolean,
  given: () => ReadonlyMap<string, SyntaxNode>,
): boolean {
  const holdsPlace = (one: SyntaxNode): boolean => {
    if (one.end - one.start > BESIDE_CHARS_MAX) return false;
    return [...within(one)].some((part) => isPlace(part) || (part.type === "identifier" && isNameOf(part.text)));
  };
  const isNameOf = (name: string) => {
    const value = given().get(name);
    return value !== undefined && value.end - value.start <= BESIDE_CHARS_MAX && [...within(value)].some(isPlace);
  };
  let from = node;
  let climbed = 0;
  for (let outer: SyntaxNode | null = node; outer && climbed < CLIMBED_MAX; outer = outer.parent, climbed++) {
    if (/^(function_declaration|function_definition|method_definition|program|module|source_file)$/.test(outer.type)) return false; // prettier-ignore
    const beside = /^(block|statement_block|statement_list)$/.test(outer.type) ? [] : outer.parts.slice(0, LOOKED_AT * 2); // prettier-ignore
    if (beside.some((one) => one !== from && !/(_statement|block)$/.test(one.type) && holdsPlace(one))) return true;
    from = outer;
  }
  return false;
}
