import { isForOtherSystem } from "../../languages/mutants/go-systems.ts";
import { functionsOf, type NamedFunction } from "../../languages/syntax/functions.ts";
import type { Language } from "../../languages/syntax/grammar.ts";
import type { SyntaxNode } from "../../languages/syntax/syntax.ts";
import type { Probed } from "../probed.ts";
import { goRuntime } from "./runtime.ts";

/** Larger ones are generated. */
const PROBED_CHARS_MAX = 100_000;
/** No build constraint is read into this name. */
const RUNTIME = "coop_probe.go";

type Insertion = readonly [at: number, end: number, text: string];

/**
 * A file of Go whose functions tell what they are given and what they give: their results get names, and their bodies begin with a
 * deferred call, all on the line where the body begins.
 */
export function probedGo(path: string, text: string, root: SyntaxNode, language: Language): Probed | null {
  const name = root.parts.find(({ type }) => type === "package_clause")?.parts[0]?.text;
  if (!name || language !== "go" || isLeftAlone(path, text, root)) return null;
  const isRaced = racedTypes(root, text);
  const times = new Map<string, number>();
  const insertions = functionsOf(root, language).flatMap((one) => {
    const known = `${receiverType(one.node)}${one.name}`;
    const time = (times.get(known) ?? 0) + 1;
    times.set(known, time);
    if (isRaced(one.node)) return [];
    return instrumented(`${path}::${known}${time > 1 ? `#${time}` : ""}`, one, text) ?? [];
  });
  if (insertions.length === 0) return null;
  const beside = `${path.slice(0, path.lastIndexOf("/") + 1)}${RUNTIME}`;
  return { text: changed(text, insertions), beside: [{ path: beside, text: goRuntime(name) }] };
}

/** Other systems, tags that somebody sets, C, code with lines of other files, what others wrote, and the standard library itself. */
function isLeftAlone(path: string, text: string, root: SyntaxNode): boolean {
  const head = text.slice(0, root.parts.find(({ type }) => type === "package_clause")?.start ?? 0);
  return (
    text.length > PROBED_CHARS_MAX ||
    path.endsWith("_test.go") ||
    /(^|\/)([._][^/]*|vendor\/.*|testdata\/.*|coop_probe\.go)$/.test(path) ||
    isForOtherSystem(path, text) ||
    /^\/\/ ?\+build |^\/\/go:build (?!(!?(linux|unix|amd64|windows|darwin|js|wasm)[ \n&|!()]*)+$)/m.test(head) ||
    /^\/\/line |^\/\*line |^import "C"|^\s+"C"$/m.test(text) ||
    (/^src\/[a-z]/.test(path) && /The Go Authors/.test(head))
  );
}

/** In a file that reads fields atomically: functions of its own types, as others may write there at the same time. */
function racedTypes(root: SyntaxNode, text: string): (node: SyntaxNode) => boolean {
  if (!/\batomic\.\w+\(\s*&[\w()[\]]+\./.test(text)) return () => false;
  const types = new Set([...text.matchAll(/^(?:type)?[ \t]+(\w+)(?:\[[^\]]*\])? struct\b/gm)].map(([, name]) => name));
  return (node) =>
    node.child("receiver") !== null ||
    [node.child("parameters"), node.child("result")].some((one) =>
      one?.text.match(/\w+/g)?.some((word) => types.has(word)),
    );
}

/** `Cart.` of `func (c *Cart[T]) Total()` */
function receiverType(node: SyntaxNode): string {
  const type = node.child("receiver")?.parts[0]?.child("type")?.text;
  return type ? `${type.replace(/^[*\s(]+|\[[^]*$|[\s)]+$/g, "")}.` : "";
}

function instrumented(of: string, { name, node, body }: NamedFunction, text: string): Insertion[] | null {
  if (/^(main|init|_)$/.test(name) || isUnderDirective(node, text)) return null;
  const receiver = node.child("receiver")?.parts[0];
  const parameters = node.child("parameters")?.parts ?? [];
  if (parameters.some((one) => /\btesting\./.test(one.text))) return null;
  const given = [...(receiver ? [receiver] : []), ...parameters].flatMap(namesOf).filter((one) => one !== "_");
  const results = resultsOf(node, text);
  if (body.parts.length === 0 && results.names.length === 0) return null;
  if ([...given, ...results.names].includes("recover")) return null;
  const addresses = results.names.map((one) => `, &${one}`).join("");
  const enter = [JSON.stringify(of), ...given].join(", ");
  const code =
    ` if coopProbeAsked(${JSON.stringify(of)}) { if coopCall := coopProbeEnter(${enter}); coopCall.Counts() { ` +
    `if coopCall.Skips() { return }; defer func() { coopCall.Leave(recover()${addresses}) }() } };`;
  return [...results.insertions, [body.start + 1, body.start + 1, code]];
}

/** `//go:nosplit` and its like: what the compiler or the linker was told of it may not hold for other code. */
function isUnderDirective(node: SyntaxNode, text: string): boolean {
  const before = text.slice(0, node.start).split("\n").slice(0, -1).reverse();
  const comment = before.slice(0, before.findIndex((line) => !line.startsWith("//")) >>> 0);
  return comment.some((line) => /^\/\/(go:|export )/.test(line));
}

function namesOf(declaration: SyntaxNode): string[] {
  return declaration.children.filter(({ field }) => field === "name").map((one) => one.text);
}

/** The names of all results; those without one get it. */
function resultsOf(node: SyntaxNode, text: string): { names: string[]; insertions: Insertion[] } {
  const result = node.child("result");
  if (!result) return { names: [], insertions: [] };
  if (result.type !== "parameter_list")
    return { names: ["coopR0"], insertions: [[result.start, result.end, `(coopR0 ${result.text})`]] };
  const names: string[] = [];
  const insertions: Insertion[] = [];
  for (const one of result.parts) {
    const own = one.children.filter(({ field }) => field === "name");
    if (own.length === 0) {
      insertions.push([one.start, one.start, `coopR${names.length} `]);
      names.push(`coopR${names.length}`);
    }
    for (const given of own) {
      const isBlank = given.text === "_";
      if (isBlank) insertions.push([given.start, given.end, `coopR${names.length}`]);
      names.push(isBlank ? `coopR${names.length}` : text.slice(given.start, given.end));
    }
  }
  return { names, insertions };
}

function changed(text: string, insertions: readonly Insertion[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const [at, end, code] of [...insertions].sort((a, b) => a[0] - b[0])) {
    parts.push(text.slice(from, at), code);
    from = end;
  }
  return parts.join("") + text.slice(from);
}
