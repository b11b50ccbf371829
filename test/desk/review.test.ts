import { afterEach, expect, it } from "@jest/globals";
import { listed } from "../../src/cli/run-list.ts";
import { beginReview, endReview } from "../../src/cli/desk.ts";
import { newestOpen } from "../../src/cli/resume.ts";
import { formatReview } from "../../src/cli/review-report.ts";
import { fold } from "../../src/core/ticket/fold.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { sitDown, standUp, type WorkOptions } from "../support/desk.ts";
import type { AheadEvent } from "../../src/proof/ahead/ahead.ts";
import type { Sandbox } from "../../src/workspace/sandbox.ts";
import { sarifProblems } from "../support/sarif-schema.ts";
import { PASS } from "../support/stories.ts";

afterEach(standUp);

const NOWHERE = { changed: ["src/greet.js"], tree: new Map(), shown: String };
const FOUND = { severity: "blocker", kind: "implementation", title: "The name is dropped", path: "src/greet.js", line: 2, quote: "return `Hello`;", problem: "greet('Ada') says Hello and no name.", instruction: "Put the name back in src/greet.js." }; // prettier-ignore
const says = (role: "reviewer" | "adversary", findings: unknown[]): ScriptEntry => ({
  role,
  turns: [{ answer: { ...PASS, done: [], findings } }],
});

/** A person's own commit, looked at by both. */
async function reviewed(...script: ScriptEntry[]) {
  return reviewedIn({}, script);
}

async function reviewedIn(place: Pick<WorkOptions, "room" | "ahead">, script: ScriptEntry[]) {
  const seat = await sitDown();
  const baseSha = seat.git("rev-parse", "HEAD");
  seat.write("src/greet.js", "export function greet(name) {\n  return `Hello`;\n}\n");
  seat.git("commit", "-qam", "Greet nobody");
  const headSha = seat.git("rev-parse", "HEAD");
  const settings = { base: baseSha, models: [], pins: {}, mergeInto: null, maxUsd: null, collab: null };
  const words = await seat.desk.words(baseSha, headSha);
  const number = await beginReview(seat.desk, { baseSha, headSha, ...words, settings }, new Date());
  await seat.work(number, script, { ...place, leaves: ["prove"] });
  const ticket = fold(await seat.desk.ledgers.read(seat.desk.key(number)));
  if (!ticket) throw new Error("The review did not begin");
  // There is no branch of ours to look for.
  expect(await listed(seat.desk)).toMatchObject([{ ticket: number, branch: null }]);
  await endReview(seat.desk, number, (about) => seat.work(about, script, { leaves: ["prove"] }));
  expect(await listed(seat.desk)).toMatchObject([{ ticket: number, phase: "stopped" }]);
  return ticket;
}

it("lets both reviewers look, also when the first one finds a blocker, and makes no proof", async () => {
  const ticket = await reviewed(says("reviewer", [FOUND]), says("adversary", []));
  expect([ticket.reviews.reviewer?.verdict, ticket.reviews.adversary?.verdict, ticket.proof]).toEqual([
    "changes",
    "pass",
    null,
  ]);
  expect(ticket.text.title).toBe("Greet nobody");
  expect(JSON.parse(formatReview(ticket, "json", NOWHERE))).toMatchObject({
    verdict: "blockers",
    findings: [{ by: "reviewer", severity: "blocker", path: "src/greet.js", line: 2 }],
  });
  const sarif = JSON.parse(formatReview(ticket, "sarif", NOWHERE)) as { runs: { results: object[] }[] };
  expect(sarifProblems(sarif)).toEqual([]);
  expect(sarif.runs[0]?.results).toEqual([
    expect.objectContaining({
      ...{ ruleId: "implementation", level: "error" },
      locations: [{ physicalLocation: { artifactLocation: { uri: "src/greet.js" }, region: { startLine: 2 } } }],
    }),
  ]);
  expect(formatReview(ticket, "text", NOWHERE)).toMatch(
    /^blocker F-[0-9a-f]{8} src\/greet\.js:2: The name is dropped$/m,
  );
});

it("runs nothing of a proof that it will not make, also where code can be run", async () => {
  const did: string[] = [];
  const run: Sandbox["run"] = async ({ command }) => {
    did.push(command);
    return { outcome: "exited", exitCode: 0, output: "", durationMs: 1 };
  };
  const room = {
    sandbox: { state: "available" as const, sandbox: { driver: "direct" as const, version: "1", run } },
    preparer: null,
  };
  const ahead = { afterMs: 0, onEvent: ({ kind }: AheadEvent) => void did.push(kind) };
  const ticket = await reviewedIn({ room, ahead }, [says("reviewer", []), says("adversary", [])]);
  expect(ticket.reviews.adversary?.verdict).toBe("pass");
  expect(did).toEqual([]);
});

it("says that nothing blocks only when both have looked", async () => {
  const clean = await reviewed(says("reviewer", []), says("adversary", []));
  expect(JSON.parse(formatReview(clean, "json", NOWHERE))).toMatchObject({ verdict: "pass", findings: [] });
  const half = { ...clean, reviews: { ...clean.reviews, adversary: null } };
  expect(JSON.parse(formatReview(half, "json", NOWHERE))).toMatchObject({ verdict: "unknown" });
});

it("goes on with the newest ticket, and not with a review that was killed before it began, or in the middle", async () => {
  const seat = await sitDown();
  await expect(newestOpen(seat.desk)).rejects.toThrow(/^No ticket is open here\./);
  const ticket = await seat.begin();
  const sha = seat.git("rev-parse", "HEAD");
  const settings = { base: sha, models: [], pins: {}, mergeInto: null, maxUsd: null, collab: null };
  const killed = { baseSha: sha, headSha: sha, title: "Mine", body: "", settings };
  await beginReview(seat.desk, killed, new Date());
  expect(await newestOpen(seat.desk)).toBe(ticket);
  const notes: string[] = [];
  const note = (sentence: string) => void notes.push(sentence);
  const half = await beginReview(seat.desk, killed, new Date());
  await seat.work(half, [says("reviewer", [])], { leaves: ["prove"], page: "none", note });
  expect(await newestOpen(seat.desk)).toBe(ticket);
  // Nobody expects a proof of a review.
  expect(notes.filter((sentence) => sentence.includes("proof"))).toEqual([]);
});
