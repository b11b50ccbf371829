import { describe, expect, it } from "@jest/globals";
import { aTicket, aTicketLedger } from "../../test/support/builders.ts";
import { DryRuns } from "./dry-runs.ts";

const REPO = { owner: "acme", name: "tally" };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const opened = aTicket(aTicketLedger("opened"));
const routed = aTicket(aTicketLedger("routed"));
const dry = { ...routed, route: routed.route && { ...routed.route, dryRun: true as const } };

describe("whether something may be written", () => {
  it("stands in the ledger of a ticket that was routed, whatever the policy says by now", () => {
    const runs = new DryRuns();
    runs.note(REPO, true, at(0));
    expect([runs.writing(REPO, routed, at(1)), runs.writing(REPO, dry, at(1))]).toEqual(["real", "dry"]);
  });

  it("is as the policy said a moment ago, under whatever spelling of the name", () => {
    const runs = new DryRuns();
    runs.note({ owner: "Acme", name: "Tally" }, true, at(0));
    expect(runs.writing(REPO, opened, at(59))).toBe("dry");
    expect(runs.writing(REPO, null, at(59))).toBe("dry");
    expect(runs.writing(REPO, null, at(61))).toBe("unknown");
    expect(runs.writing({ ...REPO, name: "other" }, null, at(59))).toBe("unknown");
  });

  it("waits for the first step of the first ticket, and not for ever", () => {
    const runs = new DryRuns();
    expect([0, 19, 20].map((second) => runs.writing(REPO, opened, at(second)))).toEqual(["held", "held", "unknown"]);
    runs.note(REPO, false, at(21));
    expect(runs.writing(REPO, opened, at(22))).toBe("real");
  });

  it("does not wait where nothing follows", () => {
    expect(new DryRuns().writing(REPO, { ...opened, end: { as: "stopped", by: "mona", sha: null } }, at(0))).toBe(
      "unknown",
    );
  });
});
