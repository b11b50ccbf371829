import { describe, expect, it } from "@jest/globals";
import { admit, AHEAD_MS_MAX, closed, type Doing, GITHUB_PACE, type Pace, paceAt, seated } from "./pace.ts";

const NOW = 1_700_000_000_000;
const HOUR_MS = 3_600_000;

/** Asks one after the other at the same moment. */
function ask(from: Pace, ...doing: readonly Doing[]) {
  let pace = from;
  const told = doing.map((one) => {
    const admitted = admit(pace, { doing: one, count: 1 }, GITHUB_PACE);
    pace = admitted.pace;
    return admitted.told;
  });
  return { pace, told };
}
const fresh = () => paceAt(null, NOW);
const go = (inMs: number) => ({ outcome: "go", inMs, count: 1 });

describe("what may go now", () => {
  it("is everything at first, and a write a second after the one before", () => {
    const { told } = ask(fresh(), "read", "create", "read", "write", "create");
    expect(told).toEqual([go(0), go(0), go(0), go(1_100), go(2_200)]);
  });

  it("is no write that would have to stand still for long; it is told when", () => {
    const { told } = ask(fresh(), ...Array<Doing>(12).fill("write"));
    expect(told.filter(({ outcome }) => outcome === "go")).toHaveLength(10);
    expect(told[10]).toEqual({ outcome: "later", inMs: 11_000 });
    expect(told[11]).toEqual(told[10]);
    expect(AHEAD_MS_MAX).toBeLessThan(11_000);
  });

  it("is nothing while the forge asked to be left alone", () => {
    const { told, pace } = ask(closed(fresh(), 42_000), "read", "write");
    expect(told).toEqual([
      { outcome: "later", inMs: 42_000 },
      { outcome: "later", inMs: 42_000 },
    ]);
    expect(closed(pace, 1_000).closedUntil).toBe(NOW + 42_000);
    expect(ask(paceAt(pace, NOW + 42_000), "read").told).toEqual([go(0)]);
  });

  it("is as many of the reads as there is room for", () => {
    const first = admit(fresh(), { doing: "read", count: 895 }, GITHUB_PACE);
    const second = admit(first.pace, { doing: "read", count: 9 }, GITHUB_PACE);
    expect(second.told).toEqual({ outcome: "go", inMs: 0, count: 5 });
    const third = admit(second.pace, { doing: "read", count: 9 }, GITHUB_PACE);
    expect(third.told).toMatchObject({ outcome: "later" });
    expect(third.told.inMs).toBeGreaterThan(60_000);
    expect(
      admit(paceAt(third.pace, NOW + third.told.inMs), { doing: "read", count: 9 }, GITHUB_PACE).told,
    ).toMatchObject({
      outcome: "go",
      count: 9,
    });
  });

  it("is 500 creates an hour, also when each keeps its distance", () => {
    let pace = fresh();
    let now = NOW;
    let created = 0;
    for (; now < NOW + HOUR_MS; now += 1_200) {
      const admitted = admit(paceAt(pace, now), { doing: "create", count: 1 }, GITHUB_PACE);
      pace = admitted.pace;
      if (admitted.told.outcome === "go") created++;
    }
    expect(created).toBe(500);
    expect(ask(paceAt(pace, now), "write", "read").told).toEqual([go(0), go(0)]);
    expect(JSON.stringify(pace).length).toBeLessThan(4_000);
  });
});

describe("a clock that was set back", () => {
  it("takes all waits along: nobody waits for the difference, and nothing that was counted is forgotten", () => {
    const full = admit(ask(fresh(), "write", "write").pace, { doing: "read", count: 890 }, GITHUB_PACE);
    const pace = paceAt(closed(full.pace, 5_000), NOW - HOUR_MS);
    expect(ask(pace, "read").told).toEqual([{ outcome: "later", inMs: 5_000 }]);
    const after = paceAt(pace, NOW - HOUR_MS + 5_000);
    const write = ask(after, "write").told[0];
    expect(write).toMatchObject({ outcome: "later" });
    expect(write?.inMs).toBeLessThan(65_000);
    expect(ask(paceAt(after, NOW - HOUR_MS + 65_000), "write").told).toEqual([go(0)]);
  });
});

describe("requests under way at once", () => {
  const claim = (pace: Pace, holder: string, inUse = 0) => seated(pace, { holder, inUse }, GITHUB_PACE);

  it("are shared out so that there is some left for whoever comes, and never more than GitHub allows", () => {
    let pace = fresh();
    const counts: number[] = [];
    for (let worker = 0; worker < 20; worker++) {
      const claimed = claim(pace, `worker ${worker}`);
      pace = claimed.pace;
      counts.push(claimed.seats);
    }
    expect(counts.slice(0, 14)).toEqual([...Array<number>(11).fill(8), 6, 3, 2]);
    expect(counts.reduce((all, one) => all + one, 0)).toBe(100);
  });

  it("stay with whoever uses them; the rest of a claim is shared again, and that of a dead worker after a while", () => {
    let pace = fresh();
    for (let worker = 0; worker < 20; worker++) pace = claim(pace, `worker ${worker}`).pace;
    expect(claim(pace, "worker 0", 8).seats).toBe(8);
    const idle = claim(pace, "worker 1", 1);
    expect(idle.seats).toBe(4);
    expect(claim(idle.pace, "new").seats).toBe(2);
    expect(claim(paceAt(pace, NOW + 100_000), "new").seats).toBe(8);
  });
});
