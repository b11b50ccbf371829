import type { Octokit } from "@octokit/rest";
import type { MissingRights } from "../forge/forge.ts";
import type { AppIdentity } from "../forge/forge-app.ts";

/** GitHub's REST client as far as the subject files use it; who builds it adds retries and throttling. */
export type Rest = Octokit;

/** What the subject files work with: one repository, its token, and the gate for outgoing text. */
export type Client = {
  readonly rest: Rest;
  readonly at: { readonly owner: string; readonly repo: string };
  /** Before a read is repeated. */
  readonly readRetryMs: number;
  /** What the App was not granted here, as far as it came to light. */
  readonly missing: () => MissingRights | null;
  readonly identity: () => Promise<AppIdentity>;
  /** @param calls whom the text may notify */
  readonly body: (markdown: string, calls?: readonly string[]) => string;
  readonly line: (text: string) => string;
  readonly secrets: () => readonly string[];
};
