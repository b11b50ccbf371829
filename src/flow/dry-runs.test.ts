import { describe, expect, it } from "@jest/globals";
import { aTicket, aTicketLedger } from "../../test/support/builders.ts";
import { DryRuns } from "./dry-runs.ts";

const REPO = { owner: "acme", name: "tally" };
/** A clock that the test sets, and what it says of them at a second. */
function runsAt() {
  let ms = 0;
  const runs = new DryRuns(() => ms);
  const at = (seconds: number) => {
    ms = seconds * 1_000;
    return runs;
  };
  return at;
}
const opened = aTicket(aTicketLedger("opened"));
const routed = aTicket(aTicketLedger("routed"));
const dry = { ...routed, route: routed.route && { ...routed.route, dryRun: true as const } };

describe("whether something may be written", () => {
  it("stands in the ledger of a ticket that was routed, whatever the policy says by now", () => {
    const at = runsAt();
    at(0).note(REPO, true);
    expect([at(1).writing(REPO, routed), at(1).writing(REPO, dry)]).toEqual(["real", "dry"]);
  });

  it("is as the policy said a moment ago, under whatever spelling of the name", () => {
    const at = runsAt();
    at(0).note({ owner: "Acme", name: "Tally" }, true);
    expect(at(59).writing(REPO, opened)).toBe("dry");
    expect(at(59).writing(REPO, null)).toBe("dry");
    expect(at(61).writing(REPO, null)).toBe("unknown");
    expect(at(59).writing({ ...REPO, name: "other" }, null)).toBe("unknown");
  });

  it("waits for the first step of the first ticket, and not for ever", () => {
    const at = runsAt();
    expect([0, 19, 20].map((second) => at(second).writing(REPO, opened))).toEqual(["held", "held", "unknown"]);
    at(21).note(REPO, false);
    expect(at(22).writing(REPO, opened)).toBe("real");
  });

  it("does not wait where nothing follows", () => {
    expect(new DryRuns().writing(REPO, { ...opened, end: { as: "stopped", by: "mona", sha: null } })).toBe("unknown");
  });
});
