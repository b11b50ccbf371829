import type { CheckName } from "../core/ticket/check-names.ts";
import type { Changes } from "../trees/tree.ts";

/** What is given to a forge to be written there. */
export type NewReview = {
  readonly headSha: string;
  readonly body: string;
  /** Whom the body notifies, as in `comment`. */
  readonly calls?: readonly string[];
  /** Lines must be inside the pull request's diff; GitHub refuses the whole review otherwise. */
  readonly comments: readonly {
    readonly path: string;
    /** The last line, where there are several. */
    readonly line: number;
    readonly startLine?: number;
    readonly body: string;
  }[];
  /** The body for where no comment can stand on a line: what those say stands in it too. Absent: the same body. */
  readonly alone?: string;
};

export type NewCommit = {
  readonly branch: string;
  readonly parentSha: string;
  /** Second parent when the commit also takes in what the base branch gained; null otherwise. */
  readonly mergedParentSha: string | null;
  /** Where the branch must stand; null when it must not exist yet. */
  readonly expectedHead: string | null;
  readonly baseTreeSha: string;
  readonly changes: Changes;
  readonly message: string;
};

export type NewPull = {
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
};

/** A label with how it looks where the repository does not have it yet; null: as the forge likes. */
export type NewLabel = {
  readonly name: string;
  /** `colour`: six hexadecimal digits. */
  readonly look: { readonly colour: string; readonly description: string } | null;
};

export type NewCheck = {
  readonly name: CheckName;
  readonly headSha: string;
  /** Null while it runs. `cancelled`: it ended without a verdict, and no rule of a branch lets that pass. */
  readonly conclusion: "success" | "failure" | "action_required" | "cancelled" | null;
  readonly title: string;
  readonly summary: string;
  readonly detailsUrl: string | null;
  readonly annotations: readonly {
    readonly path: string;
    readonly line: number;
    readonly level: "failure" | "warning" | "notice";
    readonly message: string;
  }[];
};

/** The issue of a part of an epic. */
export type NewIssue = {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly marker: string;
  /** None of ours with this marker is older. ISO 8601. */
  readonly sinceIso: string;
  readonly parent: number;
};
