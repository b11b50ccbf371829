/** Of code that a sentence quotes. */
export const SNIPPET_CHARS_MAX = 80;

/** What the parser hands over: every node of the tree in the order of the text, as columns of numbers. */
export type FlatTree = {
  readonly types: readonly string[];
  readonly fields: readonly (string | null)[];
  /** Per node: type, field, named (1), start, end, line (from 1), index after its last descendant. */
  readonly nodes: Int32Array;
};

export const COLUMNS = 7;

/** One node of a syntax tree. Offsets count UTF-16 units of the source text, lines from 1. */
export class SyntaxNode {
  readonly type: string;
  readonly field: string | null;
  readonly named: boolean;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly children: SyntaxNode[] = [];
  readonly parent: SyntaxNode | null;
  /** The whole file: known at once, because nobody can climb there from each part of a sum of thousands. */
  readonly root: SyntaxNode;
  readonly #source: string;

  constructor(source: string, flat: FlatTree, at: number, parent: SyntaxNode | null) {
    const [type = 0, field = 0, named = 0, start = 0, end = 0, line = 1] = flat.nodes.subarray(
      at * COLUMNS,
      at * COLUMNS + 6,
    );
    this.#source = source;
    this.type = flat.types[type] ?? "";
    this.field = flat.fields[field] ?? null;
    this.named = named === 1;
    this.start = start;
    this.end = end;
    this.line = line;
    this.parent = parent;
    this.root = parent?.root ?? this;
  }

  get text(): string {
    return this.#source.slice(this.start, this.end);
  }

  /** The children that mean something: no punctuation, no comments. */
  get parts(): SyntaxNode[] {
    return this.children.filter((one) => one.named && one.type !== "comment");
  }

  /** The child in a role of the grammar: `name`, `body`, `condition` … */
  child(field: string): SyntaxNode | null {
    return this.children.find((one) => one.field === field) ?? null;
  }

  get endLine(): number {
    return this.line + (this.text.match(/\n/g)?.length ?? 0);
  }
}

/** Rebuilt without recursion: a deep tree must not overflow the stack. `depth`: levels below the root; what lies deeper is left out. */
export function treeFrom(source: string, flat: FlatTree, depth = Infinity): SyntaxNode {
  const root = new SyntaxNode(source, flat, 0, null);
  const open: { node: SyntaxNode; end: number }[] = [{ node: root, end: flat.nodes[6] ?? 1 }];
  for (let at = 1, next = 2; at * COLUMNS < flat.nodes.length; at = next) {
    while (open.length > 1 && at >= (open.at(-1)?.end ?? 0)) open.pop();
    const parent = open.at(-1)?.node ?? root;
    const node = new SyntaxNode(source, flat, at, parent);
    parent.children.push(node);
    const end = flat.nodes[at * COLUMNS + 6] ?? at + 1;
    next = open.length < depth ? at + 1 : end;
    open.push({ node, end });
  }
  return root;
}

/** The node and everything in it, in the order of the text. `enter` says whether to look inside. */
export function* within(root: SyntaxNode, enter: (node: SyntaxNode) => boolean = () => true): Generator<SyntaxNode> {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    if (node !== root && !enter(node)) continue;
    for (let at = node.children.length - 1; at >= 0; at--) open.push(node.children[at] as SyntaxNode);
  }
}

/** Functions in the grammars that are read, with a name or without. */
export const FUNCTION =
  /^(arrow_function|function_expression|function_declaration|generator_function|generator_function_declaration|method_definition|method_declaration|function_definition|lambda|func_literal)$/;

/** `rows[0]` and `rows["a"]` in the grammars that are read. */
export const INDEXED = /^(subscript_expression|subscript|index_expression)$/;

/** Whether one node stands in another, or is the same. */
export function holds(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

const GIVES =
  /^(variable_declarator|assignment|assignment_expression|assignment_statement|short_var_declaration|var_spec|const_spec)$/;

/** `a = b` in whichever form: what gets a value, and the value where there is one. */
export function givenIn(node: SyntaxNode): { readonly left: SyntaxNode; readonly right: SyntaxNode | null } | null {
  const left = GIVES.test(node.type) ? (node.child("name") ?? node.child("left")) : null;
  return left && { left, right: node.child("value") ?? node.child("right") };
}

/** Its code on one line, so that another layout is no difference. */
export function plain(node: SyntaxNode): string {
  return node.text.replace(/\s+/g, " ");
}

export function* above(node: SyntaxNode): Generator<SyntaxNode> {
  for (let at = node.parent; at !== null; at = at.parent) yield at;
}

/** What is worked out of something, once for each: whoever compares many with many others would work it out anew for each pair. */
export function oncePer<K extends object, T>(workOut: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { readonly is: T }>();
  return (of) => {
    const one = known.get(of) ?? { is: workOut(of) };
    known.set(of, one);
    return one.is;
  };
}

export function oncePerNode<T>(workOut: (node: SyntaxNode) => T): (node: SyntaxNode) => T {
  return oncePer(workOut);
}

/**
 * What is decided by what stands around a node, for all nodes of a tree: each is asked once, so that a sum of ten thousand parts is not climbed
 * for each of them.
 * @param decide of one that stands around, and the one in it from which we come; undefined: go on outwards
 */
export function decidedAround<T>(
  decide: (outer: SyntaxNode, from: SyntaxNode) => T | undefined,
  nowhere: T,
): (node: SyntaxNode) => T {
  const known = new WeakMap<SyntaxNode, { readonly is: T }>();
  return (node) => {
    const passed: SyntaxNode[] = [];
    let is = nowhere;
    for (let [from, outer] = [node, node.parent]; outer !== null; [from, outer] = [outer, outer.parent]) {
      const before = known.get(from);
      const decided = before ? before.is : decide(outer, from);
      if (decided !== undefined) {
        is = decided;
        if (!before) passed.push(from);
        break;
      }
      passed.push(from);
    }
    for (const one of passed) known.set(one, { is });
    return is;
  };
}
