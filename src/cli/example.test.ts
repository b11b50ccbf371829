import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ExampleError, listExamples, loadExample } from "./example.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "examples-"));
});
afterEach(() => rm(root, { recursive: true }));

/** `last-page`, with its description changed. */
async function variant(change: (text: string) => string, folder = "last-page"): Promise<string> {
  const text = await readFile(new URL("../../examples/last-page/example.yml", import.meta.url), "utf8");
  await mkdir(join(root, folder, "repository/src"), { recursive: true });
  await writeFile(join(root, folder, "example.yml"), change(text));
  await writeFile(join(root, folder, "repository/src/a.js"), "a\n");
  return folder;
}

const same = (text: string) => text;

describe("an example", () => {
  it("is found by its name, with its files", async () => {
    const example = await loadExample(await variant(same), root);
    expect([...example.repository]).toEqual([["src/a.js", Buffer.from("a\n")]]);
    expect(example.people).toEqual(["approve-plan", "approve-merge"]);
  });

  it("has the computed id of a finding wherever its ref was written", async () => {
    const text = JSON.stringify((await loadExample(await variant(same), root)).script);
    const ids = [...text.matchAll(/"findingId":"([^"]*)"/g)].map((match) => match[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^F-[0-9a-f]{8}$/);
    expect(text).not.toContain('"ref"');
  });
});

describe("what is wrong with an example is said", () => {
  const sentence = async (folder: string) =>
    loadExample(folder, root).then(
      () => "loaded",
      (error: unknown) => (error instanceof ExampleError ? error.message : String(error)),
    );

  it("for an unknown name, with those there are", async () => {
    await variant(same);
    expect(await sentence("../last-page")).toBe('There is no example "../last-page"; there are last-page.');
  });

  it.each<[string, (text: string) => string, string]>([
    ["no YAML", () => "name: [", "last-page/example.yml is not YAML: "],
    ["a missing part", (text) => text.replace(/^people:.*$/m, ""), "last-page/example.yml: people: "],
    ["an unknown part", (text) => `${text}\nstage: 1\n`, "last-page/example.yml: the file: "],
    ["a ref that no finding has", (text) => text.replace("'@empty-list'", "'@full-list'"), "last-page: no finding"],
    ["a ref twice", (text) => text.replace("ref: total-unchecked", "ref: empty-list"), "last-page: two findings"],
    ["half a finding", (text) => text.replace("severity: blocker", "severity: high"), "last-page: the finding empty"],
  ])("for %s", async (_what, change, expected) => {
    expect(await sentence(await variant(change))).toContain(expected);
  });

  it("for a name that is not its folder's", async () => {
    expect(await sentence(await variant(same, "other"))).toContain("name is last-page, its folder other");
  });
});

describe("the list", () => {
  it("names every example with its summary, sorted", async () => {
    const list = await listExamples();
    expect(list.map((one) => one.name)).toEqual([...list.map((one) => one.name)].sort());
    expect(list.map((one) => one.name)).toEqual(expect.arrayContaining(["csv-quotes", "last-page", "readme-options"]));
    for (const { summary } of list) expect(summary).not.toContain("\n");
  });
});
