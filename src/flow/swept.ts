// Held by test/scenarios/webhooks.test.ts
import type { Person, Trigger } from "../core/rules/trigger.ts";
import type { RepositoryAccess } from "../forge/forge-app.ts";
import type { InboxItem } from "../store/inbox-store.ts";

/** What the sweep puts into an inbox: as intake would have done it, but nobody can tell how the issue stood then. */
type Words = { readonly source: string; readonly by: Person; readonly commentId: number; readonly body: string };

export function swept(repository: RepositoryAccess, source: string) {
  return { source, forge: repository.forge, defaultBranch: "" };
}

export function sweptWords(repository: RepositoryAccess, said: Words, onPull: boolean): Trigger {
  const { source, by, commentId, body } = said;
  const issue = {
    number: 0,
    state: "open" as const,
    title: "",
    body: "",
    author: by,
    labels: [],
    isPullRequest: onPull,
  };
  return { kind: "commented", ...swept(repository, source), by, commentId, body, issue };
}

export function inboxItem(ticket: string, payload: Trigger, receivedAt: Date): InboxItem {
  return { ticket, source: payload.source, kind: payload.kind, payload, receivedAt };
}
