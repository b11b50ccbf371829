import { describe, expect, it } from "@jest/globals";
import { aTicket, aTicketLedger } from "../../test/support/builders.ts";
import type { EntryKind } from "../core/ledger/entries.ts";
import { PHASES } from "../core/ticket/phase.ts";
import { phaseOf } from "../core/ticket/ticket.ts";
import { ForgeAway } from "../forge/forge.ts";
import { isStatusOf } from "../messages/marker.ts";
import { statusComment } from "../messages/status.ts";
import { type Drawing, project, projectStatus } from "./project.ts";
import type { World } from "./world.ts";

/** One label and one status comment for each ticket, drawn from the ledger and edited in place. */
type Row = { readonly remoteId: number | null; readonly bodySha256: string };

function drawn(
  rows: Readonly<Record<string, Row>> = {},
  thread: readonly object[] = [],
  edits: "edited" | "gone" = "edited",
) {
  const kept = new Map(Object.entries(rows));
  const told: string[] = [];
  const world = {
    appId: 42,
    publicUrl: null,
    log: { warn: () => undefined },
    projections: {
      get: async (_key: string, kind: string) => kept.get(kind) ?? null,
      put: async (_key: string, kind: string, row: Row) => void kept.set(kind, row),
      of: async () => [],
    },
  } as unknown as World;
  const forge = {
    missing: async () => null,
    addLabel: async (number: number, { name }: { name: string }) => void told.push(`+${name} ${number}`),
    removeLabel: async (number: number, name: string) => void told.push(`-${name} ${number}`),
    comments: async (number: number) => {
      told.push(`reads ${number}`);
      return thread;
    },
    comment: async (number: number, body: string) => {
      told.push(isStatusOf(body, ticket.key) ? `writes ${number}` : "writes something else");
      return { id: 500 };
    },
    editComment: async (id: number) => {
      told.push(`edits ${id}`);
      return edits;
    },
    publishCheck: async () => 1,
  };
  return { world, forge: forge as never, told, kept };
}

const at = (kind: EntryKind) => aTicket(aTicketLedger(kind));
const ticket = at("opened");
const labelAt = (kind: EntryKind) => PHASES[phaseOf(at(kind))].label ?? "";
const FIRST = labelAt("opened");
const [NOW, LATER] = [labelAt("opened"), labelAt("planned")];

describe("the label", () => {
  it("is the phase's, and takes away those of earlier phases, also of before the database was lost", async () => {
    const given = drawn({ label: { remoteId: null, bodySha256: LATER } });
    await project(given.world, given.forge, ticket, ["bug", "coop", LATER, NOW], null, "now");
    expect(given.told.filter((one) => /^[+-]/.test(one))).toEqual([`+${FIRST} 12`, `-${LATER} 12`]);
    expect(given.kept.get("label")).toEqual({ remoteId: null, bodySha256: FIRST });
  });

  it("holds nothing up where GitHub refuses it, and is not asked for again and again", async () => {
    const given = drawn({ label: { remoteId: null, bodySha256: LATER } });
    const refused = async () => Promise.reject(new ForgeAway("100 labels", null, "not-done", "refused"));
    const forge = { ...(given.forge as object), addLabel: refused, removeLabel: refused } as never;
    await project(given.world, forge, ticket, null, null, "now");
    await project(given.world, forge, ticket, null, null, "now");
    expect([given.told, given.kept.get("label")?.bodySha256]).toEqual([["writes 12"], FIRST]);
    const away = async () => Promise.reject(new ForgeAway("away", null, "not-done"));
    const absent = { ...(given.forge as object), addLabel: away } as never;
    await expect(project(given.world, absent, at("planned"), null, null, "now")).rejects.toThrow("away");
  });

  it("is not put there twice", async () => {
    const given = drawn({ label: { remoteId: null, bodySha256: FIRST } });
    await project(given.world, given.forge, ticket, null, null, "now");
    expect(given.told).toEqual(["writes 12"]);
  });
});

describe("what passes", () => {
  const shown = async (drawing: Drawing, kind: EntryKind, written: string | null) => {
    const given = drawn(written === null ? {} : { label: { remoteId: null, bodySha256: written } });
    await project(given.world, given.forge, at(kind), null, null, drawing);
    return given.told.some((one) => one.startsWith("writes"));
  };
  const work = PHASES[phaseOf(at("plan_approved"))];

  it.each<[string, Drawing, EntryKind, string | null, boolean]>([
    ["is drawn in passing where nothing stands yet", "in-passing", "plan_approved", null, true],
    ["is not drawn in passing after that", "in-passing", "plan_approved", FIRST, false],
    ["is drawn when it waits", "now", "plan_approved", FIRST, true],
    ["is not drawn for a new phase in which the program works", "on-new-phase", "plan_approved", FIRST, false],
    ["is drawn for a new phase in which people are waited for", "on-new-phase", "proof_collected", FIRST, true],
    ["is not drawn again for the same phase", "on-new-phase", "proof_collected", labelAt("proof_collected"), false],
  ])("%s", async (_what, drawing, kind, written, is) => {
    expect(work.turn).toBe("program");
    expect(await shown(drawing, kind, written)).toBe(is);
  });
});

describe("the status comment", () => {
  const ours = { id: 77, appId: 42, body: statusComment(ticket, { missing: null }) };
  const stale = { remoteId: 60, bodySha256: "another" };

  it.each<[string, Readonly<Record<string, Row>>, readonly object[], "edited" | "gone", readonly string[], number]>([
    ["is written once", {}, [], "edited", ["writes 12"], 500],
    ["is edited in place", { status: stale }, [], "edited", ["edits 60"], 60],
    ["is written anew where it was deleted", { status: stale }, [], "gone", ["edits 60", "reads 12", "writes 12"], 500],
    ["is found again after a crash", { status: { remoteId: null, bodySha256: "" } }, [{ ...ours, id: 70, appId: null }, ours], "edited", ["reads 12", "edits 77"], 77],
    ["is not another's words", { status: { remoteId: null, bodySha256: "" } }, [{ ...ours, body: "Hello" }], "edited", ["reads 12", "writes 12"], 500],
  ])("%s", async (_what, rows, thread, edits, told, id) => {
    const given = drawn(rows, thread, edits);
    await projectStatus(given.world, given.forge, ticket, null);
    expect([given.told, given.kept.get("status")?.remoteId]).toEqual([told, id]);
    const known = given.told.length;
    await projectStatus(given.world, given.forge, ticket, null);
    expect(given.told).toHaveLength(known);
  }); // prettier-ignore
});
