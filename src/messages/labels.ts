import { PHASES, type Phase } from "../core/ticket/phase.ts";

type Look = { readonly colour: string; readonly description: string };

/**
 * How our labels look in a repository that does not have them yet.  GitHub takes 100 characters of
 * description. What has ended is as grey as GitHub makes it, which saves a request.
 */
const LOOKS: Readonly<Partial<Record<Phase, Look>>> = {
  planning: { colour: "c5def5", description: "Cooperations is planning" },
  question: { colour: "fbca04", description: "Cooperations asks; somebody answers" },
  "plan-approval": { colour: "fbca04", description: "Somebody looks at the plan and says /coop approve" },
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
