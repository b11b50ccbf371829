import type { TestCase } from "./test-case.ts";

/** The tests that somebody wants to see again, and the files they stand in. */
export type Only = { readonly files: readonly string[]; readonly cases: readonly TestCase[] };

/** What makes a runner run these alone: words for the end of its command, a change of the command, or a variable's more. */
export type Narrowed =
  { readonly add: string } | { readonly command: string } | { readonly environment: Readonly<Record<string, string>> };

/** Longer lists are no quicker than everything. */
const NAMES_MAX = 40;
const FLAGS = String.raw`(?: --?[\w-]+(?:=\S+)?)*`;

/** @param said what the command or its script runs @returns null where everything has to run again */
export function narrowTo(said: string, { files, cases }: Only): Narrowed | null {
  const paths = files.every((path) => /^[\w./@-]+$/.test(path)) ? files.map((path) => `./${path}`).join(" ") : "";
  const leaves = [...new Set(cases.map(({ name }) => name.split(" > ").at(-1) ?? ""))];
  const words = leaves.map((leaf) => leaf.replace(/\[.*$/, ""));
  const plain = words.length > 0 && words.length <= NAMES_MAX && words.every((word) => /^\w+$/.test(word));
  if (paths !== "" && new RegExp(`^node${FLAGS}$`).test(said) && / --test(?: |$)/.test(said)) return { add: paths };
  if (paths !== "" && new RegExp(`^(?:npx )?jest${FLAGS}$`).test(said)) return { add: `--runTestsByPath ${paths}` };
  if (paths !== "" && new RegExp(`^(?:npx )?vitest run${FLAGS}$`).test(said)) return { add: paths };
  if (!plain) return null;
  if (/\bpytest\b/.test(said)) return { environment: { PYTEST_ADDOPTS: `-k "${words.join(" or ")}"` } };
  if (/^\S*python3? -m unittest(?: |$)/.test(said)) return { add: words.map((word) => `-k ${word}`).join(" ") };
  const tops = [...new Set(cases.map(({ name }) => name.split(/ > |\//)[0] ?? ""))].filter((top) =>
    /^Test\w*$/.test(top),
  );
  if (/^go test(?: |$)/.test(said) && tops.length > 0)
    return { command: said.replace(/^go test/, () => `go test -run '^(${tops.join("|")})$'`) };
  return null;
}
