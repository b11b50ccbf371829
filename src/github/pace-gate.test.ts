import { describe, expect, it } from "@jest/globals";
import { type Doing, GITHUB_PACE, READ_LATE_MS } from "../core/rules/pace.ts";
import { guardedForge } from "../flow/guarded-forge.ts";
import { type Forge, ForgeAway, lastLook } from "../forge/forge.ts";
import { SECONDARY_LIMITS, SecondaryCount } from "../github-double/secondary-limits.ts";
import type { PaceStore } from "../store/pace-store.ts";
import { pacesInProcess, VirtualTime } from "../../test/support/virtual-time.ts";
import { type PaceGate, paceGate } from "./pace-gate.ts";

/** Workers on a virtual clock that share one pace, and a GitHub that counts what arrives. */
function workers(count: number, time = new VirtualTime(), paces: PaceStore = pacesInProcess(time.now)) {
  const github = new SecondaryCount(SECONDARY_LIMITS);
  const gates = Array.from({ length: count }, (_, index) =>
    paceGate("installation-5", { paces, limits: GITHUB_PACE, holder: `worker ${index}`, clock: time }),
  );
  const refused: number[] = [];
  const send = async (gate: PaceGate, doing: Doing, takesMs = 80) => {
    const leave = await gate.pass(doing);
    if (github.arrive(doing, time.now()) !== null) refused.push(time.now());
    await time.sleep(takesMs);
    github.leave();
    leave();
  };
  return { time, github, gates, refused, send };
}

/** As the queue does with a ticket whose forge is away. */
async function patiently(time: VirtualTime, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ForgeAway)) throw error;
      await time.sleep((error.retryAfterMs ?? 0) * (1 + Math.random() / 4));
    }
  }
}

const TICKET: readonly Doing[] = [
  ...Array<Doing>(14).fill("read"),
  ...(["create", "write", "read", "write", "create", "read", "read", "write", "write", "create"] as const),
  ...(["create", "read", "read", "create", "write", "create", "create", "read", "write"] as const),
];

describe("workers that share an installation", () => {
  it.each([1, 4, 9])(
    "%d of them break none of GitHub's limits in a burst, and finish near the limits' own pace",
    async (count) => {
      const { time, github, gates, refused, send } = workers(count);
      const tickets = 120;
      const waiting = Array.from({ length: tickets }, () => [...TICKET]);
      const began = time.now();
      const lane = async (gate: PaceGate) => {
        for (let ticket = waiting.shift(); ticket; ticket = waiting.shift()) {
          const work = ticket;
          await patiently(time, async () => {
            for (let next = work[0]; next; next = work[0]) {
              await send(gate, next);
              work.shift();
            }
          });
        }
      };
      await time.passUntil(Promise.all(gates.flatMap((gate) => [lane(gate), lane(gate), lane(gate)])));
      expect(github.broken).toEqual([]);
      expect(refused).toEqual([]);
      const creates = tickets * TICKET.filter((one) => one === "create").length;
      const leastMs = (Math.ceil(creates / SECONDARY_LIMITS.createsPerHour) - 1) * 3_600_000;
      expect(time.now() - began).toBeLessThan(leastMs * 1.15 + 900_000);
    },
  );

  it("read as fast as GitHub allows when all of them only read", async () => {
    const { time, github, gates, refused, send } = workers(4);
    const began = time.now();
    const reader = async (gate: PaceGate) => {
      for (let left = 400; left > 0; left--) await patiently(time, () => send(gate, "read", 100));
    };
    await time.passUntil(Promise.all(gates.flatMap((gate) => [reader(gate), reader(gate)])));
    expect([github.broken, refused]).toEqual([[], []]);
    // 3,200 points at 900 a minute are 3.6 minutes; what was taken ahead and not used may cost as much again.
    expect(time.now() - began).toBeLessThan(6 * 60_000);
  });

  it("have no more requests under way than GitHub allows, and one that comes late finds room", async () => {
    const { time, github, gates, send } = workers(20);
    const slow = async (gate: PaceGate) => patiently(time, () => send(gate, "read", 50_000));
    await time.passUntil(Promise.all(gates.flatMap((gate) => Array.from({ length: 12 }, () => slow(gate)))));
    expect(github.broken).toEqual([]);
  });

  it("all stop when one of them is told to", async () => {
    const { time, gates, send } = workers(3);
    await time.passUntil(Promise.all(gates.map((gate) => send(gate, "read"))));
    await gates[0]?.close(30_000);
    await time.passUntil(time.sleep(READ_LATE_MS));
    for (const gate of gates) {
      const error = await time.passUntil(gate.pass("read").catch((one: unknown) => one));
      expect(error).toMatchObject({ name: "ForgeAway", outcome: "not-done" });
      expect((error as ForgeAway).retryAfterMs).toBeGreaterThan(25_000);
    }
    await time.passUntil(time.sleep(30_000));
    await time.passUntil(send(gates[1] as PaceGate, "write"));
  });

  it("wait for no other installation", async () => {
    const time = new VirtualTime();
    const settings = { paces: pacesInProcess(time.now), limits: GITHUB_PACE, holder: "one", clock: time };
    const [busy, idle] = [paceGate("installation-1", settings), paceGate("installation-2", settings)];
    const work = Array.from({ length: 5 }, () => busy.pass("create"));
    const began = time.now();
    await time.passUntil(idle.pass("create"));
    expect(time.now()).toBe(began);
    await time.passUntil(Promise.all(work));
  });
});

