import { DEFAULT_POLICY, type Policy } from "../../src/core/rules/policy.ts";
import { planSchema, type Plan } from "../../src/core/ticket/plan.ts";
import type { ProofItem, ProofItemId } from "../../src/core/ticket/proof-items.ts";
import type { Snapshot, Tree } from "../../src/trees/tree.ts";
import { collectProof } from "../../src/proof/collect.ts";
import { findCommands } from "../../src/proof/runners/commands.ts";
import { inWords } from "../../src/messages/proof/in-words.ts";
import type { ProofInput, ReviewFacts } from "../../src/proof/evidence.ts";
import type { SandboxCheck } from "../../src/workspace/sandbox.ts";
import { memoryStore } from "./sandbox-fixture.ts";

const HEAD_SHA = "b".repeat(40);

/** A small repository before the change: two functions, each with a test. */
export const BASE: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({ name: "clock", type: "module", scripts: { test: "node --test" } }, null, 2),
  "README.md": "# clock\n",
  "src/pad.js": `export function pad(number) {
  return String(number).padStart(2, "0");
}
`,
  "src/minutes.js": `export function minutes(hours, rest) {
  if (rest >= 60) throw new RangeError("rest is more than an hour");
  return hours * 60 + rest;
}
`,
  "test/pad.test.js": `import assert from "node:assert/strict";
import test from "node:test";
import { pad } from "../src/pad.js";

test("pads one digit", () => {
  assert.equal(pad(7), "07");
});
test("leaves two digits", () => {
  assert.equal(pad(12), "12");
  assert.equal(pad(99), "99");
});
`,
  "test/minutes.test.js": `import assert from "node:assert/strict";
import test from "node:test";
import { minutes } from "../src/minutes.js";

test("adds hours and rest", () => assert.equal(minutes(2, 5), 125));
test("refuses a rest of an hour", () => assert.throws(() => minutes(1, 60), RangeError));
`,
};

/** The honest change: a new function with tests that look at all of it. */
export const HONEST: Readonly<Record<string, string | null>> = {
  "src/clock.js": `import { pad } from "./pad.js";

export function clock(total) {
  if (total < 0) throw new RangeError("a clock does not go below zero");
  return pad(Math.floor(total / 60)) + ":" + pad(total % 60);
}
`,
  "test/clock.test.js": `import assert from "node:assert/strict";
import test from "node:test";
import { clock } from "../src/clock.js";

test("writes hours and minutes", () => {
  assert.equal(clock(0), "00:00");
  assert.equal(clock(60), "01:00");
  assert.equal(clock(125), "02:05");
});
test("refuses what lies below zero", () => assert.throws(() => clock(-1), RangeError));
`,
};

export const PLAN: Plan = planSchema.parse({
  goal: "Write minutes as hours and minutes.",
  chunks: [
    {
      title: "Add clock()",
      files: [
        { path: "src/clock.js", action: "create", intent: "Writes minutes as hh:mm." },
        { path: "test/clock.test.js", action: "create", intent: "Add tests for clock()." },
      ],
      tests: ["test/clock.test.js: writes hours and minutes"],
    },
  ],
  constraints: [],
  definitionOfDone: [
    { id: "D1", statement: "clock(125) is 02:05", evidence: { kind: "test", reference: "test/clock.test.js" } },
    { id: "D2", statement: "All tests pass", evidence: { kind: "command", reference: "npm test" } },
    { id: "D3", statement: "clock() is a module of its own", evidence: { kind: "file", reference: "src/clock.js" } },
    { id: "D4", statement: "Names follow the house", evidence: { kind: "review", reference: "names" } },
  ],
  verification: ["npm test"],
  assumptions: [],
  risks: [],
  estimate: { filesChanged: 2, linesChanged: 20 },
});

export function reviewOf(role: "reviewer" | "adversary", more: Partial<ReviewFacts> = {}): ReviewFacts {
  const met = PLAN.definitionOfDone.map(({ id }) => ({ id, met: "yes" as const, evidence: "Read and tried." }));
  return {
    role,
    headSha: HEAD_SHA,
    openBlockers: [],
    brokenCitations: [],
    done: met,
    verificationSteps: "yes",
    ...more,
  };
}

export type Proof = Readonly<Record<ProofItemId, ProofItem>>;

/** Collects proof for a change of the base; `null` deletes a file. */
export async function prove(
  sandbox: SandboxCheck,
  change: Readonly<Record<string, string | null>>,
  more: Partial<ProofInput> & { base?: never; baseFiles?: Readonly<Record<string, string>> } = {},
): Promise<Proof> {
  const { blobs, tree } = memoryStore();
  const baseFiles = more.baseFiles ?? BASE;
  const kept = Object.entries({ ...baseFiles, ...change }).filter((one): one is [string, string] => one[1] !== null);
  const base = snapshot("a".repeat(40), tree(baseFiles));
  const head = snapshot(HEAD_SHA, tree(Object.fromEntries(kept)));
  const policy: Policy = more.policy ?? DEFAULT_POLICY;
  const input: ProofInput = {
    type: "feature",
    plan: PLAN,
    base,
    head,
    policy,
    commands: await findCommands(base.tree, blobs, policy),
    checks: [],
    unplanned: [],
    protectedAccepted: [],
    reviews: [reviewOf("reviewer"), reviewOf("adversary")],
    ...more,
  };
  const items = await collectProof(input, { sandbox, blobs });
  return Object.fromEntries(items.map((item) => [item.id, inWords(item)])) as Proof;
}

function snapshot(commitSha: string, tree: Tree): Snapshot {
  return { commitSha, treeSha: commitSha, tree };
}
