import { expect, it } from "@jest/globals";
import { JITTER, jittered } from "../../src/core/rules/jitter.ts";
import { type Doing, GITHUB_PACE } from "../../src/core/rules/pace.ts";
import { ForgeAway } from "../../src/forge/forge.ts";
import { type PaceGate, paceGate } from "../../src/github/pace-gate.ts";
import { SECONDARY_LIMITS, SecondaryCount } from "../../src/github-double/secondary-limits.ts";
import { pacesInProcess, VirtualTime } from "../support/virtual-time.ts";

/**
 * Five hundred tickets at once, of a large installation, a middle one and a small one, and workers that take whichever is due.
 * The clock is virtual, so hours pass in seconds; the requests of a ticket and how a queue gives tickets out are simulated here,
 * the gate and the pace are the program's, and the limits are counted by the local GitHub's own count, which bans as well.
 */
const INSTALLATIONS = [350, 100, 50] as const;
const WORKERS = 4;
const LANES_OF_ONE = 3;
const REQUEST_MS = 80;
const HOUR_MS = 3_600_000;

/** What a ticket asks from its label to its merge. */
const REQUESTS: readonly Doing[] = [
  ...Array<Doing>(14).fill("read"),
  ...(["create", "write", "read", "write", "create", "read", "read", "write", "write", "create"] as const),
  ...(["create", "read", "read", "create", "write", "create", "create", "read", "write"] as const),
];
const CREATES = REQUESTS.filter((one) => one === "create").length;

type Waiting = { readonly installation: number; dueMs: number; readonly left: Doing[]; doneMs: number };

function burst() {
  const time = new VirtualTime();
  const paces = pacesInProcess(time.now);
  const githubs = INSTALLATIONS.map(() => new SecondaryCount(SECONDARY_LIMITS));
  const tickets: Waiting[] = INSTALLATIONS.flatMap((count, installation) =>
    Array.from({ length: count }, () => ({ installation, dueMs: time.now(), left: [...REQUESTS], doneMs: Infinity })),
  );
  const queue = [...tickets];
  let [open, refused] = [tickets.length, 0];
  const take = () => {
    const due = queue.filter(({ dueMs }) => dueMs <= time.now());
    const first = due.reduce<Waiting | null>((best, one) => (best && best.dueMs <= one.dueMs ? best : one), null);
    if (first) queue.splice(queue.indexOf(first), 1);
    return first;
  };
  const send = async (gate: PaceGate, { installation, left }: Waiting) => {
    const doing = left[0] as Doing;
    const leave = await gate.pass(doing);
    if (githubs[installation]?.arrive(doing, time.now()) !== null) refused += 1;
    await time.sleep(REQUEST_MS);
    githubs[installation]?.leave();
    leave();
    left.shift();
  };
  const work = async (gates: readonly PaceGate[], ticket: Waiting) => {
    try {
      while (ticket.left.length > 0) await send(gates[ticket.installation] as PaceGate, ticket);
      ticket.doneMs = time.now();
      open -= 1;
    } catch (error) {
      if (!(error instanceof ForgeAway)) throw error;
      ticket.dueMs = time.now() + jittered(error.retryAfterMs ?? 0, Math.random());
      queue.push(ticket);
    }
  };
  const lane = async (gates: readonly PaceGate[]) => {
    while (open > 0) {
      const ticket = take();
      if (ticket) await work(gates, ticket);
      else await time.sleep(queue.length > 0 ? Math.min(...queue.map(({ dueMs }) => dueMs)) - time.now() : 1_000);
    }
  };
  const workers = Array.from({ length: WORKERS }, (_, worker) => {
    const settings = { paces, limits: GITHUB_PACE, holder: `worker ${worker}`, clock: time };
    const gates = INSTALLATIONS.map((__, index) => paceGate(`installation-${index}`, settings));
    return Array.from({ length: LANES_OF_ONE }, () => lane(gates));
  });
  return { time, githubs, tickets, refused: () => refused, done: Promise.all(workers.flat()) };
}

it("a burst of 500 tickets breaks no limit, ends near the limits' own pace, and holds up no other installation", async () => {
  const { time, githubs, tickets, refused, done } = burst();
  const began = time.now();
  await time.passUntil(done);
  expect(githubs.map(({ broken }) => broken)).toEqual([[], [], []]);
  expect(refused()).toBe(0);
  const hours = INSTALLATIONS.map((_, index) =>
    tickets
      .filter(({ installation }) => installation === index)
      .map(({ doneMs }) => (doneMs - began) / HOUR_MS)
      .sort((one, other) => one - other),
  );
  for (const [index, count] of INSTALLATIONS.entries()) {
    // Each hour's wait grows by its share of chance; the rest is the work of the last tickets.
    const least = Math.ceil((count * CREATES) / SECONDARY_LIMITS.createsPerHour) - 1;
    expect(hours[index]?.at(-1)).toBeLessThan(least * (1 + JITTER) + 0.5);
  }
  // While the large installation waits for its next hour, the small one is done.
  expect(hours[2]?.at(-1)).toBeLessThan(0.5);
});
