import { type SyntaxNode, within } from "./syntax.ts";

const known = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly SyntaxNode[]>>();

/** Where a name stands in a tree, gone through once: asking for each name anew would take too long in a large file. */
export function placesOf(name: string, root: SyntaxNode): readonly SyntaxNode[] {
  let all = known.get(root);
  if (!all) known.set(root, (all = namesIn(root)));
  return all.get(name) ?? [];
}

function namesIn(root: SyntaxNode): Map<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const one of within(root)) {
    if (!/^(shorthand_property_)?identifier$/.test(one.type)) continue;
    const same = found.get(one.text);
    if (same) same.push(one);
    else found.set(one.text, [one]);
  }
  return found;
}
