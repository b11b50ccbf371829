import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npmCommand } from "../../src/cli/npm-command.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";
import { type Event, type Load, load } from "./ingest-load.ts";

/**
 * How fast webhooks come in, beside a bare Probot that stores nothing. Rounds of both sides follow each other, so that a busy
 * machine disturbs them alike; figures are medians of rounds. `ratio` is deliveries a second over the bare Probot's, `p99Ms` what the slowest hundredth waits longer than there.
 */
const SECRET = "a webhook secret of the bench";
const ROUNDS = 5;
const ROUND_MS = 2_000;
const WARM_MS = 1_500;
const ISSUES = 64;

type Side = { readonly name: string; readonly port: number; stop(): void };

/** What GitHub sends of a repository is mostly addresses: as large as real ones are (7 kB). */
function body(number: number, more: object): Buffer {
  const urls = Object.fromEntries(
    Array.from({ length: 46 }, (_, at) => [
      `kind_${at}_url`,
      `https://api.github.com/repos/acme/tally/kind-${at}{/id}`,
    ]),
  );
  const person = { login: "mona", id: 3, type: "User", ...urls };
  return Buffer.from(
    JSON.stringify({
      ...more,
      installation: { id: 7 },
      sender: { login: "mona", id: 3, type: "User" },
      repository: { id: 70, name: "tally", default_branch: "main", owner: { login: "acme" }, ...urls },
      issue: {
        number,
        state: "open",
        title: `Issue ${number}`,
        body: "Please. ".repeat(40),
        user: person,
        labels: [{ name: "coop" }],
      },
    }),
  );
}
const bodies = (more: object) => Array.from({ length: ISSUES }, (_, at) => body(at + 1, more));
const LABELED: Event = { name: "issues", bodies: bodies({ action: "labeled", label: { name: "coop" } }) };
/** Nothing depends on it, as on most of what an App is told. */
const IGNORED: Event = { name: "workflow_run", bodies: bodies({ action: "completed", workflow_run: { id: 1 } }) };

async function side(name: string, kind: string, where: string): Promise<Side> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "test/bench/ingest-server.ts", kind, where],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
    child.once("exit", (code) => reject(new Error(`The server over ${name} ended with ${code}`)));
  });
  child.removeAllListeners("exit");
  return { name, port, stop: () => child.stdin.end() };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

type Compared = { readonly ratio: number; readonly p99Ms: number };

async function compare(bare: Side, other: Side, event: Event): Promise<Compared> {
  await load(other.port, event, SECRET, WARM_MS);
  await load(bare.port, event, SECRET, WARM_MS);
  const rounds: { readonly bare: Load; readonly other: Load }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = await load(bare.port, event, SECRET, ROUND_MS);
    rounds.push({ bare: first, other: await load(other.port, event, SECRET, ROUND_MS) });
  }
  const refused = rounds.reduce((sum, one) => sum + one.bare.refused + one.other.refused, 0);
  if (refused > 0) throw new Error(`${refused} deliveries were refused`);
  const rate = (of: "bare" | "other") => Math.round(median(rounds.map((one) => one[of].perSecond)));
  const ratio = rounded(median(rounds.map((one) => one.other.perSecond / one.bare.perSecond)), 2);
  const p99Ms = rounded(median(rounds.map((one) => one.other.p99Ms - one.bare.p99Ms)), 1);
  console.log(
    `${event.name} over ${other.name}: ${rate("other")}/s beside ${rate("bare")}/s, ratio ${ratio}; p99 ${p99Ms} ms more`,
  );
  return { ratio, p99Ms };
}

const COMMITS = 200;

/**
 * What the disk takes for one commit and nothing else: each connection waits for one before its delivery is acknowledged, and the
 * bare Probot for none, so that on a slow disk no program with durable answers reaches the goal.
 */
async function commitMs(url: string): Promise<number> {
  const opened = await openPostgres(url);
  if (opened.outcome !== "open") throw new Error(opened.sentence);
  const { database } = opened;
  await database.exec("CREATE TABLE bench_commit (at bigint)");
  const took: number[] = [];
  for (let at = 0; at < COMMITS; at++) {
    const began = performance.now();
    await database.query("INSERT INTO bench_commit VALUES ($1)", [at]);
    took.push(performance.now() - began);
  }
  await database.exec("DROP TABLE bench_commit");
  await database.close();
  return rounded(median(took), 1);
}

npmCommand(
  "bench:ingest",
  "How fast webhooks come in, beside a bare Probot that stores nothing, in one run of about a minute. The last line is one JSON object.",
).parse();
const folder = mkdtempSync(join(tmpdir(), "coop-bench-ingest-"));
const bin = findPostgres();
const server = bin ? await startServer(bin, true) : null;
if (!server) console.log("No PostgreSQL server programs were found: that side is left out.");
const bare = await side("a bare Probot", "bare", "");
const results: Record<string, Compared> = {};
const measured = async (key: string, other: Side, event: Event) => {
  results[key] = await compare(bare, other, event);
};
try {
  if (server) {
    console.log(`one commit alone on PostgreSQL: ${await commitMs(server.url("postgres"))} ms`);
    const own = await side("PostgreSQL", "postgres", server.url("postgres"));
    await measured("postgres", own, LABELED);
    own.stop();
  }
  const own = await side("SQLite", "sqlite", folder);
  await measured("sqlite", own, LABELED);
  await measured("ignored", own, IGNORED);
  own.stop();
} finally {
  bare.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
// What is embedded was PGlite once; whoever reads these figures finds it under that name too.
console.log(JSON.stringify({ ...results, pglite: results["sqlite"] }));
