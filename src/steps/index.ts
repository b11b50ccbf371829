import type { StepName } from "../core/ledger/entries.ts";
import { askQuestion } from "./ask-question.ts";
import { diagnose } from "./diagnose.ts";
import { implement } from "./implement.ts";
import { merge } from "./merge.ts";
import { openPullRequest } from "./open-pull-request.ts";
import { plan } from "./plan.ts";
import { prove } from "./prove.ts";
import { attack, review } from "./review.ts";
import { routeTicket } from "./route.ts";
import { finish, split } from "./split.ts";
import { settle } from "./settle.ts";
import type { Step } from "./step.ts";

/** Every step of the flow, by the name that `decide` uses. */
export const STEPS: Readonly<Record<StepName, Step>> = {
  route: routeTicket,
  ask: askQuestion,
  diagnose,
  plan,
  implement,
  "open-pull-request": openPullRequest,
  review,
  attack,
  settle,
  prove,
  merge,
  split,
  finish,
};
