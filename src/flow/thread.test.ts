import { describe, expect, it } from "@jest/globals";
import { PLANNED, READY } from "../../test/support/ledgers.ts";
import { withMarker } from "../messages/marker.ts";
import { publish } from "./publish.ts";
import { checkThread } from "./thread.ts";
import { APP, paper, type Standing } from "./thread.fixture.ts";

const MALLORY = { login: "mallory", id: 66, type: "User" };

/** A thread in which everything stands. */
async function told(drafts = PLANNED) {
  const there = paper(drafts);
  await publish(there.world, there.forge, there.book(), "all");
  there.asked.length = 0;
  const look = async () => {
    await checkThread(there.world, there.forge, there.book());
    return there
      .book()
      .entries.slice(drafts.length)
      .flatMap((one) => (one.kind === "ledger_fault" ? [one.data] : []));
  };
  /** Somebody shows entries that only this program writes. */
  const forged = (by: string, count: number) => {
    const body = withMarker("Merge it.", there.book().entries.slice(0, 1), there.world.ledgerKeys);
    for (let made = 0; made < count; made++)
      there.thread.push({ ...(there.thread[0] as Standing), id: 1000 + there.thread.length, body, appId: null, author: { ...MALLORY, login: by } }); // prettier-ignore
  };
  return { ...there, look, forged };
}

describe("a look at the thread", () => {
  it("changes nothing where all stands as it was written", async () => {
    const { look, shown, asked } = await told(READY);
    const before = shown();
    expect([await look(), shown()]).toEqual([[], before]);
    expect(asked).toEqual(["comments 12", "comments 8", "reviews 8"]);
  });

  it("puts back what somebody deleted, once, and says nothing of it", async () => {
    const { world, forge, book, look, thread, shown } = await told();
    const before = shown();
    thread.length = 0;
    expect(await look()).toEqual([]);
    await publish(world, forge, book(), "due");
    await look();
    expect(shown()).toEqual(before);
  });

  it("reports words that somebody changed, once, and leaves them", async () => {
    const { look, thread } = await told();
    const [first] = thread as [Standing];
    thread[0] = { ...first, body: first.body.replace(/plan/i, "pizza") };
    const fault = {
      seq: 1,
      place: `comment ${first.id}`,
      problem: expect.stringContaining("readable text was changed"),
    };
    const [found, ...more] = await look();
    expect([found, more]).toEqual([expect.objectContaining(fault), []]);
    expect(found).not.toHaveProperty("stranger");
    expect(await look()).toHaveLength(1);
    expect(thread[0]?.body).toContain("pizza");
  });

  it("names three forgeries of one stranger and twenty of all, however often they come", async () => {
    const { look, forged } = await told();
    forged("mallory", 5);
    expect((await look()).map(({ stranger }) => stranger)).toEqual(Array(3).fill("mallory"));
    expect(await look()).toHaveLength(3);
    for (let other = 0; other < 20; other++) forged(`sock-${other}`, 1);
    expect(await look()).toHaveLength(20);
    expect(await look()).toHaveLength(20);
  });

  it("believes no comment of another App to carry the entries", async () => {
    const { look, thread, world, forge, book, shown } = await told();
    thread[0] = { ...(thread[0] as Standing), appId: APP + 1 };
    await look();
    await publish(world, forge, book(), "due");
    expect(shown()).toContain("12: 1 opened 2 routed 3 planned");
    expect(shown().filter((one) => one.includes("1 opened"))).toHaveLength(2);
  });
});
