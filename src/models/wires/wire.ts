import type { Abilities } from "../abilities.ts";
import type { Assembly } from "../call.ts";
import type { Question } from "../model.ts";
import type { ProviderError } from "../provider-error.ts";
import type { MeantCall } from "../tool-calls.ts";
import type { Reported } from "../usage.ts";

/**
 * What a protocol brings of its own; everything else is the same for all models. A new one is a file beside this one and
 * a name in `APIS` (`models/spec.ts`); the compiler asks for the rest.
 */
export type Wire = {
  /** The request of a question in normal form. Made before the call, so that a bug in making it is thrown. */
  readonly request: (question: Question, abilities: Abilities) => Record<string, unknown>;
  /** Only the SDK's call: everything that it throws is taken for a failure outside. */
  readonly send: (request: Record<string, unknown>, sending: Sending) => Promise<Response>;
  readonly assembly: () => Assembly;
  /** @returns null when there is nothing in it that could be an answer */
  readonly read: (body: unknown) => Heard | null;
  /** The address as the SDK wants it. */
  readonly base: string;
  /** Another way to write it, for a server that does not know the first; null where there is none. */
  readonly otherBase: (base: string) => string | null;
};

export type Sending = { readonly signal: AbortSignal; readonly timeout: number; readonly base: string };

/** An answer as a wire reads it, before anything is judged. */
export type Heard = {
  readonly ended: "whole" | "cut-off" | "unread" | { readonly refused: string } | { readonly failed: ProviderError };
  readonly text: string;
  /** Where thoughts stand in a field of their own, as text. */
  readonly thought?: string;
  readonly calls: readonly MeantCall[];
  /** As it came: what goes back to the provider is made from it. */
  readonly echo: unknown;
  readonly reported: Reported;
  /** What the provider says it cost, in dollars. */
  readonly dollars?: unknown;
  readonly served: string | null;
  /** Everything that was said, as text, for an estimate. */
  readonly all: string;
};
