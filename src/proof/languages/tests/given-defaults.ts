import { literalsOf } from "./assertions.ts";
import { functionsOf } from "../syntax/functions.ts";
import type { Language } from "../syntax/grammar.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "./test-cases.ts";

/**
 * What calls of makers say: `singer("Ute")`, where `singer` gives the voice and the height unless told otherwise, says all three
 * together.
 */
export function saidWithDefaults(root: SyntaxNode, language: Language): Set<string>[] {
  return saidByMakers(root, makersIn(root, language));
}

export type Makers = ReadonlyMap<string, ReadonlySet<string>>;

/** Functions that give something unless told otherwise, with what they give. */
export function makersIn(root: SyntaxNode, language: Language): Makers {
  const makers = new Map<string, Set<string>>();
  for (const { name, node } of functionsOf(root, language)) {
    const defaults = new Set([...within(node)].flatMap(defaultsIn));
    if (defaults.size > 0) makers.set(name, defaults);
  }
  return makers;
}

export function saidByMakers(root: SyntaxNode, makers: Makers): Set<string>[] {
  if (makers.size === 0) return [];
  return [...within(root)].flatMap((node) => {
    if (!/^call(_expression)?$/.test(node.type)) return [];
    const defaults = makers.get(wordsOf(node.child("function")).at(-1) ?? "");
    return defaults ? [new Set([...literalsOf(node, "all"), ...defaults])] : [];
  });
}

/** `voice="alto"`, `{ height = 171 }`, and what `...more` may put something else over: `{ voice: "alto", ...more }`. */
function defaultsIn(node: SyntaxNode): string[] {
  if (
    /^(default_parameter|typed_default_parameter|assignment_pattern|object_assignment_pattern|required_parameter)$/.test(
      node.type,
    )
  )
    // prettier-ignore
    return [...literalsOf(node.child("value") ?? node.child("right") ?? node.parts[1] ?? node, "all")];
  const isOverlaid = /^(object|dictionary)$/.test(node.type) && /^(spread_element|dictionary_splat)$/.test(node.parts.at(-1)?.type ?? ""); // prettier-ignore
  return isOverlaid ? node.parts.slice(0, -1).flatMap((one) => [...literalsOf(one.child("value") ?? one, "all")]) : [];
}
