import type { HaltReason } from "../ledger/entries.ts";
import type { RuleDraft } from "./draft.ts";
import type { Decision, Look, Reason, WaitFor } from "./facts.ts";
import { type HaltDetails, halted } from "./halt.ts";
import type { HaltCode, Why } from "./why.ts";

/** What the rules can decide, in words that read like it. */
export function record(because: Reason, entries: readonly RuleDraft[]): Decision {
  return { do: "record", why: because, entries };
}

export function wait(reason: WaitFor, because: Reason): Decision {
  return { do: "wait", for: reason, why: because };
}

export function look(at: readonly Look[], because: Reason): Decision {
  return { do: "look", at, why: because };
}

export function halt(reason: HaltReason, because: Why<HaltCode>, more: HaltDetails = {}): Decision {
  return record(because, [halted(reason, "policy", because, more)]);
}
