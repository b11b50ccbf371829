import { describe, expect, it } from "@jest/globals";
import { aDraft, aFinding, aPlan, aTicketLedger, entriesOf } from "../../test/support/builders.ts";
import { partingSentence } from "../messages/trace.ts";
import { trace } from "./trace.ts";

const begun = [aDraft("opened"), aDraft("routed"), aDraft("planned"), aDraft("plan_approved")];
const change = (path: string) => ({ path, action: "change" as const, added: 1, removed: 0 });
const planned = ["src/report.js", "test/since.test.js"].map(change);
const content = { findings: [], done: [], verdict: "pass" as const };

describe("where plan and execution parted", () => {
  it("is nowhere without a plan, and where all went as planned", () => {
    expect(trace(entriesOf([aDraft("opened")]))).toEqual({ plan: null, partings: [], open: [] });
    const smooth = entriesOf([...begun, aDraft("implemented"), aDraft("reviewed", content)]);
    expect(trace(smooth)).toMatchObject({ plan: { seq: 3, by: "claude-opus-5-5" }, partings: [], open: [] });
  });

  it.each([
    ["a file that the plan does not name", aDraft("implemented", { files: [...planned, change("a.js")], unplanned: [{ path: "a.js", why: "needed" }] }), { is: "unplanned-file", path: "a.js", why: "needed" }],
    ["a file that was left out", aDraft("implemented", { files: planned.slice(0, 1) }), { is: "file-left-out", path: "test/since.test.js" }],
    ["tests that failed", aDraft("implemented", { verification: { outcome: "failed", testsRun: 3, sentence: "npm test ended with 1.", outputSha256: null } }), { is: "tests-failed", sentence: "npm test ended with 1." }],
    ["a word of a person", aDraft("rework_requested", { instructions: "Shorter." }), { is: "rework", instructions: "Shorter." }],
    ["somebody's commit", aDraft("head_moved"), { is: "others-commit" }],
    ["another text", aDraft("text_changed"), { is: "text-changed" }],
  ])("is %s", (_what, draft, what) => {
    const { partings } = trace(entriesOf([...begun, draft]));
    expect(partings).toMatchObject([{ seq: 5, what }]);
    expect(partingSentence(partings[0]!.what)).toMatch(/^\S.*\.$/);
  }); // prettier-ignore

  it("is where a reviewer found something undone, and over once the reviewer says so", () => {
    const finding = aFinding();
    const found = [...begun, aDraft("implemented"), aDraft("reviewed", { findings: [finding] })];
    const { partings, open } = trace(entriesOf(found));
    expect(partings.map(({ what }) => what.is)).toEqual(["not-done", "blocker"]);
    expect(open).toEqual(partings);
    const mended = trace(
      entriesOf([...found, aDraft("implemented", { round: 1 }), aDraft("reviewed", { round: 1, ...content })]),
    );
    expect([mended.partings.length, mended.open]).toEqual([2, []]);
  });

  it("is where the proof refuted what has to be proven", () => {
    const items = [
      { id: "scope" as const, state: "refuted" as const, required: true, evidence: "One file too many.", details: [] },
    ];
    const drafts = [...begun, aDraft("implemented"), aDraft("proof_collected", { items, outcome: "not-ready" })];
    expect(trace(entriesOf(drafts)).open.map(({ what }) => partingSentence(what))).toEqual([
      'The proof refuted "Files are those of the plan": One file too many.',
    ]);
  });

  it("begins anew with a new plan", () => {
    const drafts = [
      ...begun,
      aDraft("implemented", { files: planned.slice(0, 1) }),
      aDraft("planned", { plan: aPlan({ goal: "Another." }) }),
    ];
    expect(trace(entriesOf(drafts))).toMatchObject({ plan: { seq: 6, goal: "Another." }, partings: [], open: [] });
  });

  it("is told of the whole story", () => {
    expect(trace(aTicketLedger()).partings.length).toBeGreaterThan(0);
  });
});
