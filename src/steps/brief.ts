// Held by test/scenarios/feature.test.ts
import { isOpen, type Ticket, typeOf } from "../core/ticket/ticket.ts";
import { seen } from "../hygiene/seen.ts";
import { decodeText } from "../trees/text.ts";
import { fileAt } from "../trees/links.ts";
import type { Snapshot, Tree } from "../trees/tree.ts";
import { type Briefing, emptyBriefing, type FileText } from "../roles/briefing.ts";
import { symbolsOf } from "./repository-map.ts";
import { policyOf, type StepContext } from "./step.ts";
import { ticketText } from "./ticket-text.ts";

/** House rules that every role reads when they are there, from the default branch only. */
const NOTE_PATHS = ["AGENTS.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];
/** One note's size; the longest of them must not drown the ticket. */
const NOTE_CHARACTERS_MAX = 12_000;
/** One file of the working set; the rest of it is read with a tool. */
const FILE_CHARACTERS_MAX = 40_000;
const FILES_MAX = 20;

/** The words of the ticket are gone: the issue was edited and no copy of what was approved is left. */
class TextLost extends Error {}

/** What every role gets: ticket, notes, plan, diagnosis, earlier handoffs, and the files the plan is about. */
export async function brief(context: StepContext, base: Snapshot, working: readonly string[]): Promise<Briefing> {
  const { ticket } = context;
  const text = await ticketText(context);
  if (!text) throw new TextLost();
  return {
    ...emptyBriefing(ticket.key, typeOf(ticket), text.title, text.body),
    round: ticket.change?.round ?? 0,
    answers: ticket.answers,
    notes: await texts(context, base, [...NOTE_PATHS, ...policyOf(context).notes], NOTE_CHARACTERS_MAX),
    paths: [...base.tree.keys()].sort(),
    symbols: await symbolsOf(base.tree, context.world.blobs),
    plan: ticket.plan?.plan ?? null,
    diagnosis: ticket.diagnosis,
    rework: reworkOf(ticket),
    handoffs: ticket.handoffs,
    files: await texts(context, base, working.slice(0, FILES_MAX), FILE_CHARACTERS_MAX),
  };
}

/** Texts of files that are there and are text. */
async function texts(
  context: StepContext,
  { tree }: Snapshot,
  paths: readonly string[],
  charactersMax: number,
): Promise<FileText[]> {
  const found: FileText[] = [];
  const shown = new Set<string>();
  for (const path of new Set(paths)) {
    const file = await fileAt(tree, context.world.blobs, path);
    // Two names of one file, such as `AGENTS.md` and a link to it, are read once.
    const content =
      file && !(isLinked(tree, path) && shown.has(file.sha)) ? await context.world.blobs.get(file.sha) : null;
    if (file) shown.add(file.sha);
    const text = content && decodeText(content);
    if (text) found.push({ path, text: text.slice(0, charactersMax) });
  }
  return found;
}

function isLinked(tree: Tree, path: string): boolean {
  return tree.get(path)?.mode === "120000";
}

/** What people asked for since the last round was written, or for the plan that is about to be made. */
function reworkOf(ticket: Ticket): Briefing["rework"] {
  const round = ticket.change?.round ?? null;
  return ticket.rework.instructions
    .filter((one) => one.round === round)
    .map((one) => {
      const inline = one.comments.map(
        (comment) => `\`${comment.path}:${comment.line ?? "?"}\`: ${seen(comment.text, "page")}`,
      );
      return { by: one.by, text: [seen(one.instructions, "page"), ...inline].join("\n\n") };
    });
}

export function openFindings(ticket: Ticket): Briefing["openFindings"] {
  return [...ticket.findings.values()].filter(isOpen).map((one) => one.finding);
}

/** The files that the plan and the diagnosis name, the plan's first. */
export function plannedPaths(ticket: Ticket): string[] {
  const planned = ticket.plan?.plan.chunks[0]?.files.map((file) => file.path) ?? [];
  return [...new Set([...planned, ...(ticket.diagnosis?.affectedFiles ?? [])])];
}
