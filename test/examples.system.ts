import { describe, expect, it } from "@jest/globals";
import { tmpdir } from "node:os";
import { consult } from "../src/agent/loop.ts";
import { DEFAULT_LIMITS } from "../src/agent/limits.ts";
import { runDirectly } from "../src/cli/direct-run.ts";
import { type Example, listExamples, loadExample } from "../src/cli/example.ts";
import { answered, judged } from "../src/core/ticket/findings.ts";
import type { EntryData } from "../src/core/ledger/entries.ts";
import type { Diagnosis, Plan } from "../src/core/ticket/plan.ts";
import { DEFAULT_POLICY } from "../src/core/rules/policy.ts";
import { readiness } from "../src/core/ticket/proof-items.ts";
import { route } from "../src/core/rules/routing/route.ts";
import { type FindingState, isOpen } from "../src/core/ticket/ticket.ts";
import type { Blobs, Snapshot, Tree } from "../src/trees/tree.ts";
import { changedLines } from "../src/trees/delta.ts";
import { unusableSteps } from "../src/messages/reasons/lowered.ts";
import { judge } from "../src/core/ticket/verdict.ts";
import type { JournalRecord } from "../src/models/journal.ts";
import { scriptedModel } from "../src/models/scripted.ts";
import { collectProof } from "../src/proof/collect.ts";
import { findCommands } from "../src/proof/runners/commands.ts";
import { changedFiles, unifiedDiff } from "../src/trees/diff.ts";
import type { ReviewFacts } from "../src/proof/evidence.ts";
import { openTests } from "../src/proof/runners/suite.ts";
import { attackTask } from "../src/roles/adversary.ts";
import { planTask } from "../src/roles/architect.ts";
import { type Briefing, emptyBriefing } from "../src/roles/briefing.ts";
import { fixTask, implementTask } from "../src/roles/implementer.ts";
import { diagnoseTask, reviewTask, verifyTask } from "../src/roles/reviewer.ts";
import type { RoleTask } from "../src/roles/task.ts";
import { parsePolicy } from "../src/steps/policy-file.ts";
import { blobSha } from "../src/trees/blob-sha.ts";
import { openOverlay, type Overlay } from "../src/trees/overlay.ts";
import type { Sandbox } from "../src/workspace/sandbox.ts";
import { aDraft, aTicket, entriesOf } from "./support/builders.ts";
import { inWords } from "../src/messages/proof/in-words.ts";

/**
 * Every example is played from its first line to its last: questions, answers, edits, test runs and proof are those of
 * the program. What stands in an example and is not so fails here: a wrong line number, an edit that does not fit, a
 * test that passes without the change, a command that ends otherwise than the thread says.
 */
type Play = {
  readonly example: Example;
  readonly base: Snapshot;
  readonly blobs: Blobs;
  readonly sandbox: Sandbox;
  /** Commands that models ran, with their exit codes. */
  readonly ran: { command: string; exitCode: number | null }[];
  /** One a round. */
  readonly heads: Snapshot[];
  plan: Plan | null;
  diagnosis: Diagnosis | null;
  findings: ReadonlyMap<string, FindingState>;
  claims: Briefing["claims"];
  readonly seen: Map<string, Snapshot>;
  readonly reviews: Map<string, ReviewFacts>;
  readonly blockers: Set<string>;
};

function policyOf(example: Example) {
  const text = example.repository.get(".github/coop.yml")?.toString("utf8") ?? "";
  const reading = parsePolicy(text, ".github/coop.yml");
  return reading.outcome === "valid" ? reading.policy : DEFAULT_POLICY;
}

function memoryBlobs(): Blobs {
  const kept = new Map<string, Buffer>();
  return {
    get: (sha) => Promise.resolve(kept.get(sha) ?? null),
    put: (content) => {
      kept.set(blobSha(content), content);
      return Promise.resolve(blobSha(content));
    },
  };
}

/** The examples' commands are our own, so they need no walls; this runs them on every machine. */
function openAir(ran: Play["ran"]): Sandbox {
  const place = { parent: tmpdir(), searchPath: process.env["PATH"] ?? "" };
  return {
    driver: "direct",
    version: process.version,
    run: async (request) => {
      const end = await runDirectly(place, request);
      ran.push({ command: request.command, exitCode: end.exitCode });
      return end;
    },
  };
}

function snapshotOf(tree: Tree): Snapshot {
  const name = blobSha(Buffer.from(JSON.stringify([...tree])));
  return { commitSha: name, treeSha: name, tree };
}

