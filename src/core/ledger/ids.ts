import { z } from "zod";

/** A ticket's name in every copy of its ledger: `owner/repo#12`, where 12 is the issue it began with. */
export type TicketKey = string;

/** Names that a company manages carry its short code after an underscore, and are longer for it. */
export const ticketKeySchema = z.string().regex(/^[A-Za-z0-9_-]{1,60}\/[A-Za-z0-9._-]{1,100}#[1-9]\d{0,9}$/);

export type RepositoryRef = { readonly owner: string; readonly name: string };

export type TicketRef = RepositoryRef & { readonly number: number };

export function ticketKey(ref: TicketRef): TicketKey {
  return `${ref.owner}/${ref.name}#${ref.number}`;
}

/** @returns null when the text is not `owner/repo#number`. */
export function parseTicketKey(text: string): TicketRef | null {
  if (!ticketKeySchema.safeParse(text).success) return null;
  const [repository = "", number = ""] = text.split("#");
  const [owner = "", name = ""] = repository.split("/");
  return { owner, name, number: Number(number) };
}

/** For keys that we made ourselves. @throws when the key is malformed, which is a bug. */
export function ticketRef(key: TicketKey): TicketRef {
  const ref = parseTicketKey(key);
  if (!ref) throw new Error(`Not a ticket key: ${key}`);
  return ref;
}

export const roleSchema = z.enum(["architect", "implementer", "reviewer", "adversary", "navigator"]);
export type Role = z.infer<typeof roleSchema>;
export const ROLES = roleSchema.options;

export const taskTypeSchema = z.enum(["feature", "bug", "refactor", "docs", "review"]);
/** `review` is a pull request written by a person, which only gets both reviews and proof. */
export type TaskType = z.infer<typeof taskTypeSchema>;

const DATE_CHARS = "2026-11-27".length;

/** The day of an ISO time in UTC, by which budgets of a day count. */
export function dayOf(iso: string): string {
  return iso.slice(0, DATE_CHARS);
}

/** How much of a commit's name Git hosts show. */
const SHORT_SHA_DIGITS = 7;

/** A commit's name as people read it. */
export function shortSha(sha: string): string {
  return sha.slice(0, SHORT_SHA_DIGITS);
}

/** Forty or sixty-four hex digits: a git object name. */
export const gitShaSchema = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
