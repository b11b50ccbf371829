import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { type ArtifactName, artifactsOf, type AuditLine, callLine, entryLine } from "../audit/export.ts";
import { chained } from "../audit/log-chain.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { guardText } from "../hygiene/redact.ts";
import { Ended, EXIT } from "./exit.ts";
import { readLedger, type Stores } from "./stores.ts";
import { print } from "./terminal.ts";
import { TICKET_FORMS, ticketArgument } from "./ticket-argument.ts";
import { withTicket, withTickets } from "./ticket-stores.ts";

export function exportCommand(program: Command): void {
  program
    .command("export")
    .description("write the audit log of a ticket, or of all, as JSON lines; secrets are taken out")
    .argument("[ticket]", TICKET_FORMS, ticketArgument)
    .option("--all", "of every ticket that the database has")
    .option("--out <dir>", "one file a ticket and the large texts into this folder, instead of printing")
    .addHelpText(
      "after",
      "\nExamples:\n  coop export 3 > ticket.jsonl      a ticket of `coop run` here\n  coop export --all --out logs      a file for each ticket of the server",
    )
    .action(write);
}

type Options = { readonly all?: true; readonly out?: string };

async function write(ticket: string | undefined, { all, out }: Options): Promise<void> {
  if ((ticket === undefined) === (all === undefined))
    throw new Ended(EXIT.usage, "Name one ticket (owner/repo#number), or say --all.");
  const into = async (stores: Stores, keys: readonly TicketKey[]) => {
    if (out) await mkdir(join(out, "artifacts"), { recursive: true });
    for (const key of keys) await exportTicket(stores, key, out ?? null);
  };
  if (ticket !== undefined) return withTicket(ticket, (stores, key) => into(stores, [key]));
  await withTickets(async (stores) => {
    const keys = (await stores.ledgers.tickets()).map((one) => one.ticket);
    if (keys.length === 0) print("There are no tickets yet, so there is nothing to export.");
    await into(stores, keys);
  });
}

async function exportTicket(stores: Stores, key: TicketKey, out: string | null): Promise<void> {
  const { entries, warning } = await readLedger(stores, key);
  const lines: AuditLine[] = entries.map((entry) => entryLine(entry, stores.config.secrets));
  lines.push(...(await stores.journal.ofTicket(key)).map(callLine));
  for (const name of artifactsOf(entries)) lines.push(await artifactLine(stores, name, out));
  const text = chained(lines);
  if (out) {
    const file = join(out, `${key.replace("/", "__").replace("#", "__")}.jsonl`);
    await writeFile(file, text.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    print(`${key}: ${entries.length} entries, ${text.length} lines in ${file}`);
  } else {
    print(...text);
  }
  if (!warning) return;
  process.stderr.write(`${key}: ${warning}\n`);
  process.exitCode = EXIT.different;
}

/** Without a folder the log names the file in the data directory, which is as it was written and not redacted. */
async function artifactLine(stores: Stores, { sha256, what }: ArtifactName, out: string | null): Promise<AuditLine> {
  const kept = await stores.artifacts.get(sha256);
  if (!kept) return { type: "artifact", sha256, what, path: null, bytes: null };
  if (!out)
    return {
      type: "artifact",
      sha256,
      what,
      path: join(stores.config.dataDir, "artifacts", sha256.slice(0, 2), sha256.slice(2)),
      bytes: kept.length,
    };
  const { text, found } = guardText(kept.toString("utf8"), stores.config.secrets);
  const path = join("artifacts", `${sha256}.txt`);
  await writeFile(join(out, path), text, { mode: 0o600 });
  return {
    type: "artifact",
    sha256,
    what,
    path,
    bytes: Buffer.byteLength(text),
    ...(found.length > 0 ? { redacted: found } : {}),
  };
}
