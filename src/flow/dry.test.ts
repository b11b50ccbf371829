import { describe, expect, it } from "@jest/globals";
import { aTicket, aTicketLedger, TEST_TICKET } from "../../test/support/builders.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import { dryable, isHeld, notebookOf } from "./dry.ts";
import { DryRuns } from "./dry-runs.ts";
import type { World } from "./world.ts";

/** Who writes to GitHub, and who only notes what would be written. */
const NOW = new Date("2026-03-02T12:00:00Z");
const opened = aTicket(aTicketLedger("opened"));
const routed = aTicket(aTicketLedger("routed"));
const dry = { ...routed, route: routed.route && { ...routed.route, dryRun: true as const } };
const desk = { ...opened, forge: { kind: "desk" as const } };

function worldOf(over: Partial<World> = {}) {
  const rows = new Map<string, { remoteId: number | null; bodySha256: string }>();
  const kept = new Map<string, Buffer>();
  return {
    ...{ appId: 42, now: () => NOW, ownLogin: async () => "coop[bot]", dryRuns: new DryRuns() },
    blobs: { get: async () => null, put: async () => "" },
    projections: {
      get: async (_key: string, kind: string) => rows.get(kind) ?? null,
      put: async (_key: string, kind: string, row: { remoteId: number | null; bodySha256: string }) => void rows.set(kind, row), // prettier-ignore
      of: async (_key: string, prefix: string) =>
        [...rows].filter(([kind]) => kind.startsWith(prefix)).map(([kind, row]) => ({ kind, ...row })),
    },
    artifacts: {
      get: async (sha: string) => kept.get(sha) ?? null,
      put: async (text: string) => {
        kept.set(String(kept.size), Buffer.from(text));
        return String(kept.size - 1);
      },
    },
    ...over,
  } as unknown as World;
}

/** A repository whose policy says so; each write and each branch that was asked for is told. */
function real(policy: string | Error | null) {
  const told: string[] = [];
  const forge = {
    comment: async () => {
      told.push("wrote");
      return { id: 900 };
    },
    defaultBranch: async () => "main",
    file: async (ref: string, path: string) => {
      told.push(`read ${ref}`);
      if (policy instanceof Error) throw policy;
      return policy !== null && path === ".github/coop.yml" ? { path, content: Buffer.from(policy) } : "gone";
    },
  } as unknown as Forge;
  return { forge, told };
}

describe("the first sign on a ticket", () => {
  it.each<[string, World, typeof opened, boolean]>([
    ["waits where nobody knows the policy yet", worldOf(), opened, true],
    ["does not where the ticket was routed", worldOf(), routed, false],
    ["does not on this machine", worldOf(), desk, false],
    ["does not where there is no GitHub", worldOf({ dryRuns: undefined }), opened, false],
  ])("%s", (_what, world, ticket, held) => expect(isHeld(world, ticket)).toBe(held));
});

describe("what is written", () => {
  const refused = new ForgeAway("no", null, "not-done", "refused");
  it.each<[string, typeof opened | null, string | Error | null, string | null, readonly string[]]>([
    ["goes out where the ticket was routed so", routed, "dryRun: true", null, ["wrote"]],
    ["is noted where the ticket was routed so", dry, null, null, []],
    ["goes out on this machine", desk, "dryRun: true", null, ["wrote"]],
    ["is noted where the policy says so", opened, "dryRun: true", null, ["read main"]],
    ["goes out where it does not", opened, "dryRun: false", null, ["read main", "wrote"]],
    ["goes out where there is none", opened, null, null, ["read main", "wrote"]],
    ["goes out where it cannot be understood", opened, "dryRun: perhaps", null, ["read main", "wrote"]],
    ["goes out where nobody may read it: somebody has to be told", opened, refused, null, ["read main", "wrote"]],
    ["is decided on the branch that the webhook named", null, "dryRun: true", "trunk", ["read trunk"]],
    ["is decided on the default branch otherwise", null, "dryRun: true", null, ["read main"]],
  ])("%s", async (_what, ticket, policy, branch, told) => {
    const given = real(policy);
    const world = worldOf();
    const { id } = await dryable(world, TEST_TICKET, given.forge, ticket, branch).comment(12, "Hello");
    expect(given.told).toEqual(told);
    const noted = await notebookOf(world, TEST_TICKET).acts();
    expect(noted.length).toBe(told.includes("wrote") ? 0 : 1);
    expect(id).toBe(told.includes("wrote") ? 900 : 1);
  });

  it("asks for the policy once for writes within a minute, and writes nothing while it is away", async () => {
    const given = real("dryRun: false");
    const world = worldOf();
    const forge = dryable(world, TEST_TICKET, given.forge, opened, null);
    await forge.comment(12, "One");
    await forge.comment(12, "Two");
    expect(given.told).toEqual(["read main", "wrote", "wrote"]);
    const away = real(new ForgeAway("away", null, "not-done"));
    const silent = dryable(worldOf(), TEST_TICKET, away.forge, opened, null);
    await expect(silent.comment(12, "Three")).rejects.toThrow("away");
    expect(away.told).toEqual(["read main"]);
  });

  it("goes out where there is no GitHub at all", async () => {
    const given = real("dryRun: true");
    await dryable(worldOf({ dryRuns: undefined }), TEST_TICKET, given.forge, opened, null).comment(12, "Hello");
    expect(given.told).toEqual(["wrote"]);
  });
});

describe("the notebook", () => {
  it("notes an act once, under a small number, and edits words only", async () => {
    const notes = notebookOf(worldOf(), TEST_TICKET);
    const comment = { do: "comment", number: 12, body: "Hello", at: NOW.toISOString() } as const;
    expect(await notes.note(comment)).toBe(1);
    expect(await notes.note(comment)).toBe(1);
    expect(await notes.note({ do: "label", number: 12, label: "coop" })).toBe(2);
    expect(await notes.note({ ...comment, do: "review", body: "Fine" })).toBe(3);
    expect([await notes.edit(1, "Bye"), await notes.edit(3, "Good"), await notes.edit(2, "x"), await notes.edit(9, "x")]).toEqual(["edited", "edited", "gone", "gone"]); // prettier-ignore
    expect(await notes.acts()).toEqual([
      { ...comment, body: "Bye", id: 1 },
      { do: "label", number: 12, label: "coop", id: 2 },
      { ...comment, do: "review", body: "Good", id: 3 },
    ]);
  });
});
