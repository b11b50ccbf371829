import { type ThreadVerified, verifyThread } from "../audit/verify-thread.ts";
import { environment } from "../config.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { type PublicKey, shownKey } from "../core/ledger/ledger-keys.ts";
import { Ended, EXIT } from "./exit.ts";
import { threadInFile, threadOnGitHub } from "./public-thread.ts";
import { plain, print } from "./terminal.ts";

/** A ledger that was tampered with often has the same fault everywhere. */
const PROBLEMS_SHOWN = 20;

export type ThreadOptions = {
  readonly thread?: TicketKey;
  readonly key?: readonly PublicKey[];
  readonly comments?: string;
  readonly head?: string;
};

/** For whoever has neither a server nor its secret. */
export async function verifyFromThread(key: TicketKey, { key: keys, comments, head }: ThreadOptions): Promise<void> {
  if (!keys || keys.length === 0)
    throw new Ended(
      EXIT.usage,
      "Say with --key whose signatures you believe: the server's page /key and `coop doctor --app` show its public key.",
    );
  const thread = comments === undefined ? await threadOnGitHub(key, environment()) : await threadInFile(comments);
  const heads = [head, thread.anchor].filter((one) => typeof one === "string");
  report(key, verifyThread(key, thread.comments, keys, heads), { keys, heads });
}

type Given = { readonly keys: readonly PublicKey[]; readonly heads: readonly string[] };

function report(key: TicketKey, verified: ThreadVerified, given: Given): void {
  switch (verified.outcome) {
    case "holds":
      return told(key, verified, given);
    case "unsigned":
      throw new Ended(
        EXIT.unavailable,
        `${key}: ${verified.entries} entries, all of before entries were signed. Only the server can verify them: \`coop verify ${key}\` there.`,
      );
    case "no-ledger":
      throw new Ended(EXIT.usage, `${key}: there is no ledger in this thread.`);
    case "different":
      print(`${key}: this ledger does not hold. ${verified.entries.length} entries do.`);
      for (const problem of verified.problems.slice(0, PROBLEMS_SHOWN)) print(`  ${plain(problem)}`);
      if (verified.problems.length > PROBLEMS_SHOWN) print(`  and ${verified.problems.length - PROBLEMS_SHOWN} more`);
      process.exitCode = EXIT.different;
  }
}

function told(key: TicketKey, verified: Extract<ThreadVerified, { outcome: "holds" }>, { keys, heads }: Given): void {
  const { entries, signedFrom, unsignedComments, strangers } = verified;
  print(`${key}: ${entries.length} entries, every one genuine, signed with ${shownKey(keys[0] ?? "")}.`);
  const others = entries.flatMap(({ seq, signed }) => (signed && !keys.includes(signed.key) ? [{ seq, key: signed.key }] : [])); // prettier-ignore
  for (const other of others)
    print(`From entry ${other.seq} the key is ${shownKey(other.key)}, as the one before it says.`);
  if (signedFrom > 1)
    print(`Entries 1 to ${signedFrom - 1} are of before entries were signed; entry ${signedFrom} vouches for them.`);
  if (unsignedComments > 0)
    print(`The readable text of ${unsignedComments} older comments is not signed; their entries are covered.`);
  for (const stranger of strangers.slice(0, PROBLEMS_SHOWN)) print(plain(`${stranger} It changes nothing.`));
  print(
    heads.length > 0
      ? "It contains what was noted of it outside of the thread."
      : `The last hash is ${entries.at(-1)?.hash}. Whether comments were deleted behind it shows only against a hash noted elsewhere (--head).`,
  );
}
