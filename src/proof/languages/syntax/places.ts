import { oncePerNode, type SyntaxNode, within } from "./syntax.ts";

/** Where a name stands in a tree, gone through once: asking for each name anew would take too long in a large file. */
export function placesOf(name: string, root: SyntaxNode): readonly SyntaxNode[] {
  return namesIn(root).get(name) ?? [];
}

const namesIn = oncePerNode((root): ReadonlyMap<string, readonly SyntaxNode[]> => {
  const found = new Map<string, SyntaxNode[]>();
  for (const one of within(root)) {
    if (!/^(shorthand_property_)?identifier$/.test(one.type)) continue;
    const same = found.get(one.text);
    if (same) same.push(one);
    else found.set(one.text, [one]);
  }
  return found;
});
