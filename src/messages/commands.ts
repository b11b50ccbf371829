import type { Verb } from "../core/rules/command.ts";

/** What each command does, in one place: `/coop help`, README.md and docs/API.md show these words. */
export const COMMAND_MEANINGS: Readonly<Record<Verb, string>> = {
  approve:
    "Approve what the bot asks about: the plan, old tests that the Implementer asks for, the protected files, or the merge of the proven commit.",
  split: "Accept a plan of several parts and open one child issue a part, each a ticket of its own.",
  skip: "Leave out a part of a split plan, by its number, before its turn comes.",
  rework: "Ask for another round with these instructions. Before there is a pull request, ask for another plan.",
  answer: "Answer the open question. A plain reply counts too.",
  accept: "Let unproven items of the proof pass, for this commit only. They stay named as accepted.",
  dismiss: "Set one finding aside for good. It does not come back in other words.",
  park: "Pause the ticket. Nothing is lost.",
  resume: "Continue a parked or blocked ticket.",
  retry: "Run the failed step again.",
  stop: "End the ticket for good.",
  status: "Show where the ticket stands and what is missing.",
  explain: "Show why the bot did what it did last.",
  assign: "Give a role to another model.",
  budget: "Raise this ticket's budget.",
  review: "Have both reviewers look at a pull request that a person wrote.",
  proof: "Prove a pull request that is no ticket, on its latest commit. No model is asked and nothing is spent.",
  help: "Show this table.",
};

/** The same at a desk; what works there on pull requests only is a command of the shell instead. */
export const MEANINGS_AT_DESK: Readonly<Record<Verb, string | null>> = {
  ...COMMAND_MEANINGS,
  approve:
    "Say yes to what is asked: the plan, old tests that the Implementer asks for, the protected files, or the proven commit.",
  split: "Accept a plan of several parts, each a ticket of its own.",
  rework: "Ask for another round with these instructions. Before anything is written, ask for another plan.",
  answer: "Answer the open question.",
  explain: "Show what led here, and why.",
  review: null,
  proof: null,
};
