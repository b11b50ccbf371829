import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { LedgerStore } from "../../src/store/ledger-store.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { ISSUE, labelled, loudStory, policy, raiseChecked } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const page = async (stage: Stage, path: string) => (await fetch(`${stage.app().url}${path}`)).text();

/** Counts how often whole ledgers are read, which is what lists must not do. */
function countReads(stage: Stage): () => number {
  const ledgers = stage.app().world.ledgers as { read: LedgerStore["read"] };
  const { read } = ledgers;
  let reads = 0;
  ledgers.read = (ticket) => {
    reads += 1;
    return read(ticket);
  };
  return () => reads;
}

describe("the list of tickets and the metrics", () => {
  it("are shown without a look into any ledger, as the last entry left them", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    const issue = await labelled(stage);
    const reads = countReads(stage);
    const list = await page(stage, "/");
    expect(list).toContain(ISSUE.title);
    expect(list).toContain(`${stage.repo.fullName}#${issue}`);
    expect(list).toMatch(/\$0\.0*[1-9]/);
    expect(await page(stage, "/metrics")).toContain('coop_tickets{phase="plan-approval"} 1');
    expect(reads()).toBe(0);
    stage.repo.comment("mona", issue, "/coop stop");
    await stage.settle();
    expect(await page(stage, "/metrics")).toContain('coop_tickets{phase="stopped"} 1');
  });

  it("fill what an earlier version left out, once", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    await labelled(stage);
    await stage.sql("UPDATE tickets SET title = NULL, type = NULL, round = NULL, cost_micro_usd = NULL");
    const reads = countReads(stage);
    expect(await page(stage, "/")).toContain(ISSUE.title);
    const first = reads();
    expect(first).toBeGreaterThan(0);
    expect(await page(stage, "/")).toContain(ISSUE.title);
    expect(reads()).toBe(first);
  });
});
