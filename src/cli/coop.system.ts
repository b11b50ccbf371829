import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ledgerKeys, shownKey } from "../core/ledger/ledger-keys.ts";
import { link } from "../core/ledger/chain.ts";
import type { Database } from "../store/database.ts";
import { ledgerStore } from "../store/ledger-store.ts";
import { openEmbedded } from "../store/embedded.ts";
import { withMarker } from "../messages/marker.ts";
import { entriesOf, storyDrafts } from "../../test/support/builders.ts";
import { draft, OPENED } from "../../test/support/ledgers.ts";
import { walk } from "../../test/support/walks.ts";

const SECRET = "wsec-4f9a0c1d7b2e8365";
const KEY = "acme/tally#12";
const title = `Export \u001b[31mred ${SECRET}`;
/** What a program needs to be started quickly, and nothing else of this process. */
const STARTING = { PATH: process.env.PATH ?? "", NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "" };
const COLLAB_PARTS = ["Task", "Scope", "Constraints", "Definition of Done", "Required tests and verification", "Implementation notes", "Primary review", "Fix notes", "Secondary review", "Proof", "Final status"]; // prettier-ignore
let dataDir = "";
let open: Database | null = null;

async function opened(): Promise<Database> {
  const home = await openEmbedded(join(dataDir, "database"));
  if (home.outcome === "refused") throw new Error(home.sentence);
  return home.database;
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "coop-cli-"));
  const database = await opened();
  const drafts = [draft("opened", { title }), ...walk(OPENED).entries.slice(1)].map(
    ({ kind, data }) => ({ kind, data }) as never,
  );
  const entries = link(ledgerKeys(SECRET), KEY, [], drafts, new Date("2026-03-02T09:00:00Z"));
  await ledgerStore(database).append(KEY, 0, entries);
  await database.close();
});

afterAll(async () => {
  await open?.close();
  await rm(dataDir, { recursive: true, force: true });
});

type Ran = { readonly code: number; readonly out: string; readonly err: string };

