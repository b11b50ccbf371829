import { describe, expect, it } from "@jest/globals";
import { ForgeAway } from "../forge/forge.ts";
import { type Aside, asideIn, putAside, tryAside } from "./put-aside.ts";

/** Deliveries that could not be taken in: when each is tried again, and when it is let go. */
const NOW = Date.parse("2026-03-10T12:00:00Z");
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const one = (guid: string, over: Partial<Aside> = {}): Aside => ({
  ...{ id: 1, guid, event: "issues", deliveredAt: new Date(NOW - HOUR).toISOString(), tries: 1, nextAt: NOW },
  ...over,
});

async function tried(aside: readonly Aside[], take: (one: Aside) => Promise<unknown> = async () => null) {
  const left = new Map(aside.map((each) => [each.guid, each]));
  const taken: string[] = [];
  const forgotten: string[] = [];
  const marks = { forget: async (_key: string, kind: string) => void forgotten.push(kind) };
  const working = async (each: Aside) => {
    taken.push(each.guid);
    return await take(each);
  };
  let thrown: unknown = null;
  await tryAside(marks, left, working, NOW).catch((error: unknown) => (thrown = error));
  return { taken, forgotten, left: [...left.values()], thrown };
}

it("is kept under its name, and tried again after some minutes, not all at once", async () => {
  const kept: unknown[] = [];
  const marks = { put: async (...args: readonly unknown[]) => void kept.push(args) };
  const delivery = { ...one("g"), id: 9, action: null, answered: "not" as const };
  const { nextAt, ...aside } = await putAside(marks, delivery, NOW);
  expect(aside).toEqual({ id: 9, guid: "g", event: "issues", deliveredAt: delivery.deliveredAt, tries: 1 });
  expect(nextAt).toBeGreaterThanOrEqual(NOW + 5 * MINUTE);
  expect(nextAt).toBeLessThanOrEqual(NOW + 6 * MINUTE);
  expect(kept).toEqual([["deliveries", "aside g", { remoteId: 9, bodySha256: `issues ${delivery.deliveredAt}` }]]);

  const again = await asideIn({ of: async (key: string, prefix: string) => [{ kind: `${prefix}g`, remoteId: key === "deliveries" ? 9 : null, bodySha256: `issues ${delivery.deliveredAt}` }] } as never, NOW); // prettier-ignore
  expect(again).toEqual([{ ...aside, tries: 0, nextAt: expect.any(Number) }]);
  expect(again[0]?.nextAt).toBeGreaterThanOrEqual(NOW);
  expect(again[0]?.nextAt).toBeLessThanOrEqual(NOW + 5 * MINUTE);
});

describe("a turn", () => {
  it("takes those whose time has come, and forgets what was taken in", async () => {
    const found = await tried([one("due"), one("early", { nextAt: NOW + 1 })]);
    expect(found).toMatchObject({ taken: ["due"], forgotten: ["aside due"], left: [{ guid: "early" }], thrown: null });
  });

  it("tries five, so that fresh ones need not wait", async () => {
    const found = await tried(["a", "b", "c", "d", "e", "f"].map((guid) => one(guid)));
    expect([found.taken, found.left.map(({ guid }) => guid)]).toEqual([["a", "b", "c", "d", "e"], ["f"]]);
  });

  it.each([
    [1, 10],
    [2, 20],
    [3, 40],
    [4, 60],
    [9, 60],
  ])("after %i tries waits some %i minutes", async (tries, minutes) => {
    const { left } = await tried([one("a", { tries })], () => Promise.reject(new Error("broken")));
    expect(left).toMatchObject([{ tries: tries + 1 }]);
    const waits = ((left[0]?.nextAt ?? 0) - NOW) / MINUTE;
    expect(waits).toBeGreaterThanOrEqual(minutes);
    expect(waits).toBeLessThanOrEqual(minutes * 1.2);
  });

  it.each<[string, number, readonly string[], readonly string[], number]>([
    ["tries it for three days", 3 * DAY, ["a"], ["aside a"], 0],
    ["only names it after that", 3 * DAY + 1, [], [], 1],
    ["names it for two weeks", 14 * DAY, [], [], 1],
    ["forgets it then", 14 * DAY + 1, [], ["aside a"], 0],
  ])("%s", async (_what, ageMs, taken, forgotten, left) => {
    const found = await tried([one("a", { deliveredAt: new Date(NOW - ageMs).toISOString() })]);
    expect([found.taken, found.forgotten, found.left.length]).toEqual([taken, forgotten, left]);
  });

  it("ends where GitHub says how long to leave it alone, and goes on where it is only away", async () => {
    const limited = await tried([one("a"), one("b")], () => Promise.reject(new ForgeAway("wait", 5, "not-done")));
    expect([limited.taken, limited.thrown]).toEqual([["a"], expect.any(ForgeAway)]);
    const away = await tried([one("a"), one("b")], () => Promise.reject(new ForgeAway("away", null, "not-done")));
    expect([away.taken, away.thrown]).toEqual([["a", "b"], null]);
  });
});