describe("one worker alone", () => {
  it("asks the database once for a burst of reads, and is not held up", async () => {
    const time = new VirtualTime();
    const paces = pacesInProcess(time.now);
    let asked = 0;
    const counted: PaceStore = { change: (name, work) => (asked++, paces.change(name, work)) };
    const { gates, send } = workers(1, time, counted);
    const began = time.now();
    for (let read = 0; read < 40; read++) await time.passUntil(send(gates[0] as PaceGate, "read", 10));
    expect(asked).toBeLessThan(12);
    expect(time.now() - began).toBe(400);
  });

  it("writes at once, and then a second apart", async () => {
    const { time, gates, send } = workers(1);
    const began = time.now();
    await time.passUntil(send(gates[0] as PaceGate, "create", 0));
    expect(time.now()).toBe(began);
    await time.passUntil(send(gates[0] as PaceGate, "create", 0));
    expect(time.now() - began).toBe(1_100);
  });

  it("takes another turn when it slept through its own, and asks once more whether it may still write", async () => {
    const time = new VirtualTime();
    const sleeps: number[] = [];
    const clock = {
      now: time.now,
      // Frozen for a minute in its first sleep.
      sleep: (ms: number) => time.sleep(sleeps.push(ms) === 1 ? ms + 60_000 : ms),
    };
    const settings = { paces: pacesInProcess(time.now), limits: GITHUB_PACE, holder: "one", clock };
    const gate = paceGate("installation-1", settings);
    const sent: string[] = [];
    let isMine = true;
    const comment = async (_number: number, body: string) => {
      (await gate.pass("create"))();
      sent.push(body);
      return { id: 1 };
    };
    const lost = async () => {
      if (!isMine) throw new Error("the lease was lost");
    };
    const others = {
      get: (acts: object, name: string) => (name === "comment" ? Reflect.get(acts, name) : async () => undefined),
    };
    const forge = guardedForge(new Proxy({ comment }, others) as unknown as Forge, lost);
    await forge.comment(1, "first");
    await time.passUntil(forge.comment(1, "second"));
    const third = forge.comment(1, "third");
    isMine = false;
    await expect(time.passUntil(third)).rejects.toThrow("the lease was lost");
    expect(sent).toEqual(["first", "second"]);
    expect(lastLook.getStore()).toBeUndefined();
  });
});