async function begin(example: Example): Promise<Play> {
  const blobs = memoryBlobs();
  const tree = new Map();
  for (const [path, content] of example.repository)
    tree.set(path, { mode: "100644", sha: await blobs.put(content), sizeBytes: content.length });
  const ran: Play["ran"] = [];
  const lists = { ran, heads: [], seen: new Map(), reviews: new Map(), blockers: new Set<string>() };
  const open = { plan: null, diagnosis: null, findings: new Map(), claims: [] };
  return { example, base: snapshotOf(tree), blobs, sandbox: openAir(ran), ...lists, ...open };
}

const headOf = (play: Play) => play.heads.at(-1) ?? play.base;

async function briefingOf(play: Play, round: number, openFindings: readonly FindingState[]): Promise<Briefing> {
  const { ticket, expect: expected } = play.example;
  const diffs = await changedFiles(play.base, headOf(play), play.blobs);
  return {
    ...emptyBriefing("acme/example#1", expected.type, ticket.title, ticket.body),
    round,
    paths: [...headOf(play).tree.keys()].sort(),
    plan: play.plan,
    diagnosis: play.diagnosis,
    openFindings: openFindings.map((one) => one.finding),
    claims: play.claims,
    diff: diffs.map(unifiedDiff).join("\n"),
  };
}

/** Asks the role; an answer that would have to be repaired, or a tool that refuses, is a mistake of the example. */
async function ask<A>(play: Play, task: RoleTask<A>, briefing: Briefing, files: Overlay): Promise<A> {
  const records = new Map<string, JournalRecord>();
  const journal = {
    find: (hash: string) => Promise.resolve(records.get(hash) ?? null),
    write: (record: JournalRecord) => Promise.resolve(records.set(record.hash, record).get(record.hash) ?? record),
  };
  const before = play.ran.length;
  const end = await consult({
    task,
    briefing,
    model: scriptedModel({ name: "scripted", vendor: "example", script: play.example.script }),
    limits: DEFAULT_LIMITS[task.tools],
    files,
    sandbox: { sandbox: play.sandbox, blobs: play.blobs },
    journaled: { journal, scope: { ticket: "acme/example#1", step: task.task, attempt: 1 }, now: () => new Date(0) },
    mayAsk: () => ({ outcome: "granted" }),
  });
  const { repairs, toolFailures } = end.transcript;
  if (end.outcome !== "answered") throw new Error(`${task.task}, round ${briefing.round}: ${JSON.stringify(end)}`);
  expect({ task: task.task, doubts: end.doubts, repairs, toolFailures }).toEqual({
    task: task.task,
    doubts: [],
    repairs: 0,
    toolFailures: 0,
  });
  expect(play.ran.slice(before).filter((one) => one.exitCode !== 0)).toEqual([]);
  return end.answer;
}

const openTestsOf = async (play: Play) =>
  openTests({
    sandbox: play.sandbox,
    blobs: play.blobs,
    commands: await findCommands(play.base.tree, play.blobs, policyOf(play.example)),
  });

/** The tests of one tree over the code of another. */
function testsOver(code: Tree, tests: Tree): Tree {
  return new Map([...code, ...[...tests].filter(([path]) => path.startsWith("test/"))]);
}

async function write(play: Play, round: number): Promise<void> {
  const before = headOf(play);
  const overlay = openOverlay(before, play.blobs);
  const open = [...play.findings.values()].filter(isOpen);
  const task = round === 0 ? implementTask : fixTask;
  const answer = await ask(play, task, await briefingOf(play, round, open), overlay);
  const after = snapshotOf(await overlay.tree());
  const tests = await openTestsOf(play);
  expect((await tests.suite(after.tree))?.verdict).toBe("passed");
  // A fix comes with a test that the version before it fails.
  if (round > 0) expect((await tests.suite(testsOver(before.tree, after.tree)))?.verdict).toBe("failed");
  play.heads.push(after);
  play.findings = answered(play.findings, answer.answers);
  play.claims = answer.answers;
}

