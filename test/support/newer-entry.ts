import { createHash } from "node:crypto";
import { canonicalJson } from "../../src/core/ledger/chain.ts";
import { ledgerKeys } from "../../src/core/ledger/ledger-keys.ts";
import { entryText } from "../../src/core/ledger/seals.ts";
import type { Stage } from "./scenario.ts";

/** A worker of a newer version adds an entry that this version does not know. */
export async function newerWrites(stage: Stage, issue: number): Promise<void> {
  const last = (await stage.entries(issue)).at(-1);
  if (!last) throw new Error("There is no ledger");
  const data = { by: "mona", note: "only a newer version knows" };
  const open = { v: 2, ticket: last.ticket, seq: last.seq + 1, at: last.at, prev: last.hash, kind: "escorted", data };
  const hash = createHash("sha256").update(canonicalJson(open)).digest("hex");
  const sig = ledgerKeys("a ledger secret for tests").signers[0]?.sign(entryText(hash));
  await stage.sql(
    "INSERT INTO ledger_entries (ticket, seq, kind, at, prev, hash, mac, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    ...[open.ticket, open.seq, open.kind, open.at, open.prev, hash, "", canonicalJson({ ...open, hash, sig })],
  );
}
