// Held by test/scenarios/plan-gate.test.ts
import type { Entry } from "../core/ledger/chain.ts";
import { callIn, type Waiting } from "../core/rules/call-people.ts";
import { CODE_OWNERS_PATHS, codeOwners } from "../core/rules/code-owners.ts";
import { DEFAULT_POLICY, type Policy } from "../core/rules/policy.ts";
import { deliveredChunk } from "../core/ticket/plan.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Forge } from "../forge/forge.ts";
import { readPolicy } from "../steps/policy-file.ts";
import type { Book } from "./book.ts";
import type { World } from "./world.ts";

/** Who is called by a comment, and for what. */
export type Call = { readonly for: Waiting["for"]; readonly logins: readonly string[] };

/** Whom a comment calls that is about to be made; null when it calls nobody, or did already and is only put back. */
export async function callFor(world: World, forge: Forge, book: Book, group: readonly Entry[]): Promise<Call | null> {
  const { ticket, key } = book;
  const waiting = ticket && callIn(book.entries, group);
  if (!waiting || (await calledBy(world, key, group))) return null;
  const { notify } = ticket.route ? await readPolicy(world, forge, ticket) : DEFAULT_POLICY;
  const logins = await whoDecides(forge, ticket, waiting, notify);
  return logins.length > 0 ? { for: waiting.for, logins } : null;
}

/** Whom the comment that begins with these entries has called. */
export async function calledBy(world: World, key: Book["key"], [first]: readonly Entry[]): Promise<Call | null> {
  const noted = await world.projections.get(key, `call:${first?.seq}`);
  const [what, ...logins] = noted?.bodySha256.split(" ") ?? [];
  return what === undefined ? null : { for: what as Call["for"], logins };
}

export async function noteCall(world: World, key: Book["key"], [first]: readonly Entry[], call: Call): Promise<void> {
  const note = { remoteId: null, bodySha256: [call.for, ...call.logins].join(" ") };
  await world.projections.put(key, `call:${first?.seq}`, note);
}

export function whoDecides(
  forge: Asked,
  ticket: Ticket,
  waiting: Waiting,
  notify: Policy["notify"],
): Promise<readonly string[]> {
  return WHO[notify](forge, ticket, waiting);
}

type Asked = Pick<Forge, "issue" | "file" | "permission">;

type Who = (forge: Asked, ticket: Ticket, waiting: Waiting) => Promise<readonly string[]>;

/** More assignees than that share a ticket that nobody feels called for. */
const ASSIGNEES_CALLED_MAX = 3;

const WHO: Readonly<Record<Policy["notify"], Who>> = {
  nobody: async () => [],
  author,
  assignee: async (forge, ticket, waiting) => {
    const issue = await forge.issue(ticket.ref.number);
    const assignees = issue === "gone" ? [] : (issue.assignees ?? []).slice(0, ASSIGNEES_CALLED_MAX);
    return assignees.length > 0 ? assignees : author(forge, ticket, waiting);
  },
  codeowners: async (forge, ticket, waiting) => {
    const branch = ticket.pull?.baseBranch ?? ticket.opened.defaultBranch;
    const file = await forge.file(branch, ...CODE_OWNERS_PATHS);
    const owners = file === "gone" ? [] : codeOwners(file.content.toString("utf8"), pathsOf(ticket));
    return owners.length > 0 ? owners : author(forge, ticket, waiting);
  },
};

/** Who wrote the ticket, where that person can decide; else who started it, which takes write permission. */
async function author(forge: Asked, { opened }: Ticket, waiting: Waiting): Promise<readonly string[]> {
  const { author: written, by } = opened;
  if (written === by) return people(by);
  if (waiting.for === "answer") return people(written).length > 0 ? people(written) : people(by);
  return MAY_DECIDE.has(await forge.permission(written)) ? people(written) : people(by);
}

const MAY_DECIDE: ReadonlySet<string> = new Set(["write", "maintain", "admin"]);

/** An App reads no notification, and nobody is behind the account of the deleted ones. */
function people(login: string): string[] {
  return login.endsWith("[bot]") || login === "ghost" ? [] : [login];
}

function pathsOf({ change, plan }: Ticket): string[] {
  const changed = change?.last?.files ?? (plan ? deliveredChunk(plan.plan).files : []);
  return changed.map(({ path }) => path);
}
