import { START_LABELS } from "../core/rules/facts.ts";
import { PHASES, type Phase } from "../core/ticket/phase.ts";

type Look = { readonly colour: string; readonly description: string };

/**
 * How our labels look in a repository that does not have them yet. GitHub takes 100 characters of
 * description. What has ended is as grey as GitHub makes it, which saves a request.
 */
const LOOKS: Readonly<Partial<Record<Phase, Look>>> = {
  planning: { colour: "c5def5", description: "Cooperations is planning" },
  question: { colour: "fbca04", description: "Cooperations asks; somebody answers" },
  "plan-approval": { colour: "fbca04", description: "Somebody looks at the plan and says /coop approve" },
  "test-approval": { colour: "fbca04", description: "Somebody says whether these old tests may change" },
  epic: { colour: "c5def5", description: "Its parts are tickets of their own" },
  implementing: { colour: "c5def5", description: "Cooperations writes the change" },
  reviewing: { colour: "c5def5", description: "Cooperations reviews and proves the change" },
  ready: { colour: "0e8a16", description: "Reviewed and proven; somebody says /coop approve" },
  blocked: { colour: "d93f0b", description: "Cooperations cannot go on without somebody" },
  parked: { colour: "bfbfbf", description: "Set aside until somebody says /coop resume" },
};

/** The label of a phase; null for one that leaves none. */
export function labelOf(phase: Phase): { readonly name: string; readonly look: Look | null } | null {
  const name = PHASES[phase].label;
  return name === null ? null : { name, look: LOOKS[phase] ?? null };
}

/** What people put on an issue to begin; `coop:bug` and the like say the type as well. */
function startLabel(name: string): { readonly name: string; readonly look: Look } {
  const type = name.split(":")[1];
  return { name, look: { colour: "1d76db", description: `Give this to Cooperations${type ? ` as ${type}` : ""}` } };
}

/** All labels that a repository needs: those that begin a ticket, then those of its phases. */
export function allLabels(): readonly { readonly name: string; readonly look: Look | null }[] {
  const phases = (Object.keys(PHASES) as Phase[]).flatMap((phase) => labelOf(phase) ?? []);
  return [...START_LABELS.map(startLabel), ...phases];
}
