import { consult } from "../../agent/loop.ts";
import { DEFAULT_LIMITS } from "../../agent/limits.ts";
import { type Finding, findingId } from "../../core/ticket/finding.ts";
import type { Plan } from "../../core/ticket/plan.ts";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import type { TicketKey } from "../../core/ledger/ids.ts";
import { journaled } from "../../models/journaled.ts";
import type { JournalRecord } from "../../models/journal.ts";
import type { Model } from "../../models/model.ts";
import { findCommands } from "../../proof/runners/commands.ts";
import { openTests, type Tests } from "../../proof/runners/suite.ts";
import { scratchBlobs } from "../../trees/scratch-blobs.ts";
import { planTask } from "../../roles/architect.ts";
import { type Briefing, emptyBriefing } from "../../roles/briefing.ts";
import { type FinishAnswer, fixTask, implementTask } from "../../roles/implementer.ts";
import type { ReviewAnswer } from "../../roles/review.ts";
import { reviewTask, verifyTask } from "../../roles/reviewer.ts";
import type { RoleTask } from "../../roles/task.ts";
import { parsePolicy, POLICY_PATHS } from "../../steps/policy-file.ts";
import { symbolsOf } from "../../steps/repository-map.ts";
import { changedFiles, unifiedDiff } from "../../trees/diff.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import { openOverlay, type Overlay } from "../../trees/overlay.ts";
import type { Blobs, Snapshot } from "../../trees/tree.ts";
import type { Prepared } from "../../workspace/preparer.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import type { Example } from "../example.ts";

/**
 * The baseline: one model plans, writes, checks its own work and mends what it finds, with the same questions, tools, tests
 * and number of rounds that a team has. What it lacks is what is measured: a second opinion, and a gate that is no model.
 */
export type SoloEnd = {
  /** Null when it gave up, or found itself not ready. */
  readonly delivered: ReadonlyMap<string, Buffer> | null;
  readonly why: string;
  readonly rounds: number;
  readonly records: readonly JournalRecord[];
};

const ROUNDS_MAX = 2;
const OUTPUT_CHARS_MAX = 4_000;

type Solo = {
  readonly key: TicketKey;
  readonly model: Model;
  readonly sandbox: Sandbox;
  readonly prepared: Prepared;
  readonly records: Map<string, JournalRecord>;
  readonly base: Snapshot;
  readonly blobs: Blobs;
  readonly tests: Tests;
  readonly overlay: Overlay;
  readonly briefing: Briefing;
  readonly check: RoleTask<ReviewAnswer>;
};

/** Gives up with a sentence; what was done until then is paid for all the same. */
class GaveUp extends Error {}

export async function playSolo(
  example: Example,
  { key, model, sandbox, prepared }: Pick<Solo, "key" | "model" | "sandbox" | "prepared">,
): Promise<SoloEnd> {
  const solo = await begin(example, { key, model, sandbox, prepared });
  let rounds = 0;
  const end = (delivered: SoloEnd["delivered"], why: string) => ({
    ...{ delivered, why, rounds, records: [...solo.records.values()] },
  });
  try {
    const plan = await ask(solo, planTask, solo.briefing, openOverlay(solo.base, solo.blobs));
    let trail = await write(solo, implementTask, { ...solo.briefing, plan });
    for (;;) {
      const checked = await check(solo, plan, trail, rounds);
      const blockers = checked.findings.filter((one) => one.severity === "blocker");
      if (blockers.length === 0) return end(await filesOf(solo), "It calls its work done.");
      if (rounds === ROUNDS_MAX) return end(null, `It still finds ${blockers.length} blockers in its own work.`);
      rounds += 1;
      const openFindings = blockers.map((one): Finding => ({
        ...one,
        id: findingId(one),
        by: "reviewer",
        lowered: null,
      }));
      trail = await write(solo, fixTask, { ...solo.briefing, plan, round: rounds, openFindings });
    }
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error;
    return end(null, error.message);
  }
}

