import { describe, expect, it } from "@jest/globals";
import { TEST_TICKET } from "../../test/support/builders.ts";
import { ATTACKED, draft, READY, REVIEWED, sha, ticketOf, WRITTEN } from "../../test/support/ledgers.ts";
import type { EntryDraft } from "../core/ledger/entries.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import { drawChecks } from "./draw-checks.ts";
import type { World } from "./world.ts";

type Published = {
  readonly name: string;
  readonly headSha: string;
  readonly conclusion: string | null;
  readonly detailsUrl: string | null;
};

/** What stands on the commits of a ticket, and what it took to draw it. */
function stage({ rights = [] as readonly string[], publicUrl = null as string | null } = {}) {
  const notes = new Map<string, { remoteId: number | null; bodySha256: string }>();
  const asked: string[] = [];
  const links: (string | null)[] = [];
  const warned: object[] = [];
  let at = Date.parse("2026-03-02T12:00:00Z");
  let fault: unknown = null;
  let last = 0;
  const world = {
    ...{
      publicUrl,
      now: () => new Date(at),
      log: { warn: (about: object, words: string) => void warned.push({ ...about, words }) },
    },
    projections: {
      get: async (_key: string, kind: string) => notes.get(kind) ?? null,
      put: async (_key: string, kind: string, note: { remoteId: number | null; bodySha256: string }) =>
        void notes.set(kind, note),
    },
  } as unknown as World;
  const forge = {
    missing: async () => (rights.length > 0 ? { rights, events: [] } : null),
    publishCheck: async (check: Published, known: number | string) => {
      if (fault !== null) throw fault;
      asked.push(`${check.name} of ${check.headSha.slice(-1)} ${check.conclusion ?? "runs"}, ${known}`);
      links.push(check.detailsUrl);
      return typeof known === "number" ? known : (last += 1);
    },
  } as unknown as Forge;
  return {
    ...{ links, warned, notes },
    draw: async (entries: readonly EntryDraft[]) => {
      await drawChecks(world, forge, ticketOf(...entries));
      return asked.splice(0);
    },
    fails: (error: unknown) => void (fault = error),
    pass: (ms: number) => void (at += ms),
  };
}

const PUSHED = draft("head_moved");

describe("the checks on a commit", () => {
  it("are drawn as far as the reviews have come, and none a second time", async () => {
    const { draw } = stage();
    expect(await draw(WRITTEN)).toEqual(["coop/review of 2 runs, new"]);
    expect(await draw(WRITTEN)).toEqual([]);
    expect(await draw(REVIEWED)).toEqual(["coop/review of 2 success, 1", "coop/adversary of 2 runs, new"]);
    expect(await draw(ATTACKED)).toEqual(["coop/adversary of 2 success, 2", "coop/proof of 2 runs, new"]);
    expect(await draw(READY)).toEqual(["coop/proof of 2 success, 3"]);
    expect(await draw(READY)).toEqual([]);
  });

  it("that ended stay as they are when somebody pushes, and new ones begin", async () => {
    const { draw } = stage();
    await draw(REVIEWED);
    expect(await draw([...REVIEWED, PUSHED])).toEqual([
      "coop/review of 3 runs, new",
      "coop/adversary of 2 cancelled, 2",
    ]);
    expect(await draw([...REVIEWED, PUSHED])).toEqual([]);
  });

  it("begin anew where what ended runs once more on the same commit", async () => {
    const { draw } = stage();
    await draw(READY);
    const again = [...ATTACKED, draft("proof_collected", { headSha: sha(7) })];
    expect(await draw(again)).toEqual(["coop/proof of 2 runs, new"]);
  });

  it("of which nobody knows whether they were made are looked for first", async () => {
    const { draw, fails, notes } = stage();
    fails(new ForgeAway("away", null, "unknown"));
    await expect(draw(WRITTEN)).rejects.toThrow("away");
    expect([...notes.values()]).toEqual([{ remoteId: null, bodySha256: `${sha(2)} running intended` }]);
    fails(null);
    expect(await draw(WRITTEN)).toEqual(["coop/review of 2 runs, unsure"]);
    const other = stage();
    other.fails(new ForgeAway("away", null, "unknown"));
    await expect(other.draw(WRITTEN)).rejects.toThrow("away");
    other.fails(null);
    expect(await other.draw([...WRITTEN, PUSHED])).toEqual([
      "coop/review of 2 cancelled, unsure",
      "coop/review of 3 runs, new",
    ]);
  });

  it("link to the ticket's page where people reach it", async () => {
    const hidden = stage();
    await hidden.draw(WRITTEN);
    expect(hidden.links).toEqual([null]);
    const shown = stage({ publicUrl: "https://coop.example" });
    await shown.draw(WRITTEN);
    expect(shown.links).toEqual([expect.stringMatching(/^https:\/\/coop\.example\/tickets\/[\w-]+\/[\w-]+\/\d+$/)]);
  });

  it("are none without the right to write them", async () => {
    expect(await stage({ rights: ["checks: write"] }).draw(WRITTEN)).toEqual([]);
    expect(await stage({ rights: ["statuses: read"] }).draw(WRITTEN)).toHaveLength(1);
  });
});

describe("checks that GitHub refuses", () => {
  const REFUSED = new ForgeAway("No commit found for SHA", null, "not-done", "refused");
  const MINUTE_MS = 60_000;

  it("hold the ticket up for two minutes, and are then left out until they are accepted again", async () => {
    const { draw, fails, pass, warned } = stage();
    fails(REFUSED);
    await expect(draw(WRITTEN)).rejects.toBe(REFUSED);
    pass(2 * MINUTE_MS - 1);
    await expect(draw(WRITTEN)).rejects.toBe(REFUSED);
    pass(1);
    expect(await draw(WRITTEN)).toEqual([]);
    const words = "check runs are left out, because GitHub goes on refusing them";
    expect(warned).toEqual([{ ticket: TEST_TICKET, why: REFUSED.message, words }]);
    fails(null);
    expect(await draw(WRITTEN)).toHaveLength(1);
  });

  it("are another matter on another commit, and a day later", async () => {
    const { draw, fails, pass } = stage();
    fails(REFUSED);
    await expect(draw(WRITTEN)).rejects.toBe(REFUSED);
    pass(2 * MINUTE_MS);
    await expect(draw([...WRITTEN, PUSHED])).rejects.toBe(REFUSED);
    pass(24 * 60 * MINUTE_MS - 1);
    expect(await draw([...WRITTEN, PUSHED])).toEqual([]);
    pass(1);
    await expect(draw([...WRITTEN, PUSHED])).rejects.toBe(REFUSED);
    pass(2 * MINUTE_MS);
    expect(await draw([...WRITTEN, PUSHED])).toEqual([]);
  });

  it.each([
    ["GitHub that is away", new ForgeAway("away", null, "not-done")],
    ["a bug", new Error("bug")],
  ])("are not mistaken for %s", async (_what, error) => {
    const { draw, fails, pass } = stage();
    fails(error);
    await expect(draw(WRITTEN)).rejects.toBe(error);
    pass(2 * MINUTE_MS);
    await expect(draw(WRITTEN)).rejects.toBe(error);
  });
});