async function examine(play: Play, role: "reviewer" | "adversary", round: number): Promise<"pass" | "changes"> {
  const head = headOf(play);
  const task = role === "adversary" ? attackTask : play.example.expect.type === "bug" ? verifyTask : reviewTask;
  const unsettled = [...play.findings.values()].filter((one) => one.state !== "resolved" && one.state !== "withdrawn");
  const answer = await ask(play, task, await briefingOf(play, round, unsettled), openOverlay(head, play.blobs));
  const seen = play.seen.get(role);
  const { usable, why } = answer.verificationSteps;
  const { findings, verdict } = judge(
    { ...aTicket(entriesOf([aDraft("opened")])), findings: play.findings },
    {
      by: role,
      remarks: answer.findings,
      followUps: answer.followUps,
      verificationSteps: usable === "yes" ? { usable } : { usable, remark: unusableSteps(why) },
      // A citation that does not stand is a doubt, and `ask` lets none through.
      misquoted: new Set(),
      delta: seen ? changedLines(await changedFiles(seen, head, play.blobs)) : null,
    },
  );
  expect(findings.filter((one) => one.lowered !== null)).toEqual([]);
  for (const one of findings) if (one.severity === "blocker") play.blockers.add(one.id);
  play.findings = judged(play.findings, { ...answer, findings } as EntryData<"reviewed">);
  play.seen.set(role, head);
  const openBlockers = findings.filter((one) => one.severity === "blocker").map((one) => one.id);
  const steps = answer.verificationSteps.usable;
  play.reviews.set(role, {
    ...{ role, headSha: head.commitSha, openBlockers, brokenCitations: [] },
    ...{ done: answer.done, verificationSteps: steps },
  });
  return verdict;
}

/** The order in which the program would ask. @returns how many fix rounds it took */
async function playOut(play: Play): Promise<number> {
  const untouched = openOverlay(play.base, play.blobs);
  if (play.example.expect.type === "bug")
    play.diagnosis = await ask(play, diagnoseTask, await briefingOf(play, 0, []), untouched);
  play.plan = await ask(play, planTask, await briefingOf(play, 0, []), untouched);
  for (let round = 0; round <= 2; round++) {
    await write(play, round);
    if ((await examine(play, "reviewer", round)) === "changes") continue;
    if ((await examine(play, "adversary", round)) === "pass") return round;
  }
  throw new Error("The blockers were not fixed in two rounds");
}

/** Some thirty test runs; a busy machine with two cores takes 15 seconds. */
const PLAY_TIMEOUT_MS = 120_000;

const examples = await Promise.all((await listExamples("demo")).map(({ name }) => loadExample(name)));

describe.each(examples.map((example) => [example.name, example] as const))("%s", (_name, example) => {
  const policy = policyOf(example);

  it("is routed as it says, and people are asked what it says", () => {
    const { title, body, labels } = example.ticket;
    const namedPaths = [...example.repository.keys()].filter((path) => path.length > 3 && body.includes(path));
    const facts = { repositoryFiles: example.repository.size, namedPaths, forcedType: null };
    const routed = route({ title, body, labels, ...facts }, policy);
    const people = [...(routed.planGate === "person" ? ["approve-plan"] : []), "approve-merge"];
    expect({ type: routed.type, clarity: routed.clarity, people }).toEqual({
      type: example.expect.type,
      clarity: "clear",
      people: example.people,
    });
  });

  it(
    "goes as its script says, and ends proven",
    async () => {
      const { expect: expected } = example;
      const play = await begin(example);
      const tests = await openTestsOf(play);
      expect((await tests.suite(play.base.tree))?.verdict).toBe("passed");
      const rounds = await playOut(play);
      const head = headOf(play);
      const files = (await changedFiles(play.base, head, play.blobs)).map((one) => one.path);
      const resolved = [...play.blockers].filter((id) => play.findings.get(id)?.state === "resolved");
      const passed = (await tests.suite(head.tree))?.count?.passed;
      const { size: blockersFound } = play.blockers;
      const outcome = { rounds, blockersFound, blockersFixed: resolved.length, tests: passed, files };
      expect({ type: expected.type, status: expected.status, ...outcome }).toEqual(expected);
      const found = await collectProof(
        {
          ...{ type: expected.type, plan: play.plan, base: play.base, head, policy, checks: [], unplanned: [] },
          commands: await findCommands(play.base.tree, play.blobs, policy),
          protectedAccepted: [],
          reviews: [...play.reviews.values()],
        },
        { sandbox: { state: "available", sandbox: play.sandbox }, blobs: play.blobs },
      );
      const proof = found.map(inWords);
      expect(readiness(proof).outcome).toBe("ready");
      // Not required by default, but an example whose tests miss its own lines would be a poor one.
      const refuted = proof.filter((item) => item.state === "refuted").map((item) => [item.id, item.evidence]);
      expect(refuted).toEqual([]);
    },
    PLAY_TIMEOUT_MS,
  );
});
