import type { Spend } from "../core/ledger/entries.ts";
import type { Doing } from "../core/ticket/doing.ts";
import type { Model, Question, Turn } from "../models/model.ts";
import type { Briefing } from "../roles/briefing.ts";
import type { AnswerFacts, RoleTask } from "../roles/task.ts";
import type { Overlay } from "./files.ts";
import type { LimitName, Limits } from "./limits.ts";
import type { Once } from "./once.ts";
import type { Workbench, Tool } from "./tool.ts";
import type { Transcript } from "./transcript.ts";

/** What one consultation of a model takes, keeps while it runs, and ends with. */
export type ConsultOptions<A> = {
  readonly task: RoleTask<A>;
  readonly briefing: Briefing;
  readonly model: Model;
  readonly limits: Limits;
  /** `null` only for tasks without tools. */
  readonly files: Overlay | null;
  readonly sandbox: Workbench["sandbox"];
  readonly journaled: Once;
  /** Asked before every call with what it may cost at worst; `spent` is what this consultation used so far. */
  readonly mayAsk: (worst: WorstCase, spent: Spend) => Permission | Promise<Permission>;
  /** For writing tasks: problems of the finished work ("the tests fail: …"), sent back once. */
  readonly gate?: (answer: A) => Promise<string[]>;
  readonly signal?: AbortSignal;
  /** Told how far it is: at each turn and each tool, and several times a second while an answer is written. */
  readonly watch?: ((doing: Doing) => void) | undefined;
};

export type WorstCase = { readonly inputTokens: number; readonly outputTokens: number };
/** `costMicroUsd`: of the worst case, null where no price is known. */
export type Permission =
  | { readonly outcome: "granted"; readonly costMicroUsd?: number | null }
  | { readonly outcome: "denied"; readonly sentence: string };

export type ConsultEnd<A> =
  /** `doubts` are what the model was told and did not mend; code has to deal with them. `left`: what a coding agent wrote and nobody could take, a sentence each. */
  | {
      readonly outcome: "answered";
      readonly answer: A;
      readonly doubts: string[];
      readonly facts: AnswerFacts;
      readonly left?: readonly string[];
    }
  | { readonly outcome: "unusable"; readonly sentence: string; readonly problems: string[] }
  | { readonly outcome: "refused"; readonly sentence: string }
  | { readonly outcome: "unavailable"; readonly sentence: string; readonly retryAfterMs: number | null }
  | { readonly outcome: "rejected"; readonly sentence: string; readonly status: number }
  | { readonly outcome: "limit"; readonly limit: LimitName; readonly sentence: string };

/** `spend` holds every reply, also refusals, cut-off answers and those that the journal gave again. */
export type Consultation<A> = ConsultEnd<A> & { readonly spend: Spend; readonly transcript: Transcript };

export type Run<A> = {
  readonly options: ConsultOptions<A>;
  readonly tools: readonly Tool[];
  readonly question: Omit<Question, "turns">;
  readonly state: State;
  /** When it began, by the steady clock of `journaled`. */
  readonly beganMs: number;
};

export type State = {
  turns: Turn[];
  asked: number;
  spend: Spend;
  toolBytes: number;
  toolCalls: Record<string, number>;
  toolFailures: number;
  /** Repairs of the answer in hand; begins anew after the gate sent it back. */
  repairs: number;
  repairsInAll: number;
  /** Whether doubts about an answer were told already; they are told once. */
  doubts: "untold" | "told";
  cutOffs: number;
  cutOffsInRow: number;
  /** Answers in a row with nothing in them. */
  emptiesInRow: number;
  /** How often a call failed with the very same name and arguments. */
  repeats: Map<string, number>;
  /** How often the provider found the question too large although the count allowed it. */
  overflows: number;
  /** Turns of a writing role in a row in which it called nothing. */
  idle: number;
  gate: "open" | "passed";
};
