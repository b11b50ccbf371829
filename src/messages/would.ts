import { shortSha } from "../core/ledger/ids.ts";
import { visiblePart } from "./marker.ts";

/** What a dry run notes in place of writing it, as far as a sentence about it needs to know. */
export type Would =
  | { readonly do: "comment" | "review"; readonly number: number; readonly body: string }
  | { readonly do: "label" | "unlabel"; readonly number: number; readonly label: string }
  | {
      readonly do: "pull";
      readonly number: number;
      readonly title: string;
      readonly body: string;
      readonly head: string;
      readonly base: string;
    }
  | { readonly do: "ready" | "close"; readonly number: number }
  | { readonly do: "check"; readonly name: string; readonly headSha: string; readonly conclusion: string | null; readonly title: string } // prettier-ignore
  | { readonly do: "commit"; readonly branch: string; readonly message: string; readonly diff: string };

/** One line, and what stands below it when somebody wants to read on. */
type Said = { readonly what: string; readonly text: string | null };

export function wouldSay(act: Would): Said {
  switch (act.do) {
    case "comment":
      return { what: `Would comment on #${act.number}`, text: visiblePart(act.body) };
    case "review":
      return { what: "Would review the pull request", text: visiblePart(act.body) };
    case "label":
      return { what: `Would add the label ${act.label}`, text: null };
    case "unlabel":
      return { what: `Would remove the label ${act.label}`, text: null };
    case "pull":
      return {
        what: `Would open a draft pull request from ${act.head} into ${act.base}: ${act.title}`,
        text: act.body,
      };
    case "ready":
      return { what: "Would mark the pull request as ready for review", text: null };
    case "close":
      return { what: `Would close #${act.number}`, text: null };
    case "check": {
      const ended = act.conclusion ?? "in progress";
      return { what: `Would set the check ${act.name} on ${shortSha(act.headSha)} to ${ended}`, text: act.title };
    }
    case "commit":
      return { what: `Would push a commit to ${act.branch}: ${act.message.split("\n", 1)[0] ?? ""}`, text: act.diff };
  }
}
