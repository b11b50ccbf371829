import type { Phase } from "../core/ticket/phase.ts";

/** What each phase is called in the status comment, in lists and in answers. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  planning: "Planning",
  question: "Waiting for an answer",
  "plan-approval": "Waiting for approval of the plan",
  epic: "Building part by part",
  implementing: "Implementing",
  reviewing: "Reviewing",
  ready: "Ready to merge",
  blocked: "Blocked",
  parked: "Parked",
  merged: "Merged",
  stopped: "Stopped",
};
