import { Refusal, invalid } from "./refusal.ts";

/** Reading what a client sent. A wrong type is refused as GitHub refuses it, before anything is changed. */
export type Json = Readonly<Record<string, unknown>>;

/** The API's limit for the text of an issue, pull request or comment, in characters. */
const BODY_CHARS_MAX = 65_536;
const TITLE_CHARS_MAX = 256;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongType(field: string, value: unknown, wanted: string): Refusal {
  return new Refusal(422, `Invalid request.\n\nFor 'properties/${field}', ${JSON.stringify(value)} is not ${wanted}.`);
}

export function optionalText(body: Json, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw wrongType(field, value, "a string");
  return value;
}

export function text(body: Json, field: string): string {
  const value = optionalText(body, field);
  if (value === undefined) throw new Refusal(422, `Invalid request.\n\n"${field}" wasn't supplied.`);
  return value;
}

export function optionalInteger(body: Json, field: string): number | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (!Number.isInteger(value)) throw wrongType(field, value, "an integer");
  return value as number;
}

export function flag(body: Json, field: string, otherwise: boolean): boolean {
  const value = body[field] ?? otherwise;
  if (typeof value !== "boolean") throw wrongType(field, value, "a boolean");
  return value;
}

export function oneOf<T extends string>(body: Json, field: string, allowed: readonly T[]): T | undefined {
  const value = optionalText(body, field);
  if (value === undefined) return undefined;
  if (!(allowed as readonly string[]).includes(value)) throw wrongType(field, value, `one of ${allowed.join(", ")}`);
  return value as T;
}

export function objects(body: Json, field: string): Json[] {
  const value = body[field] ?? [];
  if (!Array.isArray(value) || !value.every(isJson)) throw wrongType(field, value, "an array of objects");
  return value;
}

export function texts(body: Json, field: string): string[] {
  const value = body[field] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    throw wrongType(field, value, "an array of strings");
  }
  return value as string[];
}

export function checkBody(resource: string, body: string): string {
  if (body.length > BODY_CHARS_MAX) {
    throw invalid(resource, "body", "custom", `body is too long (maximum is ${BODY_CHARS_MAX} characters)`);
  }
  return body;
}

export function checkTitle(resource: string, title: string): string {
  if (title.trim() === "") throw invalid(resource, "title", "missing_field");
  if (title.length > TITLE_CHARS_MAX) {
    throw invalid(resource, "title", "custom", `title is too long (maximum is ${TITLE_CHARS_MAX} characters)`);
  }
  return title;
}
