import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../../src/app.ts";
import { type Entry, rawOf } from "../../src/core/ledger/entry.ts";
import { fold } from "../../src/core/ticket/fold.ts";
import { phaseOf, type Ticket } from "../../src/core/ticket/ticket.ts";

/** What later versions have to believe of a ledger too, as its file keeps it. */
export type Believed = {
  readonly phase: string;
  readonly length: number;
  readonly spend: object;
  readonly round: number | null;
  readonly head: string | null;
  readonly findings: readonly string[];
  readonly halt: string | null;
  readonly end: object | null;
  readonly kinds: readonly string[];
};

export function believedOf(ticket: Ticket, entries: readonly Entry[]): Believed {
  return {
    phase: phaseOf(ticket),
    length: ticket.length,
    spend: ticket.spend,
    round: ticket.change?.round ?? null,
    head: ticket.change?.headSha ?? null,
    findings: [...ticket.findings].map(([id, one]) => `${id} ${one.state}`),
    halt: ticket.halt?.reason ?? null,
    end: ticket.end,
    kinds: entries.map(({ kind }) => kind),
  };
}

/**
 * Writes the ledgers of a story to a folder, with the threads that carry them, as `test/data/ledgers` keeps them. For whoever
 * adds to the format: `COOP_FREEZE_LEDGERS=folder npm test -- test/scenarios/…`, and one of the files goes into that folder.
 */
export async function freezeLedgers(
  folder: string,
  { github, world }: App,
  { ledgerSecret, appId }: { readonly ledgerSecret: string | null; readonly appId: number },
  fullName: string,
  numbers: readonly number[],
): Promise<void> {
  const installations = await github.installations();
  const all = await Promise.all(installations.map(({ id }) => github.repositories(id)));
  const access = all.flat().find(({ owner, name }) => `${owner}/${name}` === fullName);
  if (!access) return;
  const forge = github.forRepository(access);
  mkdirSync(folder, { recursive: true });
  for (const number of numbers) {
    const key = `${fullName}#${number}`;
    const entries = await world.ledgers.read(key);
    const ticket = fold(entries);
    if (!ticket) continue;
    const pull = ticket.pull?.number ?? null;
    const thread = {
      issue: await forge.comments(number),
      pull: pull === null ? [] : await forge.comments(pull),
      reviews: pull === null ? [] : await forge.reviews(pull),
    };
    const frozen = {
      key,
      ledgerSecret,
      appId,
      pull,
      believed: believedOf(ticket, entries),
      thread,
      entries: entries.map(rawOf),
    };
    writeFileSync(join(folder, `${key.replace(/\W/g, "-")}.json`), `${JSON.stringify(frozen, null, 2)}\n`);
  }
}
