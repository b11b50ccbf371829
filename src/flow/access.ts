// Held by test/scenarios/moved-repository.system.ts
import type { ForgeRef } from "../core/ledger/forge-ref.ts";
import type { RepositoryRef } from "../core/ledger/ids.ts";
import type { RepositoryAccess } from "../forge/forge-app.ts";
import type { RepositoryStore } from "../store/repository-store.ts";

/**
 * How a ticket's repository is reached today. A ticket keeps the name under which it was opened, and its ledger the installation
 * of then; the repository may have been renamed, transferred, or covered by a new installation since.
 */
export async function accessNow(
  repositories: Pick<RepositoryStore, "placeOf">,
  { owner, name }: RepositoryRef,
  forge: ForgeRef,
): Promise<RepositoryAccess> {
  const place = forge.kind === "github" ? await repositories.placeOf(forge.repositoryId) : null;
  if (!place || forge.kind !== "github") return { owner, name, forge };
  return { owner: place.owner, name: place.name, forge: { ...forge, installationId: place.installationId } };
}
