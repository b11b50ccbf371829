import { describe, expect, it } from "@jest/globals";
import { fileAt } from "./links.ts";
import { memoryTree } from "./memory-tree.ts";
import type { Tree } from "./tree.ts";

const FILES = { "docs/RULES.md": "rules", "sub/x.md": "x" };
const LINKS = {
  "AGENTS.md": "docs/RULES.md",
  "CLAUDE.md": "./AGENTS.md",
  "sub/AGENTS.md": "../docs/RULES.md",
  "out.md": "../secret",
  "sub/out.md": "../../etc/passwd",
  "abs.md": "/docs/RULES.md",
  "round.md": "around.md",
  "around.md": "round.md",
  "dead.md": "nothing.md",
  "folder.md": "docs",
};
const { tree: all, blobs } = memoryTree(
  Object.entries({ ...FILES, ...LINKS }).map(([path, text]) => [path, Buffer.from(text)]),
);
const tree: Tree = new Map(
  [...all].map(([path, file]) => [path, Object.hasOwn(LINKS, path) ? { ...file, mode: "120000" } : file]),
);

describe("a file by way of links", () => {
  it.each([
    ["docs/RULES.md", "rules"],
    ["AGENTS.md", "rules"],
    ["CLAUDE.md", "rules"],
    ["sub/AGENTS.md", "rules"],
    ["sub/x.md", "x"],
    ["out.md", null],
    ["sub/out.md", null],
    ["abs.md", null],
    ["round.md", null],
    ["dead.md", null],
    ["folder.md", null],
    ["nothing.md", null],
  ])("%s", async (path, text) => {
    const file = await fileAt(tree, blobs, path);
    expect(file && (await blobs.get(file.sha))?.toString()).toBe(text);
  });
});
