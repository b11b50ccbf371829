import type { Command } from "commander";
import type { Difference } from "../audit/compare.ts";
import { type Verified, verifyTicket } from "../audit/verify.ts";
import { environment, loadGitHubConfig } from "../config.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { ForgeApp } from "../forge/forge-app.ts";
import { connectGitHub } from "../github/octokit.ts";
import { Ended, EXIT } from "./exit.ts";
import { type Stores, withStores } from "./stores.ts";
import { plain, print } from "./terminal.ts";
import { ticketArgument } from "./ticket-argument.ts";

const DIFFERENCES_SHOWN = 20;

export function verifyCommand(program: Command): void {
  program
    .command("verify")
    .description("compare a ledger's copy in the database with the one published in the thread")
    .argument("<ticket>", "owner/repo#number", ticketArgument)
    .addHelpText("after", "\nExit code: 0 equal, 1 different, 2 wrong usage, 69 could not tell, 78 configuration.")
    .action(verify);
}

async function verify(key: TicketKey): Promise<void> {
  const loaded = loadGitHubConfig(environment());
  if (loaded.outcome === "refused") throw new Ended(EXIT.config, loaded.sentence);
  const { config } = loaded;
  const verified = await withStores((stores) => {
    const { ledgerKeys } = stores;
    if (!ledgerKeys) throw new Ended(EXIT.config, "WEBHOOK_SECRET is missing.");
    const app = readingGitHub(config, stores);
    return verifyTicket({ ...stores, app, appId: config.appId, ledgerKeys }, key);
  });
  report(key, verified);
}

/** Nothing is written and no tree is read, so there is nothing to space out and nothing to keep. */
function readingGitHub(config: { appId: number; privateKey: string; githubApiUrl: string }, stores: Stores): ForgeApp {
  const { appId, privateKey, githubApiUrl: baseUrl } = config;
  const blobs = { get: async () => null, put: async () => "" };
  return connectGitHub({ appId, privateKey, baseUrl, writeSpacingMs: 0, blobs, secrets: stores.config.secrets });
}

function report(key: TicketKey, verified: Verified): void {
  switch (verified.outcome) {
    case "equal":
      print(`${key}: both copies are equal, ${verified.entries} entries, every one genuine.`);
      if (verified.unpublished > 0)
        print(`The last ${verified.unpublished} are not published yet: they ride in the next comment.`);
      return;
    case "no-ticket":
      throw new Ended(EXIT.usage, `${key} is no ticket: neither the database nor the thread has a ledger of it.`);
    case "unknown":
      throw new Ended(EXIT.unavailable, `${key} could not be verified: ${plain(verified.why)}`);
    case "different":
      print(`${key}: the copies differ, first at ${line(verified.first)}`);
      for (const other of verified.others.slice(0, DIFFERENCES_SHOWN)) print(`  also ${line(other)}`);
      if (verified.others.length > DIFFERENCES_SHOWN) print(`  and ${verified.others.length - DIFFERENCES_SHOWN} more`);
      process.exitCode = EXIT.different;
  }
}

function line({ seq, kind, where, how }: Difference): string {
  return plain(`entry ${seq}${kind ? ` (${kind})` : ""}, ${where}: ${how}`);
}
