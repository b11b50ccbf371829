import type { ForgeRef } from "../core/ledger/forge-ref.ts";
import type { RepositoryRef } from "../core/ledger/ids.ts";
import type { IssueFacts, Person } from "../core/rules/trigger.ts";
import type { Forge, ThreadComment } from "./forge.ts";

/**
 * The port to GitHub as the App itself: what is needed before one repository is at work, and by the sweep that finds
 * what webhooks missed. Away for now throws `ForgeAway`, as everywhere.
 */
export type ForgeApp = {
  /** A port whose token reaches this repository only, with the permissions that the program needs. */
  forRepository(repository: RepositoryAccess): Forge;
  /**
   * The gate for outgoing Markdown. The adapter passes everything through it; whoever signs a text (ledger markers)
   * passes it first, because a guarded text goes through unchanged.
   */
  guard(markdown: string): string;
  /** Takes secrets out of a text: this server's own in every known spelling, then whatever looks like one. */
  redact(text: string): string;
  /** The App as GitHub knows it; asked once. */
  identity(): Promise<AppIdentity>;

  installations(): Promise<Installation[]>;
  repositories(installationId: number): Promise<ListedRepository[]>;
  /** Open issues and pull requests that carry any of these labels; one request where the repository knows none of them. */
  openIssuesWithLabels(repository: RepositoryAccess, labels: readonly string[]): Promise<IssueFacts[]>;
  /** All issue and pull request comments changed since then, oldest first. */
  recentComments(repository: RepositoryAccess, sinceIso: string): Promise<RecentComment[]>;

  /**
   * Who put 👎 below inline comments of ours that were written since then, the newest comments first. Its mark stands for the
   * comments and their signs; there is none while a sign is left of which something may follow.
   * @param isAskedAbout whether anything follows from it; only these comments count towards `most`
   */
  objections(
    repository: RepositoryAccess,
    since: Since,
    most: number,
    isAskedAbout: (comment: Pick<Objection, "pullNumber" | "headline">) => Promise<boolean>,
  ): Promise<Reading<Objection>>;

  /** Issues and pull requests changed since then, the longest unchanged first; their `updatedAt` as GitHub writes it. */
  changedSince(repository: RepositoryAccess, since: Since): Promise<Reading<ChangedThing>>;

  /** Deliveries that GitHub could not hand over and that no redelivery has healed. GitHub keeps them for 3 days. */
  failedDeliveries(sinceIso: string): Promise<FailedDelivery[]>;
  redeliver(deliveryId: number): Promise<void>;

  /** What GitHub recorded of its deliveries to this App, newest first; `cursor` is a page's `next`. */
  deliveryPage(cursor: string | null): Promise<DeliveryPage>;
  /** What a delivery told; null when GitHub has it no more. */
  deliveryPayload(delivery: Pick<RecordedDelivery, "id">): Promise<unknown>;

  /** Since the start of the process, tokens and GraphQL included. */
  readonly counters: { readonly restRequests: number; readonly contentCreating: number };
};

/** A repository and how it is reached. */
export type RepositoryAccess = RepositoryRef & { readonly forge: ForgeRef };

/** `hasOpen`: any issue or pull request. */
export type ListedRepository = RepositoryAccess & { readonly hasOpen: boolean };

/** `slug[bot]` is the login under which the App writes. */
export type AppIdentity = { readonly slug: string; readonly appId: number };

export type Installation = { readonly id: number; readonly account: string; readonly state: "active" | "suspended" };

/** From when on, and what was seen of the same question before: while nothing differs, the answer costs nothing of GitHub's limit. */
export type Since = { readonly iso: string; readonly seen: string | null };

/** What was found, with the mark that the next question names. */
export type Reading<T> = { readonly found: readonly T[]; readonly mark: string | null } | "unchanged";

export type RecentComment = ThreadComment & { readonly issueNumber: number };

export type Objection = {
  readonly commentId: number;
  readonly pullNumber: number;
  /** The comment's first line. */
  readonly headline: string;
  readonly by: Person;
};

export type ChangedThing = { readonly number: number; readonly is: "issue" | "pull"; readonly updatedAt: string };

export type RecordedDelivery = {
  readonly id: number;
  /** The `X-GitHub-Delivery`, which a redelivery repeats under another id. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly deliveredAt: string;
  /** What stood at the webhook's address then; it need not be this server. */
  readonly answered: "well" | "not";
};

export type DeliveryPage = { readonly deliveries: readonly RecordedDelivery[]; readonly next: string | null };

export type FailedDelivery = {
  readonly id: number;
  /** The `X-GitHub-Delivery` that a redelivery repeats. */
  readonly guid: string;
  readonly event: string;
  readonly deliveredAt: string;
};
