import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { App } from "../../src/app.ts";
import { readTrigger } from "../../src/core/rules/trigger.ts";
import type { InboxStore } from "../../src/store/inbox-store.ts";
import { eachDatabase } from "../support/databases.ts";
import { hanging } from "../support/hanging-models.ts";
import { closeShared, scripted, strike } from "../support/scenario.ts";
import { ISSUE, loudStory, policy, raiseChecked } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

/** Later than the job that hands it on has ended: until then nobody else may have the next one. */
const HANDED_ON_MS = 100;

/**
 * It hears nothing any more and hands on what people said to the other worker, which wakes up for it by itself. Whoever has just
 * ended a job is the first at the next one that waits already, so that one must not.
 */
function deafen({ world }: App, other: App): void {
  const inbox = world.inbox as { pending: InboxStore["pending"] };
  const { pending } = inbox;
  inbox.pending = async (ticket) => {
    const said = (await pending(ticket)).filter(({ payload }) => readTrigger(payload)?.kind === "commented");
    if (said.length > 0)
      await other.world.nudge(ticket, { lane: "hearing", inMs: HANDED_ON_MS, reason: "not heard there" });
    return [];
  };
}

eachDatabase((name, open, other) => {
  // PGlite belongs to one process.
  if (name === "pglite") return it("is not for several workers", () => expect(other.url()).toBeNull());

  describe("two workers, one at a step and the other one listening", () => {
    it("`/coop stop` is heard by one and ends the call of the other", async () => {
      const database = await open();
      const models = hanging(scripted(loudStory()), (call) => call.role === "implementer" && call.turn === 3);
      const stage = await raiseChecked(models.models, { files: policy("planGate: never") }, { database });
      const issue = stage.repo.openIssue("mona", ISSUE);
      stage.repo.addLabel("mona", issue, "coop");
      await models.began;
      deafen(stage.app(), await stage.secondWorker(await other.beside()));
      stage.repo.comment("mona", issue, "/coop stop");
      await stage.settle();
      expect(models.ended()).toBe("aborted");
      expect((await stage.kinds(issue)).slice(-2)).toEqual(["stopped", "step_interrupted"]);
      expect(stage.repo.numbers("pull")).toEqual([]);
    });
  });
});
