import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { PoolEntry } from "../../../src/models/catalogue.ts";

/**
 * One family of servers, as strict and as odd as it is reported to be: what it refuses, in its own words, and the form of
 * its answers. What it says is a script's; it never looks at what a question means.
 */
export type Dialect = {
  readonly name: string;
  /** As an operator writes it into the pool, without name, vendor, model and address. */
  readonly entry: Pick<PoolEntry, "api"> & Partial<PoolEntry>;
  /** The one path that it knows. */
  readonly path: string;
  /** What stands before the API's own path in the base URL that people are told to use. */
  readonly base: string;
  /** How often one who knows nothing of the family is refused before everything is learnt. */
  readonly lessonsMax: number;
  /** Refusals that no setting of a family can spare, because the model's own template decides. */
  readonly templateLessons?: number;
  /** Several calls in one turn. */
  readonly parallel: boolean;
  /** @returns what is wrong with a request, in the server's own words, or null */
  refuse(request: Sent, kept: Kept): Refusal | null;
  answer(said: Said, request: Sent, kept: Kept): Told;
  /** What it says to a path that it does not know. */
  readonly lost: Refusal;
  /** Instead of `path`, for doors that tell more by address and headers. @returns the request as the dialect reads it */
  readonly enter?: (method: string, url: string, headers: IncomingHttpHeaders, text: string) => Sent | Refusal;
  /** Instead of events as lines of text. */
  readonly send?: (response: ServerResponse, told: Told) => void;
};

export type Sent = Readonly<Record<string, unknown>> & { readonly headers: Readonly<Record<string, unknown>> };
export type Refusal = { readonly status: number; readonly body: unknown };

/** What a script lets the model say. `failed`: the server could not read its call. */
export type Said = {
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly args: unknown }[];
  readonly ended?: "length";
};

/** The whole answer, and the same as events of a stream, each with its line ends. */
export type Told = { readonly body: unknown; readonly events: readonly string[] };

/** What a server remembers of its own answers in one conversation, to see whether they come back as they were. */
export type Kept = { readonly given: Map<string, unknown>; count: number };

export function event(data: unknown, name?: string): string {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${name === undefined ? "" : `event: ${name}\n`}data: ${text}\n\n`;
}

/** Text in pieces, as streams bring it; also through the middle of an escape or of a character's two halves. */
export function pieces(text: string): string[] {
  const size = Math.max(1, Math.ceil(text.length / 3));
  return [text.slice(0, size), text.slice(size, 2 * size), text.slice(2 * size)].filter((one) => one !== "");
}

export type Fields = Readonly<Record<string, unknown>>;
export const fields = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
export const sentence = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value ?? ""));

/** The first field that is not among those that are known. */
export function unknownField(value: unknown, known: readonly string[]): string | null {
  return Object.keys(fields(value)).find((name) => !known.includes(name)) ?? null;
}

/** @returns where a schema breaks the rules of strict modes, or null */
export function looseSchema(schema: unknown, at = ""): string | null {
  const { type, properties, required, additionalProperties, items, anyOf } = fields(schema);
  if (type === "object") {
    const names = Object.keys(fields(properties));
    if (additionalProperties !== false) return `${at}: additionalProperties`;
    const lacking = names.find((name) => !list(required).includes(name));
    if (lacking) return `${at}: required lacks ${lacking}`;
  }
  const inner: [string, unknown][] = [
    ...Object.entries(fields(properties)),
    ...(items === undefined ? [] : [["items", items] as [string, unknown]]),
    ...list(anyOf).map((one, index): [string, unknown] => [`anyOf[${index}]`, one]),
  ];
  for (const [name, one] of inner) {
    const found = looseSchema(one, `${at}.${name}`);
    if (found) return found;
  }
  return null;
}

/** Is there a key of this name anywhere in it? */
export function holdsKey(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((one) => holdsKey(one, key));
  return Object.entries(fields(value)).some(
    ([name, one]) => name === key || (typeof one === "object" && holdsKey(one, key)),
  );
}
