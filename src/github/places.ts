import type { RepositoryPlace } from "../core/ledger/forge-ref.ts";
import type { RepositoryRef } from "../core/ledger/ids.ts";
import type { Rest } from "./client.ts";

/**
 * What this process knows of where repositories are, by id. A token for one repository comes with its name of today, so a
 * repository that was renamed or transferred unseen is found again within an hour, without asking for it.
 */
export class Places {
  readonly #refs = new Map<number, RepositoryRef>();
  readonly #onMoved: (place: RepositoryPlace) => void;

  constructor(onMoved: (place: RepositoryPlace) => void) {
    this.#onMoved = onMoved;
  }

  /** @returns null when nobody knows: the next token tells. */
  of(repositoryId: number): RepositoryRef | null {
    return this.#refs.get(repositoryId) ?? null;
  }

  /** Two repositories never have one name: whichever is learnt of later has it, and where the other one is has to be asked. */
  learn(repositoryId: number, { owner, name }: RepositoryRef): void {
    for (const [id, other] of this.#refs)
      if (id !== repositoryId && sameRef(other, { owner, name })) this.#refs.delete(id);
    if (name !== "") this.#refs.set(repositoryId, { owner, name });
  }

  /** Listens to the tokens that the App is given. */
  attach(app: Rest): void {
    app.hook.after("request", (response, options) => {
      if (options.url !== "/app/installations/{installation_id}/access_tokens") return;
      const installationId = Number(options["installation_id"]);
      for (const { id, name, owner } of (response.data as { repositories?: Named[] }).repositories ?? []) {
        const before = this.of(id);
        const now = { owner: owner.login, name };
        if (before && sameRef(before, now)) continue;
        this.learn(id, now);
        this.#onMoved({ ...now, repositoryId: id, installationId });
      }
    });
  }
}

type Named = { readonly id: number; readonly name: string; readonly owner: { readonly login: string } };

function sameRef(one: RepositoryRef, other: RepositoryRef): boolean {
  return `${one.owner}/${one.name}`.toLowerCase() === `${other.owner}/${other.name}`.toLowerCase();
}
