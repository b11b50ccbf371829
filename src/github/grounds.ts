import { createHmac, timingSafeEqual } from "node:crypto";
import { START_LABELS } from "../core/rules/facts.ts";
import { movesBase } from "../core/rules/guard.ts";
import type { Nudge } from "../core/rules/trigger.ts";
import { LIVE_LABELS } from "../core/ticket/phase.ts";
import type { Rest } from "./client.ts";
import { pages } from "./pages.ts";
import { LISTING } from "./permissions.ts";
import { isAboutRights, isEnded } from "./tokens.ts";

/**
 * Why a worker may have a token of a repository: a webhook that GitHub signed told of something there that a worker has to look
 * at, or one of its open issues carries a label of ours. The database of the workers is not asked: whoever has taken over a
 * worker can write there, but neither sign a webhook nor put a label into a repository that he has no token of.
 */
export type Grounds = {
  /** What a signed webhook told. Kept for whoever asks next, and for the process that starts next. */
  hear(nudges: readonly Nudge[]): Promise<void>;
  /** @param mayLook called where only GitHub could tell; where it says no, nobody is asked, and the answer is no */
  has(installationId: number, repositoryId: number, mayLook?: () => boolean): Promise<boolean>;
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
/** A guarded pull request carries no label, and is proven anew when its base moves; so long nothing may have been told, pushes included. */
const RENEWED_MS = 30 * HOLDS_MS;
/** Written and looked for no more often, however much is told. */
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
  const unmarked = remembering();
  const noted = async (id: number): Promise<number | null> => {
    const mark = await marks.get(nameOf(id), KIND);
    if (!mark || mark.remoteId === null) return null;
    return isSame(mark.bodySha256, sign(id, mark.remoteId)) ? mark.remoteId : null;
  };
  /** Whether something was told of it in the last weeks, pushes that renewed it included; a push alone begins nothing. */
  const isKnown = async (id: number, at: number): Promise<boolean> => {
    if (isNew(unmarked.at(id), at, NOTED_AGAIN_MS)) return false;
    const second = await noted(id);
    const known = second !== null && at - second * 1000 < RENEWED_MS;
    if (!known) unmarked.note(id, at);
    return known;
  };
  return {
    hear: async (nudges) => {
      const at = now().getTime();
      const begun = new Set(nudges.filter(isGround).flatMap(repositoryOf));
      const moved = new Set(nudges.filter(({ trigger }) => movesBase(trigger)).flatMap(repositoryOf));
      for (const id of new Set([...begun, ...moved])) {
        if (isNew(told.at(id), at, NOTED_AGAIN_MS)) continue;
        if (!begun.has(id) && !(await isKnown(id, at))) continue;
        const second = Math.floor(at / 1000);
        await marks.put(nameOf(id), KIND, { remoteId: second, bodySha256: sign(id, second) });
        told.note(id, at);
      }
    },
    has: async (installationId, id, mayLook = () => true) => {
      const at = now().getTime();
      if (isNew(told.at(id), at, HOLDS_MS) || isNew(labelled.at(id), at, LOOKED_AGAIN_MS)) return true;
      const second = await noted(id);
      if (second !== null) told.note(id, second * 1000);
      if (isNew(told.at(id), at, HOLDS_MS)) return true;
      if (isNew(unlabelled.at(id), at, REFUSED_MS) || !mayLook()) return false;
      const carries = await carriesLabel(parts, installationId, id);
      // GitHub itself refuses that token, and the worker looks for the installation of today.
      if (carries === "elsewhere") return true;
      (carries === "yes" ? labelled : unlabelled).note(id, at);
      return carries === "yes";
    },
  };
}

function isNew(when: number | null, at: number, ms: number): boolean {
  return when !== null && at - when < ms;
}

/**
 * Checks and pushes tell only of tickets that are there, and those carry a label; a push to the default branch tells of guarded
 * pull requests as well, of which something was told before. Nothing happens in most repositories but these.
 */
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

/**
 * As its issues stand, read with a token that can do nothing else.
 * @returns `elsewhere` where this installation covers the repository no more: it may have gone to another one unseen
 */
async function carriesLabel(
  { app, withToken }: GroundsParts,
  installationId: number,
  id: number,
): Promise<"yes" | "no" | "elsewhere"> {
  const asked = { installation_id: installationId, repository_ids: [id], permissions: LISTING };
  const given = await app.rest.apps.createInstallationAccessToken(asked).catch(refusedAs);
  if (typeof given === "string") return given;
  const place = given.data.repositories?.find((one) => one.id === id);
  if (!place) return "no";
  const { rest } = withToken(given.data.token);
  const at = { owner: place.owner.login, repo: place.name };
  // Most repositories have never had a ticket, and so none of these labels.
  const labels = await pages("listing the labels", LABEL_PAGES_MAX, (page) =>
    rest.issues.listLabelsForRepo({ ...at, ...page }),
  );
  for (const { name } of labels.filter((one) => OURS.has(one.name.toLowerCase()))) {
    const { data } = await rest.issues.listForRepo({ ...at, labels: name, state: "open", per_page: 1 });
    if (data.length > 0) return "yes";
  }
  return "no";
}

const OURS: ReadonlySet<string> = new Set([...LIVE_LABELS, ...START_LABELS]);
/** As many as the sweep reads. */
const LABEL_PAGES_MAX = 30;

/** What is no refusal says nothing about labels. */
function refusedAs(error: unknown): "no" | "elsewhere" {
  if (isAboutRights(error)) return "no";
  if (isEnded(error)) return "elsewhere";
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
