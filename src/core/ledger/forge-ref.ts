import { z } from "zod";
import type { RepositoryRef } from "./ids.ts";

/** Where a ticket's repository lives, as the forge names it: what is needed to reach it again. */
export const forgeRefSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("github"), installationId: z.number().int(), repositoryId: z.number().int() }),
  /** A repository on the machine at hand; the process that works on it knows where. */
  z.object({ kind: z.literal("desk") }),
]);
export type ForgeRef = z.infer<typeof forgeRefSchema>;

/** Where a repository of a forge with ids is at the moment: owner, name and installation change, the id stays. */
export type RepositoryPlace = RepositoryRef & { readonly repositoryId: number; readonly installationId: number };

/** Ledgers and stored triggers of before there were several forges name GitHub's two numbers and no forge. */
type Before = { readonly installationId?: unknown; readonly repositoryId?: unknown };

/** @returns null where neither form is complete */
export function forgeRefOf(named: Before & { readonly forge?: unknown }): ForgeRef | null {
  const { forge, installationId, repositoryId } = named;
  const read = forgeRefSchema.safeParse(forge ?? { kind: "github", installationId, repositoryId });
  return read.success ? read.data : null;
}
