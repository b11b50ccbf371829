import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { InvalidArgumentError } from "commander";
import { npmCommand, wholeNumber } from "../../src/cli/npm-command.ts";
import type { Config } from "../../src/config.ts";
import { link } from "../../src/core/ledger/chain.ts";
import { textHash } from "../../src/core/ticket/text-hash.ts";
import type { EntryDraft } from "../../src/core/ledger/entries.ts";
import { ledgerKeys } from "../../src/core/ledger/ledger-keys.ts";
import { fold } from "../../src/core/ticket/fold.ts";
import { rowOf } from "../../src/flow/book.ts";
import { startForge } from "../../src/github-double/server.ts";
import { DEFAULT_SERVER } from "../../src/server-file.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { ledgerStore } from "../../src/store/ledger-store.ts";
import { migrate } from "../../src/store/migrate.ts";
import { publicationStore } from "../../src/store/publication-store.ts";
import { repositoryStore } from "../../src/store/repository-store.ts";
import { ticketIndex } from "../../src/store/ticket-index.ts";
import { aDraft, BASE_SHA, storyDrafts } from "../support/builders.ts";
import type { Asked, Told } from "./state-server.ts";

/**
 * What the program costs beside what it has kept. Each size is a server with so many tickets of 60 entries, ten to a repository;
 * the same twenty of them are open, so that what differs is only what is over. GitHub is the strict double on loopback. Times
 * in milliseconds, memory in MB.
 */
const SIZES = [100, 1_000, 10_000];
const OPEN = 20;
const ENTRIES = 60;
const TICKETS_PER_REPOSITORY = 10;
/** A page or a pass is measured so often; the median is shown. */
const TIMES = 9;

const SECRET = "a ledger secret of the bench";
const KEYS = ledgerKeys(SECRET);
const ISSUE = { title: "Export as CSV", body: "As a user I would like to take my figures along." };

type Forge = Awaited<ReturnType<typeof startForge>>;

export type Figures = {
  readonly startMs: number;
  /** The first look at everything after a start, and the requests that it takes. */
  readonly sweepMs: number;
  readonly sweepRequests: number;
  /** Each later look. */
  readonly laterSweepMs: number;
  readonly laterSweepRequests: number;
  readonly passMs: number;
  readonly listPageMs: number;
  readonly ticketPageMs: number;
  readonly metricsMs: number;
  readonly rssMb: number;
};

/** A ledger as long as wanted: what people asked in between changes nothing. */
function draftsOf(drafts: readonly EntryDraft[]): EntryDraft[] {
  const [before, after] = [drafts.slice(0, 3), drafts.slice(3)];
  const between = Array.from({ length: ENTRIES - drafts.length }, (_, at) =>
    aDraft("commanded", { source: `comment:${1000 + at}` }),
  );
  return [...before, ...between, ...after];
}

function opened(repositoryId: number, installationId: number): EntryDraft {
  const forge = { kind: "github" as const, installationId, repositoryId };
  return aDraft("opened", { title: ISSUE.title, textHash: textHash(ISSUE.title, ISSUE.body), forge, author: "mona" });
}

/** The story's base is no commit of anybody's, and whoever asked the double for it would measure a refusal. */
function onto(base: string, draft: EntryDraft): EntryDraft {
  return JSON.parse(JSON.stringify(draft).replaceAll(BASE_SHA, base)) as EntryDraft;
}

async function fill(dataDir: string, forge: Forge, tickets: number): Promise<string[]> {
  const database = await openEmbedded(join(dataDir, "database"));
  if (database.outcome === "refused") throw new Error(database.sentence);
  await migrate(database.database);
  const [ledgers, index] = [ledgerStore(database.database), ticketIndex(database.database)];
  const publications = publicationStore(database.database);
  const repositories = repositoryStore(database.database);
  const open: string[] = [];
  for (let at = 0; at < tickets / TICKETS_PER_REPOSITORY; at++) {
    const repo = forge.createRepo({ fullName: `acme/repo${at}`, people: { mona: "write" } });
    const installationId = forge.deliveries.at(-1)?.installationId ?? 0;
    const [owner = "", name = ""] = repo.fullName.split("/");
    await repositories.note([{ owner, name, installationId, repositoryId: repo.state.id }]);
    for (let number = 1; number <= TICKETS_PER_REPOSITORY; number++) {
      const key = `acme/repo${at}#${number}`;
      // Two to a repository.
      const isOpen = number <= 2 && open.length < OPEN;
      if (isOpen) repo.openIssue("mona", { ...ISSUE });
      const [, ...rest] = storyDrafts().map((draft) => onto(repo.head(), draft));
      const begin = opened(repo.state.id, installationId);
      const drafts = draftsOf([begin, ...(isOpen ? rest.slice(0, 2) : rest)]);
      const entries = link(KEYS, key, [], drafts, new Date());
      if (isOpen) open.push(key);
      await ledgers.restore(key, entries);
      const ticket = fold(entries);
      if (!ticket) throw new Error("A ledger that begins is a ticket");
      await index.put(rowOf(ticket, new Date(entries.at(-1)?.at ?? "")));
      // All of it stands in the thread.
      const said = { ticket: key, firstSeq: 1, lastSeq: ENTRIES, place: "issue" as const, number, bodySha256: "" };
      await publications.intend(said);
      await publications.posted(key, 1, 1, new Date());
    }
  }
  await database.database.close();
  return open;
}

