import { expect, it } from "@jest/globals";
import { TEST_TICKET } from "../../test/support/builders.ts";
import { draft, PLANNED, READY } from "../../test/support/ledgers.ts";
import { linkRaw, readRaw } from "../../test/support/newer.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import type { Entry } from "../core/ledger/entry.ts";
import { textHash } from "../core/ticket/text-hash.ts";
import { attend } from "./attend.ts";
import { Quiet } from "./quiet.ts";
import { ISSUE, MONA, paper } from "./thread.fixture.ts";
import type { World } from "./world.ts";

/** The lane that only hears: what it writes down of GitHub's news, and whom it leaves the rest to. */
const GITHUB = { kind: "github", installationId: 1, repositoryId: 2 };
const NEWS = {
  ...{ kind: "changed", source: "sweep:1", forge: GITHUB, defaultBranch: "main", by: MONA },
  ...{ what: "issue closed", look: "issue" },
};

type Given = { readonly issue?: object | "gone"; readonly entries?: readonly Entry[] };

/** About the text that the issue has. */
const sameText = (one: EntryDraft) =>
  ("textHash" in one.data ? { ...one, data: { ...one.data, textHash: textHash(ISSUE.title, ISSUE.body) } } : one) as EntryDraft; // prettier-ignore

function stage(drafts: readonly EntryDraft[], given: Given = {}) {
  const there = paper(drafts.map(sameText));
  const told: string[] = [];
  const leave = new AbortController();
  const pending = [{ source: NEWS.source, payload: NEWS, ledgerLength: drafts.length, receivedAt: new Date() }];
  const forge = new Proxy(there.forge as unknown as Record<string, unknown>, {
    get: (of, name: string) => {
      if (name === "issue") return async () => given.issue ?? ISSUE;
      if (name === "pull") return async () => "gone";
      if (name === "comment") return async () => ({ id: told.push("writes") });
      return of[name] ?? (async () => undefined);
    },
  });
  const world = {
    ...there.world,
    ...{ quiet: new Quiet(() => 0), steady: () => 0, pool: [], forge: () => forge },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ledgers: given.entries ? { ...there.world.ledgers, read: async () => given.entries } : there.world.ledgers,
    inbox: {
      pending: async () => pending,
      handled: async () => void pending.pop(),
      said: async () => null,
    },
    nudge: async (ticket: string, { lane }: { lane: string }) => void told.push(`nudges ${lane} ${ticket}`),
  } as unknown as World;
  return {
    told,
    leave: () => leave.abort(),
    attend: async () => {
      const before = there.book().entries.length;
      const signals = { abort: new AbortController().signal, leave: leave.signal };
      const { again } = await attend(world, TEST_TICKET, signals);
      return [
        again?.inMs ?? null,
        there
          .book()
          .entries.slice(before)
          .map(({ kind }) => kind),
      ];
    },
  };
}
const NUDGED = `nudges work ${TEST_TICKET}`;

it("writes down at once that an issue was closed, and leaves what follows to the other lane", async () => {
  const { attend: hears, told } = stage(PLANNED, { issue: { ...ISSUE, state: "closed" } });
  expect(await hears()).toEqual([null, ["halted"]]);
  expect(told.at(-1)).toBe(NUDGED);
});

it("writes nothing down where nothing has changed, and nudges all the same: something was heard", async () => {
  const { attend: hears, told } = stage(PLANNED);
  expect(await hears()).toEqual([null, []]);
  expect(told.at(-1)).toBe(NUDGED);
});

it("looks at the pull request, too, before it says that a closed issue stops the work", async () => {
  const { attend: hears } = stage(READY, { issue: { ...ISSUE, state: "closed" } });
  expect(await hears()).toEqual([null, ["halted"]]);
});

it("has nothing to write on a ticket that has ended", async () => {
  const { attend: hears } = stage([...PLANNED, draft("stopped")], { issue: "gone" });
  expect(await hears()).toEqual([null, []]);
});

it("begins nothing once the process is to stop", async () => {
  const { attend: hears, leave, told } = stage(PLANNED, { issue: { ...ISSUE, state: "closed" } });
  leave();
  expect(await hears()).toEqual([0, []]);
  expect(told).toEqual([]);
});

it("neither writes nor draws on a ticket that is left to a newer version", async () => {
  const entries = readRaw(linkRaw([...PLANNED, { kind: "weather_looked_at", data: {} }]));
  const { attend: hears, told } = stage(PLANNED, { entries, issue: { ...ISSUE, state: "closed" } });
  expect(await hears()).toEqual([null, []]);
  expect(told).toEqual([NUDGED]);
});
