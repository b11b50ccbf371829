import { z } from "zod";
import { nameLike, type WebhookEvent } from "./webhook-input.ts";
import type { RepositoryPlace } from "../core/ledger/forge-ref.ts";

/** Where repositories are, as the events tell that are about nothing else: a new name, another owner, a new installation. */
const named = z.object({ id: z.number().int(), full_name: nameLike });
const told = z.object({
  installation: z.object({ id: z.number().int() }),
  repository: named.optional(),
  repositories: z.array(named).nullish(),
  repositories_added: z.array(named).nullish(),
});

const TELLING: Readonly<Record<string, readonly string[] | undefined>> = {
  repository: ["renamed", "transferred"],
  installation: ["created", "unsuspend"],
  installation_repositories: ["added"],
};

export function tellsOfPlaces(event: string): boolean {
  return Object.hasOwn(TELLING, event);
}

export function placesIn({ name: event, payload }: WebhookEvent): RepositoryPlace[] {
  const action = (payload as { action?: unknown } | null)?.action;
  if (!tellsOfPlaces(event) || !TELLING[event]?.includes(String(action))) return [];
  const parsed = told.safeParse(payload);
  if (!parsed.success) return [];
  const { installation, repository, repositories, repositories_added: added } = parsed.data;
  return [repository, ...(repositories ?? []), ...(added ?? [])].flatMap((one) => {
    const [owner, name, ...more] = one?.full_name.split("/") ?? [];
    if (!one || !owner || !name || more.length > 0) return [];
    return [{ owner, name, repositoryId: one.id, installationId: installation.id }];
  });
}