function coop(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const given = { ...STARTING, COOP_DATA_DIR: dataDir, WEBHOOK_SECRET: SECRET, ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, ["src/cli/coop.ts", ...args], { env: given }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe("coop", () => {
  it.each([
    [["--help"], 0],
    [["ledger", "--help"], 0],
    [["help", "ledger"], 0],
    [["nonsense"], 2],
    [["ledger"], 2],
    [["ledger", "tally"], 2],
    [["export"], 2],
    [["verify", KEY], 78],
    [["ledger", "acme/tally#99"], 1],
  ])("%j ends with %i", async (args, code) => {
    const ran = await coop(args);
    expect(ran).toMatchObject({ code });
    expect(ran.out + ran.err).not.toMatch(/\bat .*\.ts:\d/);
  });

  it("shows a ticket of the App as the page that people and models share", async () => {
    const { code, out, err } = await coop(["ledger", KEY, "--format", "collab"]);
    expect([code, err]).toEqual([0, ""]);
    expect([...out.matchAll(/^## (.*)$/gm)].map(([, part]) => part)).toEqual([...COLLAB_PARTS, "Your answer"]);
    expect(out).toMatch(/^# Export/);
    expect(out).toContain(`Ticket \`${KEY}\`, entry`);
    // Nobody reads a copy of it: the words belong into the thread.
    expect(out).toContain("Answer in the ticket's thread.");
    expect(out).not.toContain("<!-- coop:answer");
    expect(out).not.toContain("\u001b");
  });

  it.each([
    [
      ["proof", "--bsae", "main"],
      ["unknown option '--bsae'", "(Did you mean --base?)", "coop proof --help"],
    ],
    [["proof"], ["--base is missing", "coop proof --base main"]],
    [
      ["run", "--tilte", "A"],
      ["(Did you mean --title?)", "coop run --help"],
    ],
    [["hook", "instal"], ["coop hook --help"]],
    [["frobnicate"], ["unknown command 'frobnicate'", "(coop --help lists what there is)"]],
    [
      ["help", "reveiw"],
      ["unknown command 'reveiw'", "(Did you mean review?)"],
    ],
  ])("says of %j what was meant and where it is explained", async (args, words) => {
    const ran = await coop(args);
    expect(ran.code).toBe(2);
    for (const one of words) expect(ran.err).toContain(one);
  });

  it("verifies a thread with the public key alone, in an environment without any secret", async () => {
    const keys = ledgerKeys(SECRET);
    const entries = entriesOf(storyDrafts(), { key: keys, ticket: KEY });
    const file = join(dataDir, "thread.json");
    const user = { login: "coop[bot]" };
    const comments = entries.map((entry, id) => ({ id, user, body: withMarker(`Words ${id}.`, [entry], keys) }));
    const run = async (said: readonly object[], ...more: string[]) => {
      await writeFile(file, JSON.stringify(said));
      return coop(["verify", "--thread", KEY, "--comments", file, ...more], { COOP_DATA_DIR: "", WEBHOOK_SECRET: "" });
    };
    const key = ["--key", shownKey(keys.trusted[0] ?? "")];
    const whole = { code: 0, out: expect.stringContaining(`${entries.length} entries, every one genuine`) };
    expect(await run(comments, ...key)).toMatchObject(whole);
    const head = ["--head", entries.at(-1)?.hash ?? ""];
    expect(await run(comments.slice(0, 3), ...key, ...head)).toMatchObject({
      code: 1,
      out: expect.stringContaining("taken off the end"),
    });
    expect(await run(comments)).toMatchObject({ code: 2, err: expect.stringContaining("/key") });
    expect(await run(comments, "--key", "ed25519:short")).toMatchObject({ code: 2 });
    expect(await run([], ...key)).toMatchObject({ code: 2, err: expect.stringContaining("no ledger") });
  });

  it("says what is wrong with the configuration", async () => {
    expect(await coop(["tickets"], { DATABASE_URL: "mysql://x" })).toMatchObject({
      code: 78,
      err: expect.stringContaining("DATABASE_URL must begin"),
    });
  });

  it("prints a ledger for people without control characters, and as JSON lines", async () => {
    const { code, out } = await coop(["ledger", KEY]);
    expect(code).toBe(0);
    expect(out).toContain("Started by maria");
    expect((await coop(["tickets"])).out).not.toContain("\u001b");
    const json = (await coop(["ledger", KEY, "--json"])).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { seq: number });
    expect(json.map((one) => one.seq)).toEqual(json.map((_, index) => index + 1));
  });

  it("replays, explains and scores", async () => {
    expect(await coop(["replay", KEY])).toMatchObject({
      code: 0,
      out: expect.stringContaining("follow from those before them"),
    });
    expect((await coop(["explain", KEY])).out).toContain("Phase: Ready to merge");
    expect((await coop(["scorecard", "--repo", "acme/tally"])).out).toMatch(/opus +Implementer +1 /);
    expect((await coop(["scorecard", "--repo", "acme/other"])).out).toContain("No model has worked");
  });

  it("does not read on behind an entry that somebody signed with another key", async () => {
    expect(await coop(["ledger", KEY], { WEBHOOK_SECRET: "another secret of sixteen" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("signed with another key"),
    });
  });

  it("exports without secrets", async () => {
    const out = join(dataDir, "log");
    expect(await coop(["export", "--all", "--out", out])).toMatchObject({ code: 0 });
    const text = await readFile(join(out, "acme__tally__12.jsonl"), "utf8");
    expect(text).not.toContain(SECRET);
    expect(text.split("\n")[0]).toContain("[redacted]");
  });

  it("looks while a server runs", async () => {
    open = await opened();
    expect(await coop(["tickets"])).toMatchObject({ code: 0, out: expect.stringContaining(KEY) });
  });
});

it("says so where the folder is gone that it is called in", async () => {
  const away = 'mkdir "$0" && cd "$0" && rmdir "$0" && exec "$@"';
  for (const args of [
    ["run", "ticket.md"],
    ["run", "--list"],
    ["watch", "--once"],
    ["init"],
    ["proof", "--base", "main"],
    ["hook", "install"],
    ["ledger", "1"],
  ]) {
    const called = [
      "-c",
      away,
      join(dataDir, "gone"),
      process.execPath,
      join(process.cwd(), "src/cli/coop.ts"),
      ...args,
    ];
    const ran = await new Promise((resolve) =>
      execFile("/bin/sh", called, { env: STARTING }, (error, out, err) =>
        resolve([args, error && error.code, out, err]),
      ),
    );
    expect(ran).toEqual([
      args,
      2,
      "",
      "The folder that you are in is gone: go into another one, then run this again.\n",
    ]);
  }
});
