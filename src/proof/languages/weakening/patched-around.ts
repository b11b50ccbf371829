import { type SyntaxNode, above, within } from "../syntax/syntax.ts";
import type { Part } from "./laid-over.ts";
import { wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

const PUTS = /^(monkeypatch\.(setattr|setitem)|mocker\.patch(\.object)?|((unittest\.)?mock\.)?patch(\.object)?)$/;
const SETS_UP = /^(setUp|setUpClass|setUpModule|setup_(function|method|class|module)|asyncSetUp)$/;

/**
 * What a fixture or a set-up of Python tests puts in the place of a function whose answer old tests compare: one that runs by
 * itself, or that an old test asks for. Which name the fixture's decorator goes by is no matter.
 */
export function patchedAround({ root, language, tests }: TestSide, asked: ReadonlySet<string>, old: TestSide): Part[] {
  if (language !== "python") return [];
  const known = new Set(old.tests.map(({ name }) => name));
  const theirs = tests.filter(({ name }) => known.has(name));
  return [...within(root)].flatMap((one): Part[] => {
    if (one.type !== "call" || !PUTS.test(wordsOf(one.child("function")).join("."))) return [];
    const method = patchedName(one.child("arguments")?.parts ?? []);
    const around = [...above(one)].find(({ type }) => type === "function_definition");
    const isTheirs =
      around !== undefined &&
      runsFor(
        around,
        theirs.map(({ node }) => node),
        root,
      );
    return method !== undefined && asked.has(method) && isTheirs
      ? [{ node: one, name: null, method, everywhere: true }]
      : [];
  });
}

/** `"shop.total", …` or `shop, "total", …` */
function patchedName([first, second]: readonly SyntaxNode[]): string | undefined {
  const dotted = /^["'][\w.]+\.(\w+)["']$/.exec(first?.text ?? "")?.[1];
  return dotted ?? /^["'](\w+)["']$/.exec(second?.text ?? "")?.[1];
}

function runsFor(code: SyntaxNode, tests: readonly SyntaxNode[], root: SyntaxNode): boolean {
  const name = code.child("name")?.text ?? "";
  if (SETS_UP.test(name)) return true;
  const marks = code.parent?.type === "decorated_definition" ? code.parent.parts.filter(({ type }) => type === "decorator") : []; // prettier-ignore
  if (marks.some(({ text }) => /\bautouse ?= ?True\b/.test(text))) return true;
  const isAsked = (test: SyntaxNode) => {
    const given = (test.child("definition") ?? test).child("parameters");
    return given !== null && [...within(given)].some(({ type, text }) => type === "identifier" && text === name);
  };
  return tests.some(isAsked) || new RegExp(`usefixtures\\([^)]*["']${name}["']`).test(root.text);
}
