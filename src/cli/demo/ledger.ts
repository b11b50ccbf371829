import type { Entry } from "../../core/ledger/chain.ts";
import { roleOf } from "../../core/ticket/kinds.ts";
import type { ProofItem, ProofState } from "../../core/ticket/proof-items.ts";
import { count, ROLE_TITLES } from "../../messages/format.ts";
import { headline } from "../../messages/headline.ts";
import { PROOF_NAMES } from "../../messages/proof.ts";
import { beside, type Paint, type Progress, wrapped } from "../progress.ts";
import { plain } from "../terminal.ts";

/** A ledger and a proof as a person reads them in a terminal. */

/** Who is behind an entry: the role that spoke, the person, or the program itself. */
export function whoOf(entry: Entry): string {
  const role = roleOf(entry);
  return role ? ROLE_TITLES[role] : "coop";
}

/** Wide enough for "12  10:20:30  Implementer  ". */
const INDENT = 27;

export function sayLedger(entries: readonly Entry[], progress: Progress): void {
  const { paint, columns } = progress;
  for (const entry of entries) {
    const time = entry.at.slice(11, 19);
    const head = `${String(entry.seq).padStart(2)}  ${paint("dim", time)}  ${paint("cyan", whoOf(entry).padEnd(11))}  `;
    progress.say(`${head}${paint("bold", plain(headline(entry, "github")))}`);
    for (const detail of detailsOf(entry))
      for (const line of wrapped(plain(detail), columns - INDENT)) progress.say(" ".repeat(INDENT) + line);
  }
}

/** What a reader of the thread would remember of the entry. */
function detailsOf(entry: Entry): string[] {
  switch (entry.kind) {
    case "diagnosed":
      return [entry.data.diagnosis.rootCause];
    case "planned":
      return [
        entry.data.plan.goal,
        `${count(entry.data.plan.definitionOfDone.length, "item")} in the Definition of Done`,
      ];
    case "implemented":
      return [entry.data.trail.summary, `Changed: ${entry.data.files.map((file) => file.path).join(", ")}`];
    case "reviewed":
      return [entry.data.summary, ...entry.data.findings.map(remark), ...entry.data.followUps.map(followUp)];
    case "halted":
      return [entry.data.sentence, ...entry.data.details, ...entry.data.next];
    case "step_failed":
      return [entry.data.sentence];
    case "question_asked":
      return [...entry.data.questions];
    default:
      return [];
  }
}

type Reviewed = Extract<Entry, { kind: "reviewed" }>["data"];

function remark({ severity, id, title, path, line }: Reviewed["findings"][number]): string {
  const where = path ? ` (${path}${line === null ? "" : `:${line}`})` : "";
  return `${severity} ${id}: ${title}${where}`;
}

function followUp({ findingId, status }: Reviewed["followUps"][number]): string {
  return `${findingId} is ${status}`;
}

const SIGNS: Readonly<Record<ProofState, readonly [string, Parameters<Paint>[0]]>> = {
  proven: ["✓ proven ", "green"],
  refuted: ["✗ refuted", "red"],
  unknown: ["? unknown", "yellow"],
  "not-applicable": ["– n/a    ", "dim"],
};
const NAME_WIDTH = Math.max(...Object.values(PROOF_NAMES).map((name) => name.length)) + 3;
const SIGN_WIDTH = 11;

export function sayProof(items: readonly ProofItem[], progress: Progress): void {
  const { paint, columns } = progress;
  for (const { id, state, required, evidence } of items) {
    const [sign, colour] = SIGNS[state];
    const name = `${PROOF_NAMES[id]}${required ? " *" : ""}`.padEnd(NAME_WIDTH);
    for (const line of beside(`${name}${paint(colour, sign)}  `, NAME_WIDTH + SIGN_WIDTH, evidence, columns))
      progress.say(line);
  }
  progress.say(paint("dim", "* has to be proven before a merge. Unknown is not proven."));
}
