import type { EntryData } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { RuleDraft } from "./draft.ts";
import type { Utterance } from "./each-command.ts";
import { type RefusalCode, type Why, why } from "./why.ts";

/** What somebody said or did, with the facts that an answer depends on, and what the answer can be. */
export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none" | "unknown";

export type Heard = Utterance & {
  readonly permission: Permission;
  /** sha256 over title and body of the issue in the trigger, or null where there is none. */
  readonly textHash: string | null;
  /** What cleaning took out of the text, in words. */
  readonly removed: readonly string[];
  /** The ticket as it stood when the trigger came in; without it, as it stands now. */
  readonly seen?: Ticket | null;
  /** The pull request that `/coop review` was said on. */
  readonly pull: EntryData<"opened">["pull"];
};

export type Response =
  | { readonly do: "ignore"; readonly why: IgnoreCode | RefusalCode }
  | { readonly do: "record"; readonly entries: readonly RuleDraft[] }
  /** Composed from the ticket by the shell: status, explain and help. */
  | {
      readonly do: "inform";
      readonly about: "status" | "explain" | "help";
      readonly by: string;
      readonly source: string;
    }
  | {
      readonly do: "refuse";
      readonly by: string;
      readonly source: string;
      readonly verb: string;
      readonly args: string;
      readonly why: Why<RefusalCode>;
    }
  | { readonly do: "look"; readonly at: "issue" | "pull" | "checks" | "thread" }
  /** A pull request without a ticket is to be proven, at a person's word. */
  | { readonly do: "guard"; readonly pullNumber: number };

/** Why something that was heard is not answered. Only the server's log says it. */
export type IgnoreCode =
  | "answered-before"
  | "not-a-person"
  | "not-our-label"
  | "opener-may-not-start"
  | "ticket-already"
  | "stranger-answered-often"
  | "no-command"
  | "answer-does-not-count"
  | "empty-reply"
  | "not-a-tickets-pull"
  | "review-without-permission"
  | "review-says-nothing"
  | "review-of-another-commit"
  | "review-without-verdict"
  | "for-the-guard"
  | "nothing-to-prove-again"
  | "reopened-before";

export function mayWrite(permission: Permission): boolean {
  return permission === "admin" || permission === "maintain" || permission === "write";
}

export function notPermitted(permission: Permission): Why<RefusalCode> {
  return permission === "unknown" ? why("permission-unknown") : why("permission-missing");
}

export function ignore(code: IgnoreCode | RefusalCode): Response {
  return { do: "ignore", why: code };
}

export function record(entries: readonly RuleDraft[]): Response {
  return { do: "record", entries };
}
