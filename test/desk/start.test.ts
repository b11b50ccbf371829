import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { importsOf, packageOf } from "../support/tidy-rules.ts";

/** What a command loads before it does anything: each file of it costs the person at the terminal a millisecond. */
function loadedWith(start: string): { files: string[]; packages: string[] } {
  const files = new Set([start]);
  const packages = new Set<string>();
  for (const path of files)
    for (const { to, kind, late } of importsOf({ path, text: readFileSync(path, "utf8") })) {
      if (kind === "type" || late) continue;
      const name = packageOf(to);
      if (name === null) files.add(to);
      else packages.add(name);
    }
  return { files: [...files], packages: [...packages] };
}

/** Hundreds of files each, and nobody needs them before a model or GitHub is asked. */
const HEAVY = ["openai", "@anthropic-ai/sdk", "undici", "probot", "@octokit/rest", "pg", "pg-boss", "@electric-sql/pglite", "pino"]; // prettier-ignore

it.each(["run", "resume", "review", "watch", "proof"])(
  "coop %s starts without an SDK, a server or a web page",
  (name) => {
    const { files, packages } = loadedWith(`src/cli/${name}.ts`);
    expect(packages.filter((one) => HEAVY.includes(one))).toEqual([]);
    expect(files.filter((path) => /^src\/(web|github|github-double|queue)\/|^src\/app\.ts/.test(path))).toEqual([]);
  },
);

it.each(["run", "review"])("coop %s says what begins before anything that works on it is loaded", (name) => {
  const { files, packages } = loadedWith(`src/cli/${name}.ts`);
  expect(
    files.filter((path) => /^src\/(flow|steps|agent|roles|proof|models\/wires|workspace\/drivers)\//.test(path)),
  ).toEqual([]);
  expect(packages.filter((one) => /^(mdast|micromark|diff|smol-toml)/.test(one))).toEqual([]);
});

it("a server starts without what only webhooks need, and a heavy one would be seen", () => {
  const { packages } = loadedWith("src/main.ts");
  expect(packages).toEqual(expect.arrayContaining(["@octokit/rest", "zod"]));
  expect(packages).not.toContain("probot");
  expect(loadedWith("src/github/probot.ts").packages).toContain("probot");
});
