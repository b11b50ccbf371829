import { createHmac, timingSafeEqual } from "node:crypto";
import { START_LABELS } from "../core/rules/facts.ts";
import type { Nudge } from "../core/rules/trigger.ts";
import { LIVE_LABELS } from "../core/ticket/phase.ts";
import type { Rest } from "./client.ts";
import { pages } from "./pages.ts";
import { LISTING } from "./permissions.ts";

/**
 * Why a worker may have a token of a repository: a webhook that GitHub signed told of something there that a worker has to look
 * at, or one of its open issues carries a label of ours. The database of the workers is not asked: whoever has taken over a
 * worker can write there, but neither sign a webhook nor put a label into a repository that he has no token of.
 */
export type Grounds = {
  /** What a signed webhook told. Kept for whoever asks next, and for the process that starts next. */
  hear(nudges: readonly Nudge[]): Promise<void>;
  has(installationId: number, repositoryId: number): Promise<boolean>;
};

/** What another process, or this one before it was started anew, was told; signed, because workers can write there. */
export type Marks = {
  get(name: string, kind: string): Promise<{ readonly remoteId: number | null; readonly bodySha256: string } | null>;
  put(name: string, kind: string, mark: { remoteId: number | null; bodySha256: string }): Promise<void>;
};

export type GroundsParts = {
  readonly app: Rest;
  /** A client that asks with this token and nothing else. */
  readonly withToken: (token: string) => Rest;
  readonly marks: Marks;
  /** No worker has it. */
  readonly webhookSecret: string;
  readonly now: () => Date;
};

/** A guarded pull request may wait so long behind the proofs of others; an open ticket has its label. */
const HOLDS_MS = 24 * 60 * 60_000;
/** Written no more often, however much is told. */
const NOTED_AGAIN_MS = 60 * 60_000;
/** So long GitHub's answer about labels holds: as long as a token does. */
const LOOKED_AGAIN_MS = 60 * 60_000;
/** Whoever asks in vain again and again must not use up the requests of the installation. */
const REFUSED_MS = 60_000;
/** More repositories than one installation has; a forgotten one costs a question. */
const REMEMBERED_MAX = 20_000;
const KIND = "told-of";

export function grounds(parts: GroundsParts): Grounds {
  const { marks, webhookSecret, now } = parts;
  const key = createHmac("sha256", webhookSecret).update("cooperations grounds v1").digest();
  const sign = (id: number, at: number) => createHmac("sha256", key).update(`${id} ${at}`).digest("hex");
  const told = remembering();
  const labelled = remembering();
  const unlabelled = remembering();
  const noted = async (id: number): Promise<number | null> => {
    const mark = await marks.get(nameOf(id), KIND);
    if (!mark || mark.remoteId === null) return null;
    return isSame(mark.bodySha256, sign(id, mark.remoteId)) ? mark.remoteId : null;
  };
  return {
    hear: async (nudges) => {
      const at = now().getTime();
      for (const id of new Set(nudges.filter(isGround).flatMap(repositoryOf))) {
        const before = told.at(id);
        if (before !== null && at - before < NOTED_AGAIN_MS) continue;
        const second = Math.floor(at / 1000);
        await marks.put(nameOf(id), KIND, { remoteId: second, bodySha256: sign(id, second) });
        told.note(id, at);
      }
    },
    has: async (installationId, id) => {
      const at = now().getTime();
      const isNew = (when: number | null, ms: number) => when !== null && at - when < ms;
      if (isNew(told.at(id), HOLDS_MS) || isNew(labelled.at(id), LOOKED_AGAIN_MS)) return true;
      const second = await noted(id);
      if (second !== null) told.note(id, second * 1000);
      if (isNew(told.at(id), HOLDS_MS)) return true;
      if (isNew(unlabelled.at(id), REFUSED_MS)) return false;
      const carries = await carriesLabel(parts, installationId, id);
      (carries ? labelled : unlabelled).note(id, at);
      return carries;
    },
  };
}

/** Checks and pushes tell only of tickets that are there, and those carry a label. Nothing happens in most repositories but these. */
function isGround({ ticketHint, trigger }: Nudge): boolean {
  return !("branch" in ticketHint) && !(trigger.kind === "changed" && trigger.look === "checks");
}

function repositoryOf({ trigger: { forge } }: Nudge): number[] {
  return forge.kind === "github" ? [forge.repositoryId] : [];
}

/** In the place of a ticket's name, which has an owner before its slash. */
function nameOf(repositoryId: number): string {
  return `repository ${repositoryId}`;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** As its issues stand, read with a token that can do nothing else. @returns false also where GitHub gives none: then there is none to give */
async function carriesLabel({ app, withToken }: GroundsParts, installationId: number, id: number): Promise<boolean> {
  const asked = { installation_id: installationId, repository_ids: [id], permissions: LISTING };
  const given = await app.rest.apps.createInstallationAccessToken(asked).catch(gone);
  const place = given?.data.repositories?.find((one) => one.id === id);
  if (!given || !place) return false;
  const { rest } = withToken(given.data.token);
  const at = { owner: place.owner.login, repo: place.name };
  // Most repositories have never had a ticket, and so none of these labels.
  const labels = await pages("listing the labels", LABEL_PAGES_MAX, (page) =>
    rest.issues.listLabelsForRepo({ ...at, ...page }),
  );
  for (const { name } of labels.filter((one) => OURS.has(one.name.toLowerCase()))) {
    const { data } = await rest.issues.listForRepo({ ...at, labels: name, state: "open", per_page: 1 });
    if (data.length > 0) return true;
  }
  return false;
}

const OURS: ReadonlySet<string> = new Set([...LIVE_LABELS, ...START_LABELS]);
const LABEL_PAGES_MAX = 10;

/** The installation does not cover it. Any other error says nothing about labels. */
function gone(error: unknown): null {
  const { status } = error as { status?: unknown };
  if (status === 404 || status === 422) return null;
  throw error;
}

function remembering() {
  const times = new Map<number, number>();
  return {
    at: (id: number) => times.get(id) ?? null,
    note: (id: number, at: number) => {
      times.delete(id);
      times.set(id, at);
      for (const oldest of times.keys()) if (times.size > REMEMBERED_MAX) times.delete(oldest);
    },
  };
}
