import { artifactsOf, type AuditLine, callLine, entryLine } from "../../audit/export.ts";
import { chained } from "../../audit/log-chain.ts";
import { gapsOf, readAuditLog } from "../../audit/log.ts";
import { replay } from "../../audit/replay.ts";
import { fold } from "../../core/ticket/fold.ts";
import { phaseOf, typeOf, type Ticket } from "../../core/ticket/ticket.ts";
import type { AheadSettings } from "../../proof/ahead/ahead.ts";
import type { JournalRecord } from "../../models/journal.ts";
import { artifactStore } from "../../store/blob-store.ts";
import { localGit } from "../../workspace/local-git.ts";
import type { DeskCast } from "../desk/cast.ts";
import { type Ending, silent } from "../desk/told.ts";
import { workAt } from "../desk/work.ts";
import { beginTicket, checkBranches, type Desk, openDesk } from "../desk.ts";
import type { Example } from "../example.ts";
import type { Progress } from "../progress.ts";
import { checkOut, type Place } from "./place.ts";

/** A task as a team works on it: the whole program, on the desk's own forge. */
export type TeamEnd = {
  readonly delivered: ReadonlyMap<string, Buffer> | null;
  readonly status: string;
  readonly type: string;
  readonly rounds: number;
  readonly why: string;
  readonly records: readonly JournalRecord[];
  /** The run's audit log, and what is missing in it; `unexplained`: entries that do not follow when it is replayed. */
  readonly audit: { readonly text: string; readonly gaps: readonly string[]; readonly unexplained: readonly number[] };
};

export type Team = {
  readonly place: Place;
  readonly cast: DeskCast;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly ahead?: AheadSettings | undefined;
};

const GATES = { "approve-plan": "plan", split: "split", "approve-merge": "merge" } as const;

export async function playTeam(example: Example, { place, cast, progress, signal, ahead }: Team): Promise<TeamEnd> {
  const folder = await checkOut(place, example);
  const desk = await openDesk({ folder, searchPath: place.searchPath });
  try {
    const settings = { base: "main", mergeInto: null, maxUsd: null, models: [], pins: {}, collab: null };
    const { title, body, labels } = example.ticket;
    const label = labels.find((one) => one.startsWith("coop")) ?? "coop";
    await checkBranches(desk);
    const number = await beginTicket(desk, { title, body, label, settings }, new Date());
    const says = [...example.bench.says];
    const told = { ...silent(progress), step: (step: string) => progress.running(`${example.name}: ${step}`) };
    const quiet = { ...told, end: ({ sentence }: Ending) => void sentence };
    await workAt({
      ...{ desk, number, cast, signal, searchPath: place.searchPath, later: [], page: "none" as const },
      told: quiet,
      tellAnew: () => quiet,
      yes: example.people.map((one) => GATES[one]),
      ask: () => Promise.resolve(says.shift() ?? null),
      room: { sandbox: place.sandbox, preparer: place.preparer },
      ...(ahead ? { ahead } : {}),
    });
    return await endOf(desk, number);
  } finally {
    progress.running(null);
    await desk.close();
  }
}

async function endOf(desk: Desk, number: number): Promise<TeamEnd> {
  const ticket = await ticketAt(desk, number);
  // Each part is a ticket of its own, and its branch is stacked on the one before it: the last one holds them all.
  const begun = ticket.epic?.parts.filter(({ state, issue }) => issue !== null && state !== "waiting") ?? [];
  const order = begun.sort((one, other) => ((one.endedAt ?? "") < (other.endedAt ?? "") ? -1 : 1));
  const children = await Promise.all(order.flatMap(({ issue }) => (issue === null ? [] : [ticketAt(desk, issue)])));
  const all = [ticket, ...children];
  const status = phaseOf(ticket);
  const audits = await Promise.all(all.map((one) => audited(desk, one.ref.number)));
  return {
    status,
    delivered: status === "merged" ? await filesAt(desk, all.at(-1) ?? ticket) : null,
    type: typeOf(ticket),
    rounds: all.reduce((sum, { change }) => sum + (change?.round ?? 0), 0),
    why: all.find(({ halt }) => halt)?.halt?.sentence ?? ticket.questions.asked.join(" "),
    records: (await Promise.all(all.map(({ key }) => desk.journal.ofTicket(key)))).flat(),
    audit: {
      text: audits.map((one) => one.text).join(""),
      gaps: audits.flatMap((one) => one.gaps),
      unexplained: audits.flatMap((one) => one.unexplained),
    },
  };
}

async function ticketAt(desk: Desk, number: number): Promise<Ticket> {
  const key = desk.key(number);
  const ticket = fold(await desk.ledgers.read(key));
  if (!ticket) throw new Error(`${key} did not begin`);
  return ticket;
}

async function filesAt({ repository }: Desk, { change }: Ticket): Promise<Map<string, Buffer>> {
  const git = localGit(repository.git);
  const { tree } = await git.snapshot(change?.headSha ?? "");
  const found = await git.contents([...tree.values()].map(({ sha }) => sha));
  const files = new Map<string, Buffer>();
  for (const [path, { sha }] of tree) files.set(path, found.get(sha) ?? Buffer.alloc(0));
  return files;
}

/** Written as `coop export` writes it; what is said of it is read from the text alone. */
async function audited(desk: Desk, number: number): Promise<TeamEnd["audit"]> {
  const key = desk.key(number);
  const entries = await desk.ledgers.read(key);
  const artifacts = artifactStore(desk.home.folder);
  const lines: AuditLine[] = entries.map((entry) => entryLine(entry, [desk.home.secret]));
  lines.push(...(await desk.journal.ofTicket(key)).map(callLine));
  for (const { sha256, what } of artifactsOf(entries)) {
    const kept = await artifacts.get(sha256);
    lines.push({
      type: "artifact",
      sha256,
      what,
      path: kept && `artifacts/${sha256}.txt`,
      bytes: kept?.length ?? null,
    });
  }
  const text = chained(lines)
    .map((line) => `${line}\n`)
    .join("");
  const log = readAuditLog(text);
  if (typeof log === "string") return { text, gaps: [log], unexplained: [0] };
  const odd = replay(log.entries).filter((one) => one.verdict !== "follows");
  return { text, gaps: gapsOf(log), unexplained: odd.map((one) => one.seq) };
}
