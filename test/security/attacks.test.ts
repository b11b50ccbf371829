import { describe, expect, it } from "@jest/globals";
import { type Held, lost } from "../support/held.ts";

/**
 * Attacks that once went through, by number, and where each is held. A row names tests by words of their names; this one fails
 * when such a test is renamed or taken away, so that no attack is lost unseen.
 */
const ROWS: readonly (readonly [what: string, ...held: Held[]])[] = [
  [
    "S1 words too large to be heard, which wedge a ticket",
    [
      "test/scenarios/hearing.test.ts",
      "is set aside after a few tries and named, and what came after it is heard",
      "a review with many long inline comments is worked through, and says what was cut",
      "control characters do not wedge a ticket",
    ],
  ],
  [
    "S2 strangers who lengthen a ledger",
    ["test/scenarios/hearing.test.ts", "lengthen a ledger by one fault a comment and a few a person"],
  ],
  [
    "S3 texts that stop the server",
    ["test/security/watchdog.system.ts", "while the longest texts are read, shown and sent out", "bodies of 25 MB"],
    ["test/fuzz/slow-patterns.fuzz.ts", "foreign text is read in proportion to its length"],
  ],
  [
    "S4 memory that is in no process's limit",
    [
      "test/contracts/sandbox.system.ts",
      "counts memory that processes share, once, and refuses what nobody could count",
    ],
    ["test/contracts/sandbox-memory.system.ts", "memory that is no process's in %s"],
  ],
  [
    "S5 the server's keyring",
    ["test/contracts/sandbox.system.ts", "the server's keyring can be reached"],
    ["test/contracts/sandbox-loader.system.ts", "add_key"],
  ],
  [
    "S6 private folders below what is shown",
    ["test/contracts/sandbox.system.ts", "see a private place within a folder that is shown, unless it is covered"],
    ["test/security/inherited-files.test.ts"],
  ],
  [
    "S7 weak secrets, and who can sign",
    ["src/config.test.ts", "needs at least 20, or it can be guessed"],
    ["test/scenarios/ledger-copies.system.ts", "can be verified by a visitor with the public key"],
    ["src/audit/verify-thread.test.ts", "is found among more forgeries than anybody could try"],
    ["src/core/ledger/seals.test.ts", "is never who only verifies"],
  ],
  [
    "S8 pages for anybody, by any name",
    ["src/web/asked-host.test.ts", "the name that a page is asked for by"],
    ["test/security/pages-login.test.ts", "sees the tickets of what they can read, and nothing else"],
  ],
  [
    "S9 text that no reader sees",
    ["test/security/hidden-text.test.ts", "HIDDEN"],
    ["src/hygiene/hidden-text.test.ts", "keeps code byte for byte"],
    ["test/scenarios/odd-content.system.ts", "and the thread says which characters"],
  ],
  [
    "S10 secrets on their way out",
    [
      "test/security/secrets-going-out.test.ts",
      "goes out by neither gate",
      "the preset beside our own shapes",
      "raises no alarm: more than 1,500 paragraphs and 500 diffs",
    ],
    ["test/security/secrets-in-disguise.test.ts", "a secret in disguise"],
    ["test/security/secrets-of-tools.test.ts", "a secret of somebody else is found"],
    ["test/security/secrets-in-logs.test.ts"],
  ],
  [
    "S11 mentions, odd names, leftovers, streams of a run",
    ["test/security/secrets-going-out.test.ts", "&#64;x", "people are called by nobody"],
    ["src/github/receive.test.ts", "refuses the body with any one byte flipped"],
    ["test/fuzz/readers.fuzz.ts", "__proto__"],
    ["test/security/new-paths.test.ts", "is never a second spelling"],
    ["src/workspace/materialise.test.ts", 'describe("leftovers"'],
    ["test/contracts/sandbox-requests.system.ts", "/dev/stdout"],
  ],
  [
    "S12 a worker that somebody took over",
    ["test/security/key-holder.test.ts", "gets no token of a repository in which nothing is to be done"],
    ["test/security/grounds.test.ts", "are no mark that a worker wrote, copied or moved to another day"],
    ["test/security/two-processes.system.ts", "the key is nowhere in the worker"],
  ],
  [
    "S13 settings of tools that start code",
    ["test/security/while-fetching.test.ts", "what could start by itself while packages are fetched is not there"],
    ["test/security/git-settings.test.ts", "git starts no program of a repository's settings, hooks or attributes"],
  ],
  ["S14 ways out of the sandbox by name", ["test/security/inside.system.ts", "nothing that leads out is allowed"]],
  [
    "S15 programs of others without a hash of ours",
    ["test/supply-chain.test.ts", "has a hash that npm checks, and runs nothing while it is installed"],
    ["test/own-node.test.ts", "is fetched by npm from its lockfile, without scripts, once"],
  ],
];

describe("each attack is held", () => {
  it.each(ROWS)("%s", (_what, ...held) => expect(held.flatMap(lost)).toEqual([]));
});