type Child = { ask(asked: Asked): Promise<Told>; end(): Promise<void> };

function server(): Child {
  const child = spawn(
    process.execPath,
    [
      "--max-semi-space-size=2",
      "--heap-growing-percent=50",
      "--disable-warning=ExperimentalWarning",
      "test/bench/state-server.ts",
    ],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    ask: async (asked) => {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("The server ended early");
      return JSON.parse(value) as Told;
    },
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function timesOf(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return median(taken);
}

async function page(url: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  await answer.text();
}

function sizes(given: string, before: readonly number[]): readonly number[] {
  const size = wholeNumber(given);
  if (size < TICKETS_PER_REPOSITORY)
    throw new InvalidArgumentError(`It takes numbers from ${TICKETS_PER_REPOSITORY} on.`);
  return before === SIZES ? [size] : [...before, size];
}

async function measure(tickets: number): Promise<Figures> {
  const dataDir = mkdtempSync(join(tmpdir(), "coop-bench-state-"));
  const forge = await startForge({ requestsPerHour: 1_000_000 });
  try {
    const open = await fill(dataDir, forge, tickets);
    return await figuresOf(dataDir, forge, open);
  } finally {
    await forge.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function figuresOf(dataDir: string, forge: Forge, open: readonly string[]): Promise<Figures> {
  const child = server();
  const requests = () => forge.counts().restRequests;
  const config: Config = {
    ...{ appId: forge.app.id, privateKey: forge.app.privateKey, webhookSecret: forge.app.webhookSecret },
    ...{ ledgerSecret: SECRET, ledgerSecretsBefore: [], githubApiUrl: forge.url, host: "127.0.0.1", port: 0 },
    ...{ publicUrl: null, logLevel: "silent", databaseUrl: null, dataDir, role: "all", pool: [] },
    server: { ...DEFAULT_SERVER, limits: { ...DEFAULT_SERVER.limits, githubWriteSpacingMs: 0 } },
  };
  const { ms: startMs, url } = await child.ask({ do: "start", config });
  const { ms: sweepMs } = await child.ask({ do: "idle" });
  const first = requests();
  const { ms: laterSweepMs } = await child.ask({ do: "sweep" });
  const laterSweepRequests = requests() - first;
  const passMs = await timesOf(() => child.ask({ do: "pass", ticket: open[0] ?? "" }));
  const listPageMs = await timesOf(() => page(`${url}/`));
  const ticketPageMs = await timesOf(() => page(`${url}/tickets/${(open[0] ?? "").replace("#", "/")}`));
  const metricsMs = await timesOf(() => page(`${url}/metrics`));
  const { rssMb } = await child.ask({ do: "memory" });
  await child.end();
  const figures = { startMs, sweepMs, sweepRequests: first, laterSweepMs, laterSweepRequests };
  return { ...figures, passMs, listPageMs, ticketPageMs, metricsMs, rssMb };
}

const [asked] = npmCommand(
  "bench:state",
  "What start-up, a pass, a sweep, the pages and memory cost beside so many tickets. The last line is one JSON object.",
  (command) => command.argument("[tickets...]", "how many tickets there are, for each measurement", sizes, SIZES),
).parse().processedArgs as [readonly number[]];
const results: Record<number, Figures> = {};
for (const tickets of asked) {
  const figures = await measure(tickets);
  const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round(value)] as const);
  results[tickets] = Object.fromEntries(rounded) as Figures;
  console.log(`${tickets} tickets: ${rounded.map(([name, value]) => `${name} ${value}`).join(", ")}`);
}
console.log(JSON.stringify(results));
