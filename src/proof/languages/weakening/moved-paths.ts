import { meantBy, isLiteral } from "../tests/assertions.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";
import { oncePer, type SyntaxNode, within } from "../syntax/syntax.ts";

const CALL = /^call(_expression)?$/;
const OPENS = /^(readFile|readFileSync|createReadStream|open|openSync|Open|ReadFile|Path)$/;
const JOINS = /^[jJ]oin$/;
const COMPARES = /^(assert|require|expect|self|t|chai|is)$/;

/** A parameter of a function that is a file's name: which one, and what the function puts before it. */
type Opened = { readonly at: number; readonly before: string };

/**
 * `golden(t, "a.txt", …)`, which opens `"testdata/" + name`, became `golden.Equal(t, "testdata/a.txt", …)`, which opens what it is given:
 * the same file, by a path that is written down in one piece now. What a test compares with is never a path in this sense: there
 * `"../a.txt"` is another answer than `"a.txt"`.
 */
export function isNowWithFolder(
  literal: string,
  side: TestSide,
  [test, same]: readonly [TestText, TestText],
  after: readonly TestSide[],
): boolean {
  return openersOf(side).some(({ name, before, at }) => {
    const isGiven = (one: SyntaxNode) => takenBy(one)?.words.at(-1) === name && takenBy(one)?.at === at;
    const isOpen = (one: SyntaxNode) => isOpened(one, name, after);
    return before !== "" && isEach(literal, test, isGiven) && isEach(before + literal, same, isOpen);
  });
}

/** The functions of a file that open what they are given. Asked for each text of each test. */
const openersOf = oncePer(({ functions }: TestSide) =>
  functions.flatMap((one) => openedBy(one).map((it) => ({ ...it, name: one.name }))),
);

/** Whether a text stands in a test, and only in such places. */
function isEach(text: string, { body }: TestText, isPlace: (literal: SyntaxNode) => boolean): boolean {
  const places = [...within(body)].filter((one) => isLiteral(one) && meantBy(one) === text);
  return places.length > 0 && places.every(isPlace);
}

/** By the library, by a function that opens what it is given, or by one of a package that is called as the old function was. */
function isOpened(literal: SyntaxNode, name: string, after: readonly TestSide[]): boolean {
  const { words, at } = takenBy(literal) ?? { words: [], at: -1 };
  const [first = "", last = ""] = [words[0], words.at(-1)];
  if (words.length > 1 && COMPARES.test(first)) return false;
  if (at === 0 && OPENS.test(last)) return true;
  const known = after.flatMap(({ functions }) => functions.filter((one) => one.name === last));
  if (known.length === 0) return words.length > 1 && first === name;
  return known.every((one) => openedBy(one).some((it) => it.at === at && it.before === ""));
}

/** The call to which a text is given, and as which argument. */
function takenBy(literal: SyntaxNode): { readonly words: readonly string[]; readonly at: number } | null {
  const call = literal.parent?.parent ?? null;
  const at = call?.child("arguments")?.parts.indexOf(literal) ?? -1;
  return call && CALL.test(call.type) && at >= 0 ? { words: wordsOf(call.child("function")), at } : null;
}

function openedBy({ node, body }: TestText): Opened[] {
  const names = (node.child("parameters")?.parts ?? []).flatMap(parameterNames);
  const calls = [...within(body)].filter(
    (one) => CALL.test(one.type) && OPENS.test(wordsOf(one.child("function")).at(-1) ?? ""),
  );
  return calls.flatMap((one): Opened[] => {
    const [before, name] = cut(one.child("arguments")?.parts[0]);
    const at = names.indexOf(name);
    return at < 0 ? [] : [{ at, before }];
  });
}

/** `"testdata/" + name`, `join("testdata", name)`, `name`: what stands before the name, and the name. */
function cut(path: SyntaxNode | undefined): [before: string, name: string] {
  if (!path) return ["", ""];
  const isJoined = CALL.test(path.type) && JOINS.test(wordsOf(path.child("function")).at(-1) ?? "");
  const parts = isJoined ? (path.child("arguments")?.parts ?? []) : path.parts;
  const [folder, name] = parts;
  if (!isJoined && !(/^binary_(expression|operator)$/.test(path.type) && path.children[1]?.text === "+"))
    return ["", path.text];
  if (!folder || !isLiteral(folder) || parts.length !== 2) return ["", ""];
  const text = meantBy(folder);
  return [isJoined && text !== "" ? text.replace(/\/?$/, "/") : text, name?.text ?? ""];
}

/** In Go several names may have one type. */
function parameterNames(parameter: SyntaxNode): string[] {
  const named = parameter.children.filter(({ field }) => field === "name");
  if (named.length > 0) return named.map(({ text }) => text);
  const name = parameter.child("pattern") ?? (parameter.type === "identifier" ? parameter : parameter.parts[0]);
  return [name?.text ?? parameter.text];
}
