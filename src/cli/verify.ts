import { type Command, InvalidArgumentError } from "commander";
import type { Difference } from "../audit/compare.ts";
import { type Verified, verifyTicket } from "../audit/verify.ts";
import { environment, type GitHubConfig, loadGitHubConfig } from "../config.ts";
import { sha256Schema, type TicketKey } from "../core/ledger/ids.ts";
import { type PublicKey, readPublicKey } from "../core/ledger/ledger-keys.ts";
import { soundPart } from "../audit/sound.ts";
import type { ForgeApp } from "../forge/forge-app.ts";
import { connectGitHub } from "../github/octokit.ts";
import { Ended, EXIT } from "./exit.ts";
import { keptAs, type Stores } from "./stores.ts";
import { plain, print } from "./terminal.ts";
import { threadArgument, ticketArgument } from "./ticket-argument.ts";
import { withTicket } from "./ticket-stores.ts";
import { type ThreadOptions, verifyFromThread } from "./verify-thread.ts";

/** After the first difference the others mostly follow from it. */
const DIFFERENCES_SHOWN = 20;

export function verifyCommand(program: Command): void {
  program
    .command("verify")
    .description(
      "compare a ledger's copy in the database with the one published in the thread, or verify a thread alone",
    )
    .argument(
      "[ticket]",
      "owner/repo#number, on the server: both copies are compared; or the number of a ticket of `coop run` here",
      ticketArgument,
    )
    .option(
      "--thread <ticket>",
      "owner/repo#number, anywhere: only the thread is read, no secret is needed",
      threadArgument,
    )
    .option(
      "--key <key>",
      "with --thread: the server's public key (ed25519:…), from its page /key; may be repeated",
      keys,
    )
    .option("--comments <file>", "with --thread: read the comments from this JSON file and not from GitHub")
    .option("--head <hash>", "with --thread: an entry that the ledger has to contain, as a merge commit names it", hash)
    .addHelpText(
      "after",
      '\nExamples:\n  coop verify "acme/shop#12"                                both copies, on the server\n  coop verify 3                                            a ticket of `coop run` here\n  coop verify --thread "acme/shop#12" --key ed25519:MCow…  anywhere, without a secret\n\nExit code: 0 equal, 1 different, 2 wrong usage, 69 could not tell, 78 configuration.',
    )
    .action(verify);
}

function keys(text: string, before: readonly PublicKey[] = []): PublicKey[] {
  const key = readPublicKey(text);
  if (key) return [...before, key];
  throw new InvalidArgumentError("Give it as ed25519: and 43 characters, as the server's page /key shows it.");
}

function hash(text: string): string {
  if (sha256Schema.safeParse(text).success) return text;
  throw new InvalidArgumentError("Give the 64 hex digits behind Coop-Ledger: in the merge commit.");
}

async function verify(ticket: string | undefined, options: ThreadOptions): Promise<void> {
  const { thread, key, comments, head } = options;
  if ((ticket === undefined) === (thread === undefined))
    throw new Ended(
      EXIT.usage,
      "Name one ticket (owner/repo#number): as it is on the server, or after --thread anywhere else.",
    );
  if (thread !== undefined) return verifyFromThread(thread, options);
  if (key ?? comments ?? head) throw new Ended(EXIT.usage, "--key, --comments and --head belong to --thread.");
  if (ticket !== undefined) await verifyBoth(ticket);
}

async function verifyBoth(named: string): Promise<void> {
  await withTicket(named, async (stores, named, kept) => {
    if (kept === "here") {
      const { sentence, isGenuine } = await verifiedHere(stores, named);
      print(plain(sentence));
      if (!isGenuine) process.exitCode = EXIT.different;
      return;
    }
    const loaded = loadGitHubConfig(environment());
    if (loaded.outcome === "refused") throw new Ended(EXIT.config, loaded.sentence);
    const { config } = loaded;
    const key = await keptAs(stores, named);
    const { ledgerKeys } = stores;
    if (!ledgerKeys)
      throw new Ended(
        EXIT.config,
        "This environment has no ledger secret: run this with a worker's environment, or use --thread with --key.",
      );
    const app = readingGitHub(config, stores);
    report(key, await verifyTicket({ ...stores, app, appId: config.appId, ledgerKeys }, key));
  });
}

/** A ticket of `coop run` has one copy only. @throws Ended when there is none */
export async function verifiedHere(
  stores: Stores,
  key: TicketKey,
): Promise<{ readonly sentence: string; readonly isGenuine: boolean }> {
  const { entries, fault } = soundPart(key, await stores.ledgers.read(key), stores.ledgerKeys);
  if (fault) return { sentence: `${key}: entry ${fault.seq} ${fault.problem}.`, isGenuine: false };
  if (entries.length === 0)
    throw new Ended(EXIT.different, `There is no ticket ${key}. \`${stores.list}\` lists those there are.`);
  const sentence = `${key}: ${entries.length} entries, every one genuine. There is no thread to compare them with.`;
  return { sentence, isGenuine: true };
}

/** Nothing is written and no tree is read, so there is nothing to space out and nothing to keep. */
function readingGitHub(config: GitHubConfig, stores: Stores): ForgeApp {
  const { githubApiUrl: baseUrl, ...as } = config;
  const blobs = { get: async () => null, put: async () => "" };
  return connectGitHub({ ...as, baseUrl, pace: null, blobs, secrets: stores.config.secrets });
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
