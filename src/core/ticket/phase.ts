/**
 * Where a ticket stands, one record a phase. `phaseOf` (ticket.ts) tells which it is; the words for each stand in
 * `src/messages/phases.ts`.
 */
type PhaseRecord = {
  /** Whose turn it is: the program works, a person is asked, or nothing more comes. */
  readonly turn: "program" | "person" | "nobody";
  /** The one label of ours that the issue carries meanwhile. A stopped ticket keeps none: there is nothing more to say. */
  readonly label: string | null;
};

export const PHASES = {
  planning: { turn: "program", label: "coop:planning" },
  question: { turn: "person", label: "coop:question" },
  "plan-approval": { turn: "person", label: "coop:plan-approval" },
  "test-approval": { turn: "person", label: "coop:test-approval" },
  epic: { turn: "program", label: "coop:epic" },
  implementing: { turn: "program", label: "coop:implementing" },
  reviewing: { turn: "program", label: "coop:reviewing" },
  ready: { turn: "person", label: "coop:ready" },
  blocked: { turn: "person", label: "coop:blocked" },
  parked: { turn: "person", label: "coop:parked" },
  merged: { turn: "nobody", label: "coop:merged" },
  stopped: { turn: "nobody", label: null },
} as const satisfies Readonly<Record<string, PhaseRecord>>;

export type Phase = keyof typeof PHASES;

const RECORDS: readonly PhaseRecord[] = Object.values(PHASES);
const labels = (records: readonly PhaseRecord[]) => records.flatMap(({ label }) => (label === null ? [] : [label]));

/** Every label that a phase gives. */
export const PHASE_LABELS: readonly string[] = labels(RECORDS);
/** Those under which a ticket has not ended. */
export const LIVE_LABELS: readonly string[] = labels(RECORDS.filter(({ turn }) => turn !== "nobody"));
