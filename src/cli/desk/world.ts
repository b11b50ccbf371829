import { homedir } from "node:os";
import { recordsOf } from "../../audit/records.ts";
import { ledgerKeys } from "../../core/ledger/ledger-keys.ts";
import type { Policy } from "../../core/rules/policy.ts";
import { branchesOf, committerAt } from "../../desk/branches.ts";
import { contentsOf } from "../../desk/contents.ts";
import { DESK_APP, deskForge } from "../../desk/desk-forge.ts";
import { type DeskSettings } from "../../desk/threads.ts";
import { Quiet } from "../../flow/quiet.ts";
import type { World } from "../../flow/world.ts";
import type { Log } from "../../steps/step-world.ts";
import { Ahead, type AheadSettings } from "../../proof/ahead/ahead.ts";
import { SpareRoom } from "../../proof/ahead/spare-room.ts";
import { guardBody, guardVisible } from "../../hygiene/outgoing.ts";
import { guardText } from "../../hygiene/redact.ts";
import type { Model } from "../../models/model.ts";
import { artifactStore, blobStore } from "../../store/blob-store.ts";
import { inboxStore } from "../../store/inbox-store.ts";
import { type JournalStore } from "../../store/journal-store.ts";
import { leasesInProcess } from "../../store/lease-store.ts";
import { projectionStore } from "../../store/projection-store.ts";
import { publicationStore } from "../../store/publication-store.ts";
import { repositoryStore } from "../../store/repository-store.ts";
import { ticketIndex } from "../../store/ticket-index.ts";
import type { Preparer } from "../../workspace/preparer.ts";
import { localGit } from "../../workspace/local-git.ts";
import type { SandboxCheck } from "../../workspace/sandbox.ts";
import type { Desk } from "../desk.ts";

export type Work = {
  readonly settings: DeskSettings;
  readonly models: readonly Model[];
  readonly agents?: World["agents"];
  readonly pool: World["pool"];
  readonly keyless?: World["keyless"];
  readonly modelRetry: World["modelRetry"];
  readonly secrets: readonly string[];
  readonly sandbox: SandboxCheck;
  readonly preparer: Preparer | null;
  readonly log: Log;
  /** Steps that are not taken here. */
  readonly leaves: World["leaves"];
  readonly telemetry: World["telemetry"];
  /** Who is told of runs that are made while reviewers look; a benchmark asks. */
  readonly ahead?: AheadSettings | undefined;
  readonly onCall: (record: Parameters<JournalStore["write"]>[0]) => void;
};

/** The same world that the App works in, with the desk in GitHub's place. */
export function worldAt(desk: Desk, work: Work): World {
  const { repository, home, database, threads, journal } = desk;
  const room = new SpareRoom();
  const secrets = [home.secret, ...work.secrets.filter((one) => one.length >= SECRET_CHARS_MIN)];
  const guard = { secrets, mayMention: () => false, linkHosts: [] };
  const now = () => new Date();
  const keys = ledgerKeys(home.secret);
  const git = localGit(repository.git);
  const contents = contentsOf(git, blobStore(home.folder), repository.objects);
  let committer: ReturnType<typeof committerAt> | null = null;
  const branches = branchesOf(repository.git, () => (committer ??= committerAt(repository.git, homedir())));
  const body = (markdown: string) => guardBody(markdown, guard).text;
  const forge = deskForge({ threads, git, branches, contents, guard: body, secrets, now });
  return {
    ledgers: desk.ledgers,
    records: (repository, type) => recordsOf({ ledgers: desk.ledgers, ledgerKeys: keys }, repository, type),
    publications: publicationStore(database),
    projections: projectionStore(database),
    inbox: inboxStore(database),
    index: ticketIndex(database),
    repositories: repositoryStore(database),
    ...{ leases: leasesInProcess(), quiet: new Quiet() },
    journal: { ...journal, write: (record) => watched(journal, record, work.onCall) },
    ...{ blobs: contents, artifacts: artifactStore(home.folder) },
    forge: () => forge,
    guard: (markdown) => guardVisible(markdown, guard).text,
    redact: (text) => guardText(text, secrets).text,
    appId: DESK_APP.id,
    ownLogin: () => Promise.resolve(DESK_APP.login),
    models: new Map(work.models.map((model) => [model.name, model])),
    ...{
      agents: work.agents,
      pool: work.pool,
      keyless: work.keyless,
      modelRetry: work.modelRetry,
      preparer: work.preparer,
    },
    sandbox: room.counted(work.sandbox),
    ahead: new Ahead({ sandbox: work.sandbox, blobs: contents, preparer: work.preparer, room }, work.ahead),
    ...{ leaves: work.leaves, telemetry: work.telemetry },
    amendPolicy: (policy) => amended(policy, work.settings),
    ledgerKeys: keys,
    publicUrl: null,
    nudge: () => Promise.resolve(),
    ...{ now, log: work.log },
  };
}

/** Shorter values are words; taking them out of every text would say more than leaving them in. */
const SECRET_CHARS_MIN = 8;

async function watched(journal: JournalStore, record: Parameters<JournalStore["write"]>[0], tell: Work["onCall"]) {
  const standing = await journal.write(record);
  tell(record);
  return standing;
}

/** What the person said at the start counts beside the policy: who pays, and who plays which role. */
function amended(policy: Policy, { maxUsd, pins }: DeskSettings): Policy {
  const usdPerTicket = maxUsd ?? policy.limits.usdPerTicket;
  const usdPerDay = Math.max(policy.limits.usdPerDay, usdPerTicket);
  return { ...policy, pin: { ...policy.pin, ...pins }, limits: { ...policy.limits, usdPerTicket, usdPerDay } };
}