async function begin(example: Example, parts: Pick<Solo, "key" | "model" | "sandbox" | "prepared">): Promise<Solo> {
  const memory = memoryTree(example.repository);
  const blobs = scratchBlobs(memory.blobs);
  const sha = "0".repeat(40);
  const base = { commitSha: sha, treeSha: sha, tree: memory.tree };
  const commands = await findCommands(base.tree, blobs, policyOf(example));
  const { title, body } = example.ticket;
  const { type } = example.expect;
  return {
    ...{ ...parts, base, blobs, records: new Map() },
    tests: openTests({ sandbox: parts.sandbox, blobs, commands, prepared: () => parts.prepared }),
    overlay: openOverlay(base, blobs),
    briefing: { ...emptyBriefing(parts.key, type, title, body), ...(await mapOf(base, blobs)) },
    check: type === "bug" ? verifyTask : reviewTask,
  };
}

/** The same map as a team's roles get. */
async function mapOf({ tree }: Pick<Snapshot, "tree">, blobs: Blobs): Promise<Pick<Briefing, "paths" | "symbols">> {
  return { paths: [...tree.keys()].sort(), symbols: await symbolsOf(tree, blobs) };
}

function policyOf({ repository }: Example) {
  const path = POLICY_PATHS.find((one) => repository.has(one));
  const reading = path ? parsePolicy(repository.get(path)?.toString("utf8") ?? "", path) : null;
  return reading?.outcome === "valid" ? reading.policy : DEFAULT_POLICY;
}

async function write(solo: Solo, task: RoleTask<FinishAnswer>, briefing: Briefing): Promise<FinishAnswer> {
  return ask(solo, task, briefing, solo.overlay, async () => {
    const { verdict, output } = await tested(solo);
    return verdict === "failed"
      ? [`The repository's own commands fail:\n${output}\nFix this, or finish again and name it as a known limitation.`]
      : [];
  });
}

async function check(solo: Solo, plan: Plan, trail: FinishAnswer, round: number): Promise<ReviewAnswer> {
  const tree = await solo.overlay.tree();
  const diffs = await changedFiles(solo.base, { ...solo.base, tree }, solo.blobs);
  const { verdict, output } = await tested(solo);
  const outcome = verdict === "passed" || verdict === "failed" ? verdict : ("not-run" as const);
  const briefing = {
    ...solo.briefing,
    ...(await mapOf({ tree }, solo.blobs)),
    ...{ plan, trail, round, claims: trail.answers, unplanned: trail.unplanned },
    ...{ diff: diffs.map(unifiedDiff).join("\n"), verification: { outcome, output } },
  };
  return ask(solo, solo.check, briefing, openOverlay({ ...solo.base, tree }, solo.blobs));
}

async function tested({ tests, overlay }: Solo) {
  const suite = await tests.suite(await overlay.tree());
  const output = (suite?.runs ?? []).map((run) => `$ ${run.command}\n${run.output}`).join("\n");
  return { verdict: suite?.verdict ?? ("no-answer" as const), output: output.slice(-OUTPUT_CHARS_MAX) };
}

async function ask<A>(
  solo: Solo,
  task: RoleTask<A>,
  briefing: Briefing,
  files: Overlay,
  gate?: () => Promise<string[]>,
): Promise<A> {
  const { key, model, sandbox, prepared, blobs, records } = solo;
  const journal = {
    find: (hash: string) => Promise.resolve(records.get(hash) ?? null),
    write: (record: JournalRecord) => {
      if (!records.has(record.hash)) records.set(record.hash, record);
      return Promise.resolve(records.get(record.hash) ?? record);
    },
  };
  const scope = { ticket: key, step: `${task.role}.${task.task}.${briefing.round}`, attempt: 1 };
  const now = () => new Date();
  const end = await consult({
    ...{ task, briefing, files, limits: DEFAULT_LIMITS[task.tools] },
    model: journaled(model, journal, { ...scope, now }),
    sandbox: { sandbox, blobs, prepared: () => Promise.resolve(prepared) },
    journaled: { journal, scope, now },
    mayAsk: () => ({ outcome: "granted" }),
    ...(gate ? { gate } : {}),
  });
  if (end.outcome === "answered") return end.answer;
  throw new GaveUp(end.sentence);
}

async function filesOf({ overlay, blobs }: Solo): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const [path, { sha }] of await overlay.tree()) {
    const content = await blobs.get(sha);
    if (content) files.set(path, content);
  }
  return files;
}
