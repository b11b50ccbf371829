import { describe, expect, it } from "@jest/globals";
import { objectsIn } from "../../src/agent/json-in-words.ts";
import { matchesPath } from "../../src/agent/wildcard.ts";
import { ledgerKeys } from "../../src/core/ledger/ledger-keys.ts";
import { parseCommand } from "../../src/core/rules/command.ts";
import { readTicket } from "../../src/core/rules/routing/text.ts";
import { guardBody, guardPlain } from "../../src/hygiene/outgoing.ts";
import { guardText } from "../../src/hygiene/redact.ts";
import { seen } from "../../src/hygiene/seen.ts";
import { quote } from "../../src/messages/escape.ts";
import { readMarker } from "../../src/messages/marker.ts";
import { looseJson } from "../../src/models/loose-json.ts";
import { asksForLess } from "../../src/proof/languages/settings/looser-checks.ts";
import { unfinished } from "../../src/proof/languages/unfinished/unfinished.ts";
import { weakeningsByPattern } from "../../src/proof/languages/weakening/weakening-by-pattern.ts";
import { readOutput } from "../../src/proof/runners/read-output.ts";
import { readReport } from "../../src/proof/runners/reports/report.ts";
import type { FileDiff } from "../../src/trees/diff.ts";
import { meantPath, newPathMeant } from "../../src/trees/meant-path.ts";
import { checkPath } from "../../src/trees/paths.ts";
import { undeclaredTestTools } from "../../src/workspace/prepare/python-test-tools.ts";
import { rendered } from "../../src/web/markdown.ts";

/**
 * A text that a pattern goes over again and again stops the server for everybody. Each reader of foreign text gets one
 * piece repeated, and then four times as much of it: work in proportion takes four times as long, work by the square
 * sixteen times.
 */
const KEY = ledgerKeys("a secret of twenty characters and more");
const GUARD = { secrets: ["Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0"], mayMention: () => false, linkHosts: ["github.com"] };

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  "a page": (text) => seen(text, "page"),
  "a title": (text) => seen(text, "line"),
  "run output": (text) => seen(text, "output"),
  "secrets in what goes out": (text) => guardText(text, GUARD.secrets),
  "a comment that goes out": (text) => guardBody(text, GUARD),
  "a title that goes out": (text) => guardPlain(text, GUARD),
  "a command": (text) => parseCommand(`/coop ${text}`),
  "a marker": (text) => readMarker(text, KEY),
  "a quotation": quote,
  "a ticket's signals": (text) => readTicket(text.slice(0, 256), text),
  "an answer": objectsIn,
  "loose JSON": looseJson,
  "a test run": readOutput,
  "a test report": (text) => readReport(Buffer.from(text)),
  "a changed file": (text) => unfinished(diffOf("src/a.ts", text)),
  "a changed document": (text) => unfinished(diffOf("docs/a.md", text)),
  "a changed test": (text) => weakeningsByPattern([diffOf("src/test/java/ATest.java", text)]),
  "a test beside its code": (text) => weakeningsByPattern([diffOf("src/a.rs", `#[test]\n${text}`)]),
  "a path": checkPath,
  "a pattern of paths": (text) => matchesPath(text, `*${text.slice(0, 40)}*x`),
  "a pattern that a model names": (text) => matchesPath("src/a.ts", `${text}x`),
  "a path that a model names": (text) => [
    newPathMeant(`${text}\u0001`, new Set(["src/a.ts"])),
    meantPath(text, new Set(["src/a.ts"])),
  ],
  "settings of pytest": (text) => undeclaredTestTools({ text: () => `[pytest]\n${text}`, paths: [] } as never, "", []),
  "settings of a linter": (text) => asksForLess(text, "a"),
  "a page's message": rendered,
};

const PIECES = "a| |AKIA|00D5e000001AbCd!|glpat-|XXXXXXXX-|your-|-----BEGIN OpenVPN Static key V1-----|- - |/*|·   |\u001b]|\u001b[0|\f|+\ufeff\n|א\u200f|<td width=5000>|/|'|\r|%67|>|#|\\|\\x67|&#103;|\n|\t|`|``` |~~~\n|<|<b>|<!--|-->|<!-- coop:ledger |[|](|[a](b)|*|_|**a|@a|#1 |$|$a$|\\|- |> |1. |&#x200b;|&amp;|&|://|www.|a:b@|eyJa.|-----BEGIN PRIVATE KEY-----|password=|A_KEY=|# existing code |// ... rest of code |TODO |/* |def f():pass |function f(){|throw \"|\u200b|é|<sub>|<div hidden>|</div>|```mermaid\n|[^a]|[^a]: b\n|/coop |{|[1,|{\"a\":|\"|=|=== \n|--- \n|ok 1 - a\n|PASS |Tests: 1 passed, |FAILED (|<testcase name=\"a\"/>|--- FAIL: |a::b PASSED |@Test |[Fact]|expect(|0123456789abcdef|a1B2|1,".split("|"); // prettier-ignore
const SIZE = 2_500;
/** Between four and sixteen, and wide, because the machine does other things meanwhile. */
const RATIO_MAX = 10;
/** What is over so soon holds up nobody, and cannot be measured. */
const QUICK_MS = 40;

describe("foreign text is read in proportion to its length", () => {
  it.each(Object.entries(READERS))("%s", (_name, read) => {
    expect(PIECES.filter((piece) => isSlow(read, piece))).toEqual([]);
  });

  it("and the measure sees a pattern that is not", () => {
    expect(isSlow((text) => /\s+x$/.test(text), " ", 2.5 * SIZE)).toBe(true);
  });
});

/** The best of a few rounds each: the first compiles, and a collector or a shared core may take the time of another. */
const ROUNDS_MAX = 8;

function isSlow(read: (text: string) => unknown, piece: string, size = SIZE): boolean {
  let [little, much] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    much = Math.min(much, timeOf(read, piece, 4 * size));
    if (much < QUICK_MS) return false;
    little = Math.min(little, timeOf(read, piece, size), timeOf(read, piece, size));
    if (much / Math.max(1, little) <= RATIO_MAX) return false;
  }
  return true;
}

function timeOf(read: (text: string) => unknown, piece: string, size: number): number {
  // What stands behind keeps a pattern from ending where the row does: only then has it to begin again and again.
  const text = `${piece.repeat(Math.ceil(size / piece.length))}\u0001`;
  const began = process.threadCpuUsage();
  try {
    read(text);
  } catch {
    // A refusal is as good an answer as any here.
  }
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1_000;
}

function diffOf(path: string, text: string): FileDiff {
  const addedLines = text.split("\n").map((line, index) => ({ line: index + 1, text: line }));
  const modes = { modeBefore: "100644", modeAfter: "100644" } as const;
  return { path, action: "change", ...modes, kind: "text", before: text, after: text, added: 1, removed: 0, addedLines, hunks: [] }; // prettier-ignore
}
