import { basename, dirname, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import { environment, loadStoreConfig } from "../config.ts";
import { PHASES } from "../core/ticket/phase.ts";
import type { DeskRepository } from "../desk/repository.ts";
import { embeddedIn } from "../store/embedded.ts";
import { Ended, EXIT } from "./exit.ts";
import { type Paint, progress } from "./progress.ts";
import { lineWidth } from "./table.ts";
import { print } from "./terminal.ts";
import { boardFoot, boardLines, type BoardRow, changeJson, changeLine, type Size } from "./watch-board.ts";
import { appSource, deskSource, repositoryAt, type Source } from "./watch-sources.ts";
import { databaseUrlIn } from "./desk/kept.ts";
import { NO_TICKETS } from "./desk/next.ts";

/** `coop watch`: one board of the tickets of all repositories that are named, and of an App's server. It only looks. */
type Options = { readonly once?: true; readonly json?: true; readonly all?: true; readonly every: number };

export function watchCommand(program: Command): void {
  program
    .command("watch")
    .description("show a live board of tickets, of these repositories and of an App's server")
    .argument("[folders...]", "repositories; otherwise the one here")
    .option("--once", "show it once, and end")
    .option("--json", "one JSON object for each ticket that is new or has changed")
    .option("--all", "also tickets that ended more than a day ago")
    .option("--every <seconds>", "how often to look", secondsOf, 1)
    .addHelpText("after", EXAMPLES)
    .action(watch);
}

const EXAMPLES = `
Examples:
  coop watch                          the tickets of this repository
  coop watch ~/code/*                 those of many repositories on one board
  DATABASE_URL=… coop watch           with those of the App that keeps them there (or COOP_DATA_DIR, where its server has no PostgreSQL)
  coop watch --once --json | jq       for scripts

In a pipe each change is a line. Ctrl-C ends the watching and nothing else.`;

function secondsOf(given: string): number {
  const seconds = Number(given);
  if (!Number.isFinite(seconds) || seconds < 0.2 || seconds > 3_600)
    throw new InvalidArgumentError("Give seconds between 0.2 and 3600.");
  return seconds;
}

/** Longer ago than this, an end is no news. */
const OVER_SHOWN_MS = 24 * 3_600_000;

async function watch(folders: readonly string[], options: Options): Promise<void> {
  const { sources, notes } = await sourcesOf(folders);
  const ending = new AbortController();
  const end = () => ending.abort();
  process.on("SIGINT", end).on("SIGTERM", end);
  const show = showFor(options);
  try {
    for (;;) {
      const { rows, lost, seen } = await lookAt(sources, options);
      show.look({ rows, notes: [...notes, ...lost], isBlind: lost.length > 0 });
      if (options.once) {
        if (seen === 0) process.exitCode = EXIT.unavailable;
        return;
      }
      await delay(options.every * 1000, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
    }
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
    show.end();
    for (const source of sources) await source.close();
  }
}

/** @throws Ended when there is nothing to look at */
async function sourcesOf(folders: readonly string[]): Promise<{ sources: Source[]; notes: string[] }> {
  const named = folders.length > 0 ? folders : [process.cwd()];
  const found = await Promise.all(named.map(async (folder) => ({ folder, at: await repositoryAt(resolve(folder)) })));
  const homes = new Map(found.flatMap(({ at }) => (typeof at === "string" ? [] : [[at.home, at] as const])));
  const notes =
    folders.length === 0
      ? []
      : found.flatMap(({ folder, at }) => (typeof at === "string" ? [`${folder} is left out. ${at}`] : []));
  const sources = [...desks([...homes.values()]), ...appHere(homes.size > 0)];
  const [first] = found;
  if (sources.length > 0) return { sources, notes };
  const why = first && typeof first.at === "string" ? first.at : "";
  throw new Ended(
    EXIT.usage,
    `${why} Or name repositories, as in \`coop watch ~/code/*\`, or set DATABASE_URL for the tickets of an App.`,
  );
}

/** Two repositories of one name are told apart by the folder around them. */
function desks(all: readonly DeskRepository[]): Source[] {
  return all.map((one) => {
    const isAlone = all.every((other) => other === one || other.name !== one.name);
    const around = basename(dirname(one.home.replace(/\/\.git$/, "")));
    return deskSource(one, isAlone ? one.name : `${around}/${one.name}`);
  });
}

/** @param beside repositories are watched, too: a DATABASE_URL may then be an application's, or a desk's alone */
function appHere(beside: boolean): Source[] {
  const env = environment();
  const isForeign = beside && databaseUrlIn(env) === null;
  const loaded = loadStoreConfig(isForeign ? { ...env, DATABASE_URL: undefined } : env);
  if (loaded.outcome === "refused") throw new Ended(EXIT.config, loaded.sentence);
  const { config } = loaded;
  const isThere = config.databaseUrl !== null || Boolean(env.COOP_DATA_DIR) || embeddedIn(config.dataDir) !== "none";
  return isThere ? [appSource(config, beside)] : [];
}

async function lookAt(
  sources: readonly Source[],
  { all }: Options,
): Promise<{ rows: BoardRow[]; lost: string[]; seen: number }> {
  const since = new Date(Date.now() - OVER_SHOWN_MS).toISOString();
  const looks = await Promise.all(sources.map((source) => source.look()));
  const seen = looks.filter((one) => one !== null && typeof one !== "string");
  const rows = seen.flat();
  return {
    rows: rows.filter(({ phase, changedAt }) => all || PHASES[phase].turn !== "nobody" || changedAt > since),
    lost: looks.filter((one) => typeof one === "string"),
    seen: seen.length,
  };
}

type Seen = {
  readonly rows: readonly BoardRow[];
  /** What could not be seen, and why. */
  readonly notes: readonly string[];
  /** Somewhere there may be tickets that could not be seen. */
  readonly isBlind: boolean;
};
type Show = { look(seen: Seen): void; end(): void };

function showFor({ json, once }: Options): Show {
  if (!json && (once || process.stdout.isTTY)) return board(process.stdout, once ? "once" : "live");
  return changes(
    (row) => print(json ? changeJson(row) : changeLine(row)),
    json ? () => undefined : () => print(NO_TICKETS),
  );
}

/** What is new or has changed since the last look, and a note once. */
function changes(say: (row: BoardRow) => void, sayEmpty: () => void): Show {
  const told = new Map<string, string>();
  const noted = new Set<string>();
  let looks = 0;
  return {
    look: ({ rows, notes, isBlind }) => {
      for (const note of notes) if (!noted.has(note)) process.stderr.write(`${note}\n`);
      for (const note of notes) noted.add(note);
      if (looks++ === 0 && rows.length === 0 && !isBlind) sayEmpty();
      for (const row of rows) {
        const id = `${row.repository} ${row.ticket}`;
        const now = JSON.stringify(row);
        if (told.get(id) !== now) say(row);
        told.set(id, now);
      }
    },
    end: () => undefined,
  };
}

/** Drawn over itself. While it is drawn no line wraps, so that it has as many lines as were written. */
function board(stream: NodeJS.WriteStream, how: "once" | "live"): Show {
  const { paint } = progress(stream);
  const isLive = how === "live";
  let drawn = 0;
  if (isLive) stream.write(HIDE_CURSOR);
  return {
    look: (seen) => {
      const size = isLive ? sizeOf(stream) : { columns: lineWidth(stream), rows: Infinity };
      const lines = boardText(seen, paint, size);
      if (!isLive) return print(...lines);
      const all = [...lines, paint("dim", "Ctrl-C ends the watching and nothing else.")];
      const back = drawn > 0 ? `\x1b[${drawn}A\r\x1b[J` : "";
      stream.write(`${back}${NO_WRAP}${all.join("\n")}\n${WRAP}`);
      drawn = all.length;
    },
    end: () => void (isLive && stream.write(SHOW_CURSOR)),
  };
}

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const NO_WRAP = "\x1b[?7l";
const WRAP = "\x1b[?7h";

/** Terminals that do not say how large they are get the size of the oldest. */
function sizeOf(stream: NodeJS.WriteStream): Size {
  return { columns: stream.columns || 80, rows: stream.rows || 24 };
}

/** The board has to stay on the screen. */
const NOTES_MAX = 3;

function boardText({ rows, notes, isBlind }: Seen, paint: Paint, size: Size): string[] {
  const none = isBlind ? [] : [NO_TICKETS];
  const table = rows.length === 0 ? none : [...boardLines(rows, new Date(), paint, size), "", ...boardFoot(rows)];
  return [...table, ...notes.slice(0, NOTES_MAX).map((one) => paint("yellow", one))];
}
