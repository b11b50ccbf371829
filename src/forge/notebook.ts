import type { FileMode } from "../trees/tree.ts";
import type { NewCheck, NewPull } from "./written.ts";

/** What would have been written to a forge, in the order in which it would. */
export type Act =
  | { readonly do: "comment" | "review"; readonly number: number; readonly body: string; readonly at: string }
  | { readonly do: "label" | "unlabel"; readonly number: number; readonly label: string }
  | ({ readonly do: "pull"; readonly number: number } & Omit<NewPull, "draft">)
  | { readonly do: "ready" | "close"; readonly number: number }
  | ({ readonly do: "check" } & Pick<NewCheck, "name" | "headSha" | "conclusion" | "title">)
  | NotedCommit;

export type NotedCommit = {
  readonly do: "commit";
  readonly branch: string;
  readonly sha: string;
  readonly treeSha: string;
  readonly parents: readonly string[];
  readonly baseTreeSha: string;
  readonly message: string;
  /** What it changes, as a unified diff, cut where it is too long to be looked at. */
  readonly diff: string;
  readonly files: readonly { readonly path: string; readonly mode: FileMode; readonly sha: string | null; readonly sizeBytes: number }[]; // prettier-ignore
};

export type NotedAct = Act & { readonly id: number };

/** Where such acts are noted, for one ticket. Noting the same act twice is one note. */
export type Notebook = {
  acts(): Promise<readonly NotedAct[]>;
  /** @returns the id by which it is known from now on, small and growing */
  note(act: Act): Promise<number>;
  /** Another body for a comment. */
  edit(id: number, body: string): Promise<"edited" | "gone">;
};
