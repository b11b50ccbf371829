import type { FileDiff } from "../../../trees/diff.ts";

/** `replace` puts other code in the place of a package, the one that tests with it included; `ignore` takes folders out of `./...`. */
export function moduleSettings(file: FileDiff): string[] {
  const added = file.addedLines.some((one) => /^\s*replace\b|=>/.test(one.text));
  const known = new Set(ignoredFolders(file.before));
  const ignored = ignoredFolders(file.after).some((one) => !known.has(one));
  return [...(added ? ["a `replace`"] : []), ...(ignored ? ["what `ignore` leaves out"] : [])];
}

/** `ignore ./store`, and `ignore (…)`, of which there may be several. */
function ignoredFolders(manifest: string): string[] {
  const found: string[] = [];
  let isBlock = false;
  for (const line of manifest.split("\n")) {
    const words: string[] = line.replace(/\/\/.*$/, "").match(/"[^"]*"|`[^`]*`|[()]|[^\s()"`]+/g) ?? ([] as string[]);
    const isIgnore = words[0] === "ignore";
    if (isIgnore || isBlock) found.push(...words.slice(isIgnore ? 1 : 0).filter((one) => !/^[()]$/.test(one)));
    if (words.at(-1) === ")") isBlock = false;
    else if (isIgnore) isBlock = words.includes("(");
  }
  return found.map((one) => one.replace(/^["`]|["`]$/g, ""));
}
