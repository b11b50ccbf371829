import { describe, expect, it } from "@jest/globals";
import { isInLfs } from "./lfs.ts";

const LFS = "filter=lfs diff=lfs merge=lfs -text";
const root = (text: string) => [{ folder: "", text }];

describe("what is kept in Git LFS", () => {
  it.each<[string, string, boolean]>([
    ["logo.psd", `*.psd ${LFS}`, true],
    ["art/deep/logo.psd", `*.psd ${LFS}`, true],
    ["logo.psd.js", `*.psd ${LFS}`, false],
    ["data/a/b.bin", `data/** ${LFS}`, true],
    ["other/data/b.bin", `data/** ${LFS}`, false],
    ["data/a/b.bin", `data/* ${LFS}`, false],
    ["data/b.bin", `/data/*.bin ${LFS}`, true],
    ["a/b/fix/x.json", `**/fix/*.json ${LFS}`, true],
    ["x.PSD", `*.[pP][sS][dD] ${LFS}`, true],
    ["x.psd", `*.[!p]sd ${LFS}`, false],
    ["v1.dat", `v[0-9].dat ${LFS}`, true],
    ["my file.bin", `my[[:space:]]file.bin ${LFS}`, true],
    ["my file.bin", `"my file.bin" ${LFS}`, true],
    ["small.psd", `*.psd ${LFS}\nsmall.psd -filter`, false],
    ["small.psd", `*.psd ${LFS}\nsmall.psd !filter !diff`, false],
    ["small.psd", `*.psd ${LFS}\n*.psd text`, true],
    ["a.psd", `# *.psd ${LFS}`, false],
    ["a.psd", "*.psd diff=lfs", false],
    ["a.js", "", false],
  ])("%s by %j: %s", (path, text, expected) => {
    expect(isInLfs(path, root(text))).toBe(expected);
  });

  it("lets the inner file decide, and counts its patterns from its own folder", () => {
    const inner = { folder: "art", text: "keep/*.psd -filter\n*.raw filter=lfs" };
    expect(isInLfs("art/keep/a.psd", [...root(`*.psd ${LFS}`), inner])).toBe(false);
    expect(isInLfs("art/a.psd", [...root(`*.psd ${LFS}`), inner])).toBe(true);
    expect(isInLfs("art/x/a.raw", [...root(""), inner])).toBe(true);
  });

  it("takes no longer for a pattern full of stars", () => {
    const text = `${"*a".repeat(140)}b ${LFS}`;
    expect(isInLfs(`${"a".repeat(300)}`, root(text))).toBe(false);
  });
});
