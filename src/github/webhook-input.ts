import { z } from "zod";
import { type Nudge, type Person, personSchema, type Trigger } from "../core/rules/trigger.ts";
import { personOf } from "./facts.ts";

/** What every webhook of a repository carries, and how a rule makes nudges of it. */
export type WebhookEvent = { readonly name: string; readonly id: string; readonly payload: unknown };

/** Whose account is gone, GitHub does not name. What such a one did is looked at, and is no person's word. */
const NOBODY: Person = { ...personOf(null), type: "Nobody" };

/** What a database can keep in a column of numbers; GitHub counts issues of one repository. */
const NUMBER_MAX = 2_147_483_647;
export const numberLike = z.number().int().max(NUMBER_MAX);
/** Names and commits become keys, which no database of ours keeps with this character in them; GitHub has it in none. */
export const nameLike = z.string().refine((name) => !name.includes("\0"));

const personLike = personSchema.extend({ type: z.string().default("User") });
export const common = z.object({
  action: z.string().optional(),
  installation: z.object({ id: z.number().int() }),
  repository: z.object({
    id: z.number().int(),
    name: nameLike,
    default_branch: z.string().default("main"),
    owner: z.object({ login: nameLike }),
  }),
  sender: personLike.nullish().transform((one) => one ?? NOBODY),
});
type Common = z.infer<typeof common>;

/** A server that has nothing to list may say so with `null`, or not at all. */
export function listOf<T>(item: z.ZodType<T>) {
  return z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
}

export const issueLike = z.object({
  number: numberLike,
  state: z.string().default("open"),
  title: z.string(),
  body: z.string().nullish(),
  user: personLike.nullish(),
  labels: listOf(z.object({ name: z.string() })),
  pull_request: z.unknown().optional(),
  locked: z.boolean().nullish(),
});

export type Input = {
  readonly event: WebhookEvent;
  readonly payload: unknown;
  readonly common: Common;
  readonly ourAppId: number | null;
};

/** Bots do not command: not ours, which would answer itself, and no other, which would answer it for ever. */
export const BY_BOT = "done by a bot";
export function isPerson(person: Person): boolean {
  return person.type === "User";
}

/** A union's members without what is added to each of them. */
type OwnPart<T> = T extends unknown ? Omit<T, "source" | "forge" | "defaultBranch" | "by"> : never;
type Where = { number: number } | { headSha: string } | { branch: string };

export function nudge(input: Input, where: Where, own: OwnPart<Trigger>, source = `delivery:${input.event.id}`): Nudge {
  const { repository, installation, sender } = input.common;
  const shared = {
    source,
    forge: { kind: "github" as const, installationId: installation.id, repositoryId: repository.id },
    defaultBranch: repository.default_branch,
    by: sender,
  };
  return {
    ticketHint: { owner: repository.owner.login, name: repository.name, ...where },
    trigger: { ...own, ...shared } as Trigger,
  };
}

/** @param got the base branch or the head that a pull request got by it */
export function changed(
  input: Input,
  where: Where,
  what: string,
  look: "issue" | "pull" | "checks" | "thread",
  got: { readonly base?: string; readonly head?: string } = {},
): Nudge {
  return nudge(input, where, { kind: "changed", what, look, ...got });
}
