import type { Command } from "commander";
import { join } from "node:path";
import { environment, loadStoreConfig, type StoreConfig } from "../config.ts";
import { parseTicketKey, type TicketKey } from "../core/ledger/ids.ts";
import { stuckLine } from "../messages/stuck.ts";
import type { Dead } from "../queue/queue.ts";
import { deadJobs, revive } from "../queue/dead-jobs.ts";
import type { Database, Opened } from "../store/database.ts";
import { embeddedIn, openBesideEmbedded } from "../store/embedded.ts";
import { openPostgres } from "../store/postgres.ts";
import { Ended, EXIT } from "./exit.ts";
import { keptAs, noDatabaseIn, schemaState, storesOver } from "./stores.ts";
import { plain, print } from "./terminal.ts";
import { threadArgument } from "./ticket-argument.ts";

/** `coop revive`: what failed for good is tried again now, and not only with the next sweep. */
export function reviveCommand(program: Command): void {
  program
    .command("revive")
    .description("retry a stuck ticket of the server at once; without a ticket, all stuck ones")
    .argument("[ticket]", "owner/repo#number, as `coop doctor --app` names it", threadArgument)
    .addHelpText(
      "after",
      '\nExamples:\n  coop revive                       all that are stuck\n  coop revive "acme/shop#12"\n\nExit code: 0 tried again, 1 it is not stuck.',
    )
    .action(reviveStuck);
}

async function reviveStuck(named: TicketKey | undefined): Promise<void> {
  const loaded = loadStoreConfig(environment());
  if (loaded.outcome === "refused") throw new Ended(EXIT.config, loaded.sentence);
  const { config } = loaded;
  const opened = await openToWrite(config);
  if (opened.outcome === "refused") throw new Ended(EXIT.unavailable, opened.sentence);
  const { database } = opened;
  try {
    const { sentence } = await schemaState(database);
    if (sentence) throw new Ended(EXIT.unavailable, sentence);
    const stuck = await stuckOf(database, config, named);
    await revive(database, stuck);
    for (const one of stuck) print(plain(stuckLine(one)));
    print(
      "Tried again now by a server that runs on this database. `coop doctor --app` shows what is still stuck after that.",
    );
  } finally {
    await database.close();
  }
}

/** An empty folder holds no stuck ticket, and would be an all clear of a server that is elsewhere. */
async function openToWrite({ databaseUrl, dataDir }: StoreConfig): Promise<Opened> {
  if (databaseUrl) return openPostgres(databaseUrl);
  const folder = join(dataDir, "database");
  if (embeddedIn(folder) === "none") return { outcome: "refused", sentence: noDatabaseIn(folder) };
  return openBesideEmbedded(folder);
}

async function stuckOf(database: Database, config: StoreConfig, named: TicketKey | undefined): Promise<Dead[]> {
  const dead = await deadJobs(database);
  if (named === undefined) {
    if (dead.length === 0) throw new Ended(EXIT.different, "No ticket is stuck.");
    return dead;
  }
  const key = await keptAs(storesOver(database, config, null), named);
  const stuck = dead.filter(({ ticket }) => ticket === key || sameName(ticket, named));
  if (stuck.length > 0) return stuck;
  throw new Ended(
    EXIT.different,
    `${named} is not stuck. \`coop explain ${key}\` says what it waits for; \`coop doctor --app\` lists what is stuck.`,
  );
}

/** GitHub's names are the same in capital and small letters. */
function sameName(one: TicketKey, other: TicketKey): boolean {
  const [a, b] = [parseTicketKey(one), parseTicketKey(other)];
  return a !== null && b !== null && one.toLowerCase() === other.toLowerCase();
}
