import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { aTicketLedger } from "../../test/support/builders.ts";
import { entryLine } from "../audit/export.ts";
import { fold } from "../core/ticket/fold.ts";

/** `coop replay` and `coop trace` from an audit log alone: a process without database, server or key. */
const folder = mkdtempSync(join(tmpdir(), "coop-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

const COOP = new URL("./coop.ts", import.meta.url).pathname;
const entries = aTicketLedger();
const call = { type: "call", kind: "model", usage: {} };
const lines = [
  ...entries.map((entry) => entryLine(entry, [])),
  ...Array.from({ length: fold(entries)?.spend.calls ?? 0 }, () => call),
].map((line) => JSON.stringify(line));

type Ran = { readonly code: unknown; readonly stdout: string; readonly stderr: string };

function coop(args: readonly string[], log: readonly string[] = lines): Promise<Ran> {
  const file = join(folder, "ticket.jsonl");
  writeFileSync(file, log.join("\n"));
  const words = args.map((one) => (one === "LOG" ? file : one));
  const env = { PATH: process.env.PATH, HOME: folder, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [COOP, ...words], { env, cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
    if (words.includes("-")) child.stdin?.end(log.join("\n"));
  });
}

describe("an audit log alone", () => {
  it("is replayed", async () => {
    const { code, stdout, stderr } = await coop(["replay", "--log", "LOG"]);
    expect(stdout).toContain(`all ${entries.length} entries follow from those before them.`);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("is replayed as another program hands it over, which may be by a socket", async () => {
    const { code, stdout, stderr } = await coop(["replay", "--log", "-"]);
    expect([code, stderr, stdout.split("\n").at(-2)]).toEqual([
      0,
      "",
      expect.stringMatching(/: all \d+ entries follow/),
    ]);
  });

  it("is replayed with the mark that editors put before it", async () => {
    const { code, stdout } = await coop(["replay", "--log", "LOG"], [`\uFEFF${lines[0]}`, ...lines.slice(1)]);
    expect([code, stdout.split("\n").at(-2)]).toEqual([0, expect.stringMatching(/: all \d+ entries follow/)]);
  });

  it("says where plan and execution parted", async () => {
    const { stdout } = await coop(["trace", "--log", "LOG"]);
    expect(stdout).toMatch(/^acme\/tally#12, entry \d+: plan by claude-opus-5-5\n/);
    expect(stdout).toMatch(/Parted first at\n {2}entry \d+, /);
    const json = JSON.parse((await coop(["trace", "--log", "LOG", "--json"])).stdout) as object;
    expect(Object.keys(json)).toEqual(["ticket", "plan", "partings", "open"]);
  });

  it.each<[string, string[], string[], number, RegExp]>([
    ["a line is missing", ["replay", "--log", "LOG"], lines.slice(0, -1), 1, /The log is not complete\./],
    ["it is something else", ["trace", "--log", "LOG"], ["{}"], 2, /^Line 1 is no line of an audit log/],
    ["it is empty", ["trace", "--log", "LOG"], [], 2, /has no entries/],
    ["it is not there", ["replay", "--log", "/nowhere"], lines, 2, /\/nowhere cannot be read/],
    ["nothing was named", ["replay"], lines, 2, /Name a ticket/],
    ["both were named", ["trace", "a/b#1", "--log", "LOG"], lines, 2, /Name a ticket/],
  ])("says in one sentence that %s", async (_what, args, log, exitCode, sentence) => {
    const { code, stderr } = await coop(args, log);
    expect([code, stderr]).toEqual([exitCode, expect.stringMatching(sentence)]);
  });
});
