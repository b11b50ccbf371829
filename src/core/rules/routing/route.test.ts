import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { taskTypeSchema } from "../../ledger/ids.ts";
import { DEFAULT_POLICY, type Policy } from "../policy.ts";
import { route, type RouteInput } from "./route.ts";
import { processorTime } from "../../../../test/support/processor-time.ts";
import { routingLine } from "../../../messages/reasons/routing.ts";

const CASES = z
  .array(z.object({ type: taskTypeSchema, title: z.string(), body: z.string() }))
  .parse(JSON.parse(readFileSync("test/data/routes.json", "utf8")));

/** Share of tickets that the rules have to get right by their words alone. */
const RIGHT_MIN = 0.9;

const BODY = "Write one object for each account, with its name and total, to standard output.";
function routed(over: Partial<RouteInput> = {}, policy: Policy = DEFAULT_POLICY) {
  const input = { title: "Add a flag", body: BODY, labels: [], forcedType: null, repositoryFiles: 40, namedPaths: [] };
  const { reasons, ...found } = route({ ...input, ...over }, policy);
  return { ...found, reasons: reasons.map(routingLine) };
}

describe("the router", () => {
  it("tells what kind of work a ticket is, from texts as people write them", () => {
    const results = CASES.map((one) => ({ ...one, got: routed(one).type }));
    const missed = results.filter((one) => one.got !== one.type);
    const share = 1 - missed.length / results.length;
    const list = missed.map((one) => `\n  ${one.type} taken for ${one.got}: ${one.title}`).join("");
    process.stdout.write(`Router: ${results.length - missed.length} of ${results.length} right${list}\n`);
    expect(results.length).toBeGreaterThanOrEqual(40);
    expect(share).toBeGreaterThanOrEqual(RIGHT_MIN);
  });

  it.each(CASES)("gives its reasons: $title", (one) => {
    const { reasons, confidence } = routed(one);
    for (const about of [/^Type /, /^Size /, /^Risk /, /^Plan gate: /])
      expect(reasons.filter((reason) => about.test(reason))).toHaveLength(1);
    for (const reason of reasons) expect(reason.length).toBeLessThanOrEqual(300);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  const broken = { title: "Crash on startup", body: "It dies with a stack trace when the config is empty." };
  it.each([
    ["its words", broken, "bug"],
    ["an ordinary label", { ...broken, labels: ["good first issue", "Documentation"] }, "docs"],
    ["a label that the policy names", { ...broken, labels: ["kind/cleanup", "bug"] }, "refactor"],
    ["one that is written in another case there", { ...broken, labels: ["🧹 KIND/Größe"] }, "refactor"],
    ["a label of ours", { ...broken, labels: ["bug"], forcedType: "feature" as const }, "feature"],
    ["nothing at all", { title: "Hm", body: "" }, "feature"],
  ])("goes by %s", (_name, input, type) => {
    const policy = { ...DEFAULT_POLICY, types: { refactor: ["kind/cleanup", "🧹 kind/größe"] } };
    expect(routed(input, policy).type).toBe(type);
  });

  it.each([
    ["clear", BODY],
    ["unclear", ""],
    ["unclear", "Make it better."],
    ["unclear", `${BODY} Maybe also to a file, etc.`],
    ["unclear", `${BODY} And with colours???`],
    ["clear", `${BODY} Maybe also to a file. ${"More about the file, in detail. ".repeat(30)}`],
  ])("finds %s: %j", (clarity, body) => {
    expect(routed({ body }).clarity).toBe(clarity);
  });

  it.each([
    ["small", BODY, []],
    ["medium", `${BODY}\n`.repeat(50), []],
    ["large", `- ${BODY}\n`.repeat(60), []],
    ["medium", BODY, ["a.ts", "b.ts", "c.ts", "d.ts", "e.ts", "f.ts"]],
  ])("finds it %s", (size, body, namedPaths) => {
    expect(routed({ body, namedPaths }).size).toBe(size);
  });

  it.each([
    ["low", BODY, []],
    ["medium", `${BODY} Check the permissions first.`, []],
    ["high", `${BODY} Delete the token when the password changes.`, []],
    ["high", `${BODY} Breaking.`, ["src/auth/session.ts"]],
    ["medium", BODY, ["db/migrations/1.sql"]],
  ])("finds its risk %s", (risk, body, namedPaths) => {
    expect(routed({ body, namedPaths }).risk).toBe(risk);
  });

  it.each([
    ["policy", "by-risk", {}],
    ["person", "by-risk", { body: `${BODY} Delete the token when the password changes.` }],
    ["person", "by-risk", { body: `${BODY} Check the permissions first.` }],
    ["person", "by-risk", { body: `- ${BODY}\n`.repeat(60) }],
    ["person", "by-risk", { title: "Hm", body: "" }],
    ["person", "always", {}],
    ["policy", "never", { body: `${BODY} Delete the token when the password changes.` }],
  ] as const)("leaves the plan to a %s where the policy says %s", (gate, planGate, over) => {
    expect(routed(over, { ...DEFAULT_POLICY, planGate }).planGate).toBe(gate);
  });

  it.each([
    ["empty lines", "\n".repeat(60_000)],
    ["blanks", " ".repeat(60_000)],
    ["dashes", "- ".repeat(30_000)],
    ["digits", "1".repeat(60_000)],
  ])("reads 60,000 characters of %s in no time", (_name, body) => {
    const taken = processorTime();
    routed({ body });
    // A quadratic pattern took 3,000 ms here; the bound leaves room for a busy machine.
    expect(taken.ms()).toBeLessThan(500);
  });
});
