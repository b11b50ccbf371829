import { describe, expect, it } from "@jest/globals";
import type { Plan, TestChange } from "./plan.ts";
import { NO_TEST_REQUESTS, refuseRequests, requested } from "./test-requests.ts";
import { vainExcuses } from "./vain-excuse.ts";
import { processorTime } from "../../../test/support/processor-time.ts";

const GREETS: TestChange = { file: "t.test.js", test: "greets", change: "update", to: null, why: "It shouts." };
const planned = (...testChanges: TestChange[]) => ({ plan: { plan: { testChanges } as unknown as Plan } });

describe("old tests that an Implementer asks for", () => {
  it.each<[string, Partial<TestChange>, number]>([
    ["the same with other words", { why: "Again." }, 0],
    ["its end, where the plan has a new text for it", { change: "delete" }, 1],
    ["another name", { change: "rename", to: "shouts" }, 1],
    ["another test", { test: "leaves" }, 1],
  ])("are asked about where the plan does not name them so: %s", (_what, over, open) => {
    const ticket = { ...planned(GREETS), testRequests: NO_TEST_REQUESTS };
    expect(requested(ticket, [{ ...GREETS, ...over }]).open).toHaveLength(open);
  });

  it("stay refused for the round that was asked for instead, and may be asked for again in the next one", () => {
    const ticket = {
      ...planned(),
      testRequests: requested({ ...planned(), testRequests: NO_TEST_REQUESTS }, [GREETS]),
    };
    const once = { ...ticket, testRequests: refuseRequests(ticket, "mona", "Leave it.") };
    expect(once.testRequests).toEqual({ open: [], refused: [{ ...GREETS, by: "mona", reason: "Leave it." }] });
    expect(refuseRequests(once, "mona", "You may after all.")).toEqual(NO_TEST_REQUESTS);
  });
});

describe("a test that is named and that nobody has", () => {
  const lacks = (test: string, text: string) => vainExcuses([{ ...GREETS, test }], () => [text])[0]?.lacks ?? null;

  it.each([
    ["adds up to a number", "adds up", "to a number", null],
    ["groups in groups in groups", "groups in", "groups in groups", null],
    ["adds up to nothing", "adds up", "to a number", "test"],
    ["adds up", "up", "down", "test"],
  ])("%s, of %s and %s", (test, group, inner, expected) => {
    expect(lacks(test, `describe("${group}", () => it("${inner}", () => {}));`)).toBe(expected);
  });

  it("is looked for in a time that a model cannot choose, who writes both the name and the file", () => {
    const taken = processorTime();
    expect(lacks(`${"a ".repeat(140)}zz`, "a ".repeat(200_000))).toBe("test");
    // 60 words and 12 kB took ten seconds when every way to cut the name was tried.
    expect(taken.ms()).toBeLessThan(5_000);
  });
});
