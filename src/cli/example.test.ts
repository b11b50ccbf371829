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
  await mkdir(join(root, folder, "acceptance"));
  await writeFile(join(root, folder, "acceptance/a.test.js"), "hidden\n");
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
    ["an unknown part", (text) => `${text}\nscene: 1\n`, "last-page/example.yml: the file: "],
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
    const list = await listExamples("demo");
    expect(list.map((one) => one.name)).toEqual([...list.map((one) => one.name)].sort());
    expect(list.map((one) => one.name)).toEqual(expect.arrayContaining(["csv-quotes", "last-page", "readme-options"]));
    for (const { summary } of list) expect(summary).not.toContain("\n");
  });
});

describe("the tasks of the benchmark", () => {
  const tasks = listExamples("all").then((all) => Promise.all(all.map(({ name }) => loadExample(name))));

  it("are many, most of them in Go, and have every kind of trap", async () => {
    const all = await tasks;
    expect(all.length).toBeGreaterThanOrEqual(18);
    expect(all.filter(({ bench }) => bench.language === "go").length).toBeGreaterThanOrEqual(9);
    const traps = new Set(all.flatMap(({ bench }) => bench.trap ?? []));
    expect([...traps].sort()).toEqual(["claim-of-green", "injection", "stub", "unclear", "weakened-test"]);
    expect(new Set(all.map(({ expect: due }) => due.type))).toEqual(new Set(["feature", "bug", "refactor", "docs"]));
  });

  it("keep their acceptance test from everybody who works on them", async () => {
    for (const { name, acceptance, repository, script, bench } of await tasks)
      for (const path of acceptance.keys()) {
        expect([name, repository.has(path)]).toEqual([name, false]);
        expect(JSON.stringify([script, bench.solo])).not.toContain(path);
      }
  });

  it("let nothing escape from a team", async () => {
    for (const { bench } of await tasks) expect(bench.expect.team).not.toBe("failed");
  });
});
