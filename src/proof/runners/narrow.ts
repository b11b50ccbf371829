import type { TestCase } from "./test-case.ts";

/** The tests that somebody wants to see again, and the files they stand in. */
export type Only = { readonly files: readonly string[]; readonly cases: readonly TestCase[] };

/**
 * What makes a runner run these alone: words for the end of its command, words of the command in the place of others, or a
 * variable's more.
 */
export type Narrowed =
  | { readonly add: string }
  | { readonly replace: readonly (readonly [word: string, by: string])[] }
  | { readonly environment: Readonly<Record<string, string>> };

/** Longer lists are no quicker than everything. */
const NAMES_MAX = 40;
const FLAGS = String.raw`(?: --?[\w-]+(?:=\S+)?)*`;

/** @param said what the command or its script runs @returns null where everything has to run again */
export function narrowTo(said: string, { files, cases }: Only): Narrowed | null {
  const byFile = toFiles(said, files);
  const isGo = /^go test(?: |$)/.test(said);
  const isUnittest = /^\S*python[\d.]* -m unittest(?: |$)/.test(said);
  const isNamed = cases.length > 0 && (isUnittest || /\bpytest\b/.test(said));
  if (byFile && !isGo && !isNamed) return byFile;
  const leaves = [...new Set(cases.map(({ name }) => name.split(" > ").at(-1) ?? ""))];
  // `test_a (tests.test_a.T.test_a)`, `tests.test_a.T.test_a`, `test_a[1-2]`
  const words = leaves.map((leaf) => leaf.replace(/[[ (].*$/, "").replace(/^(?:\w+\.)+/, ""));
  const plain = words.length > 0 && words.length <= NAMES_MAX && words.every((word) => /^\w+$/.test(word));
  if (isGo) return byFile && cases.length === 0 ? byFile : toGoNames(cases, byFile);
  if (!plain) return byFile;
  if (/\bpytest\b/.test(said)) return { environment: { PYTEST_ADDOPTS: `-k "${words.join(" or ")}"` } };
  if (!isUnittest) return null;
  const named = words.map((word) => `-k ${word}`).join(" ");
  return { add: byFile && "add" in byFile ? `${byFile.add} ${named}` : named };
}

/** Whether a runner can be told to run the tests of some files alone, whatever their names. */
export function isNarrowedByFile(said: string, files: readonly string[]): boolean {
  return toFiles(said, files) !== null;
}

function toFiles(said: string, files: readonly string[]): Narrowed | null {
  if (files.length === 0 || !files.every((path) => /^[\w./@-]+$/.test(path))) return null;
  const paths = files.map((path) => `./${path}`).join(" ");
  if (new RegExp(`^node${FLAGS}$`).test(said) && / --test(?: |$)/.test(said)) return { add: paths };
  if (new RegExp(`^(?:npx )?jest${FLAGS}$`).test(said)) return { add: `--runTestsByPath ${paths}` };
  if (new RegExp(`^(?:npx )?vitest run${FLAGS}$`).test(said)) return { add: paths };
  if (PYTEST.test(said) && files.every((path) => path.endsWith(".py"))) return toModules(files);
  if (UNITTEST.test(said)) return toPattern(files);
  if (!new RegExp(`^go test${FLAGS} \\./\\.\\.\\.$`).test(said) || !files.every((path) => path.endsWith("_test.go")))
    return null;
  // A test file belongs to the package of its folder and to no other.
  const folders = new Set(files.map((path) => (path.includes("/") ? `./${path.replace(/\/[^/]*$/, "")}` : ".")));
  return { replace: [["./...", [...folders].join(" ")]] };
}

const PYTEST = new RegExp(String.raw`^(?:[A-Z_\d]+=\S+ )*(?:\S*python[\d.]* -m )?(?:pytest|py\.test)${FLAGS}$`);
const UNITTEST =
  /^\S*python[\d.]* -m unittest discover(?: -[st] [\w./-]+| -[vbf]| --(?:verbose|buffer|failfast)| [\w./-]+)*$/;

/** By a part of their names: paths as arguments would choose another folder's settings. */
function toModules(files: readonly string[]): Narrowed | null {
  const modules = [...new Set(files.map(fileName))];
  if (modules.length > NAMES_MAX || !modules.every((name) => /^\w+\.py$/.test(name))) return null;
  return { environment: { PYTEST_ADDOPTS: `-k "${modules.join(" or ")}"` } };
}

/** Discovery takes one pattern of file names, the last it is given. */
function toPattern(files: readonly string[]): Narrowed | null {
  const [name = "", ...others] = new Set(files.map(fileName));
  return others.length === 0 && /^\w+\.py$/.test(name) ? { add: `-p ${name}` } : null;
}

function fileName(path: string): string {
  return path.split("/").at(-1) ?? "";
}

function toGoNames(cases: readonly TestCase[], byFile: Narrowed | null): Narrowed | null {
  const all = cases.map(({ name }) => name.split(/ > |\//)[0] ?? "");
  const tops = [...new Set(all)].filter((top) => /^Test\w*$/.test(top));
  if (tops.length === 0 || tops.length > NAMES_MAX) return byFile;
  const byName = ["go test", `go test -run '^(${tops.join("|")})$'`] as const;
  return {
    replace: [byName, ...(byFile && "replace" in byFile && areIn(byFile.replace, cases) ? byFile.replace : [])],
  };
}

/** Whether the packages of these tests, as Go names them, are those of the folders. */
function areIn(replace: readonly (readonly [string, string])[], cases: readonly TestCase[]): boolean {
  const folders = replace.flatMap(([, by]) => by.split(" "));
  const others = cases.filter(({ file }) => !folders.some((one) => one !== "." && file?.endsWith(one.slice(1))));
  return others.length === 0 || (folders.includes(".") && new Set(others.map(({ file }) => file)).size === 1);
}
