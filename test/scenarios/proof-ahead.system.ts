import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { AheadEvent } from "../../src/proof/ahead/ahead.ts";
import { treeKey } from "../../src/trees/tree-key.ts";
import type { Sandbox, SandboxCheck } from "../../src/workspace/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { type Hanging, hanging } from "../support/hanging-models.ts";
import { closeShared, NO_SANDBOX, raise, scripted, type Stage, strike, theSandbox } from "../support/scenario.ts";
import { GREETER, ISSUE, loudStory } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

type Run = { readonly key: string; outcome: string | null };
const NEVER_MS = 24 * 60 * 60_000;
/** The policy's own command, so that the first proof does not have to look for it, and few changed versions. */
const FILES = {
  ...GREETER,
  ".github/coop.yml": "planGate: never\nproof: { mutationsMax: 2 }\nverify: [{ name: tests, run: node --test }]\n",
};

/** The sandbox of this machine, and every run that really began in it. @param holds a run that lasts until it is ended */
async function watched(holds: () => boolean): Promise<{ check: SandboxCheck; runs: Run[] }> {
  const check = await theSandbox();
  if (check.state === "none") throw new Error(check.why);
  const runs: Run[] = [];
  const run: Sandbox["run"] = async (request) => {
    const one: Run = { key: `${treeKey(request.tree)} ${request.command}`, outcome: null };
    runs.push(one);
    if (holds() && !runs.some(({ outcome }) => outcome === "killed")) {
      await new Promise((resolve) => request.signal?.addEventListener("abort", resolve));
      one.outcome = "killed";
      return { outcome: "killed", exitCode: null, output: "", durationMs: 0 };
    }
    const result = await check.sandbox.run(request);
    one.outcome = result.outcome;
    return result;
  };
  return { check: { state: "available", sandbox: { ...check.sandbox, run } }, runs };
}

type Attacked = { stage: Stage; issue: number; models: Hanging; runs: Run[]; events: AheadEvent["kind"][] };

/** A ticket whose Adversary looks at the change and is waited for. */
async function attacked(afterMs = 0, sandbox?: SandboxCheck, holds = false): Promise<Attacked> {
  const events: AheadEvent["kind"][] = [];
  const { check, runs } = await watched(() => holds && events.includes("begun"));
  const models = hanging(scripted(loudStory()), ({ role }) => role === "adversary");
  const ahead = { afterMs, onEvent: ({ kind }: AheadEvent) => void events.push(kind) };
  const stage = await raise(models.models, { files: FILES }, { sandbox: sandbox ?? check, ahead });
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  await models.began;
  return { stage, issue, models, runs, events };
}

async function proven({ stage, issue, models }: Attacked) {
  models.goOn();
  await stage.settle();
  expect(await stage.phase(issue)).toBe("ready");
  const { proof } = await stage.ticket(issue);
  return proof?.items.map(({ id, code, state, evidence }) => [
    id,
    code,
    state,
    evidence.replace(/\b[0-9a-f]{7}\b/, ""),
  ]);
}

const often = (runs: readonly Run[]) =>
  Object.fromEntries([...new Set(runs.map(({ key }) => key))].sort().map((key) => [key, runs.filter((run) => run.key === key).length])); // prettier-ignore

describe("the runs of a proof", () => {
  /** One after the other, as where nothing is done ahead. */
  let usual: { before: number; runs: Record<string, number>; items: Awaited<ReturnType<typeof proven>> };

  it("are all made when the proof is due, where nothing was begun", async () => {
    const set = await attacked(NEVER_MS);
    const before = set.runs.length;
    const items = await proven(set);
    usual = { before, runs: often(set.runs), items };
    expect(set.events).toEqual(["taken"]);
    // Old and new tests on both sides, five looks at the new ones, changed versions.
    expect(set.runs.length - before).toBeGreaterThan(8);
  });

  it("are made while the Adversary looks, and not a second time when the proof is due", async () => {
    const early = await attacked();
    await eventually(() => early.events.includes("ended"));
    expect(early.models.ended()).toBeNull();
    const made = early.runs.length;
    expect(often(early.runs)).toEqual(usual.runs);
    expect(await proven(early)).toEqual(usual.items);
    expect(early.runs.length).toBe(made);
    expect(early.events).toEqual(["begun", "ended", "taken"]);
  });

  it("that are under way when the proof is due are waited for, and the rest is run", async () => {
    const early = await attacked();
    await eventually(() => early.runs.length > usual.before);
    await proven(early);
    expect(early.events).toEqual(["begun", "taken"]);
    expect(often(early.runs)).toEqual(usual.runs);
  });

  it("are ended when somebody pushes, and made anew for the new head", async () => {
    const { stage, issue, runs, events } = await attacked(0, undefined, true);
    await eventually(() => events.includes("begun") && runs.at(-1)?.outcome === null);
    stage.repo.push("mona", `coop/issue-${issue}`, { "README.md": "# greeter\n\nSays hello, and loudly.\n" }, "Say so");
    await eventually(() => events.filter((kind) => kind === "begun").length === 2);
    expect(events.slice(0, 2)).toEqual(["begun", "dropped"]);
    expect(runs.some(({ outcome }) => outcome === "killed")).toBe(true);
    await stage.settle();
    expect((await stage.ticket(issue)).proof?.headSha).toBe(stage.repo.head(`coop/issue-${issue}`));
  });

  it("are not begun where no repository code runs", async () => {
    const set = await attacked(0, NO_SANDBOX);
    set.models.goOn();
    await set.stage.settle();
    expect(set.events).toEqual([]);
  });
});
