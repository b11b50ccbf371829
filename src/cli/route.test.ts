import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coop-route-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** With nothing set: neither a server nor a key. */
function coop(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["src/cli/coop.ts", "route", ...args], { env: {} }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}
const file = async (text: string) => {
  const path = join(folder, "given");
  await writeFile(path, text);
  return path;
};

describe("coop route", () => {
  it("answers for one ticket, without a server or a key", async () => {
    const body = await file("It dies with a stack trace when the config is empty.");
    const ran = await coop("--title", "Crash on startup", "--body-file", body, "--label", "P1", "--json");
    const answer = JSON.parse(ran.out) as Record<string, unknown>;
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(Object.keys(answer)).toEqual(["type", "size", "risk", "confidence", "unclear", "workflow", "planGate", "assignment", "rationale"]); // prettier-ignore
    expect(answer).toMatchObject({ type: "bug", size: "small", risk: "low", unclear: false });
    expect(Object.keys(answer["assignment"] as object)).toHaveLength(5);
  });

  it("lets our labels force the type", async () => {
    const ran = await coop("--title", "Crash on startup", "--label", "bug", "--label", "coop:docs", "--json");
    expect(JSON.parse(ran.out)).toMatchObject({ type: "docs", confidence: 1 });
  });

  it("answers each good line and tells each bad one once", async () => {
    const lines = ['{"id":7,"title":"Add two factor login","body":null}', "nope", "", '{"id":"b","title":5}', '{"id":"c","title":"Typo in the guide","labels":[{"name":"P3"}]}']; // prettier-ignore
    const { code, out, err } = await coop("--jsonl", await file(lines.join("\n")));
    const answers = out.trimEnd().split("\n").map((line) => JSON.parse(line) as { id: unknown; type: string; risk: string }); // prettier-ignore
    expect(code).toBe(1);
    expect(answers.map(({ id, type }) => [id, type])).toEqual([[7, "feature"], ["c", "docs"]]); // prettier-ignore
    expect(answers[0]?.risk).toBe("high");
    expect(err.trimEnd().split("\n")).toEqual([expect.stringMatching(/^Line 2: /), expect.stringMatching(/^Line 4: "title"/)]); // prettier-ignore
  });

  it("ends lines where JSON lines end, however long they are and wherever a piece of the file ends", async () => {
    const long = "ä\u2028".repeat(40_000);
    const lines = [1, 2, 3].map((id) => JSON.stringify({ id, title: "Crash on startup", body: long }));
    const { code, out } = await coop("--jsonl", await file(`\uFEFF${lines.join("\r\n")}\n`));
    const ids = out.trimEnd().split("\n").map((line) => (JSON.parse(line) as { id: unknown }).id); // prettier-ignore
    expect([code, ids]).toEqual([0, [1, 2, 3]]);
  });

  it.each([
    ["no title", [], /Give the ticket with --title/],
    ["no such file", ["--title", "A", "--body-file", "gone.md"], /gone\.md cannot be read/],
    ["both kinds", ["--title", "A", "--jsonl", "a"], /cannot be used with/],
  ])("says what to do with %s", async (_name, args, sentence) => {
    const { code, err } = await coop(...args);
    expect([code, sentence.test(err)]).toEqual([2, true]);
  });
});
