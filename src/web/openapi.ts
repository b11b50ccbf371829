import { PHASES } from "../core/ticket/phase.ts";
import { TABLES } from "./tables.ts";

/** Describes the JSON behind the pages, for programs that read it. `openapi.test.ts` holds answers against it. */
type Schema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const textOrNone = { type: "string", nullable: true };
const numberOrNone = { type: "integer", nullable: true };

function row(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

const ROWS: Readonly<Record<(typeof TABLES)[number], Schema>> = {
  ticket: row({
    ...{ ticket: text, title: text, phase: { type: "string", enum: Object.keys(PHASES) }, type: text },
    ...{ fixRounds: count, costMicroUsd: count, updatedAt: { type: "string", format: "date-time" } },
    pullRequest: numberOrNone,
  }),
  entries: row({
    seq: count,
    at: { type: "string", format: "date-time" },
    kind: text,
    says: text,
    reason: textOrNone,
    hash: text,
  }),
  findings: row({
    ...{ id: text, by: text, severity: text, kind: text, title: text, path: textOrNone, line: numberOrNone },
    ...{ state: text, survivedRounds: count },
  }),
  proof: row({
    ...{ item: text, code: textOrNone, state: text, required: { type: "boolean" }, evidence: text },
    ...{ acceptedBy: textOrNone, why: textOrNone },
  }),
  roles: row({
    ...{ role: text, model: text, vendor: text, calls: count, inputTokens: count, outputTokens: count },
    costMicroUsd: count,
  }),
};

const SPENT = row({ day: { type: "string", format: "date" }, role: text, model: text, calls: count, tokens: count, costMicroUsd: count }); // prettier-ignore
const SCORED = row({
  ...{ model: text, role: text, tickets: count, rounds: count, failures: count },
  ...{ blockersFound: count, blockersConfirmed: count, blockersWithdrawn: count, plansAccepted: count },
  ...{
    provenAtOnce: count,
    merged: count,
    touchedAgain: count,
    reopened: count,
    medianMs: { type: "number", nullable: true },
  },
  ...{ calls: count, costMicroUsd: count, unpricedTokens: count },
});

const list = (items: Schema): Schema => ({ type: "array", items });

function answer(description: string, schema: Schema, type = "application/json"): Schema {
  return {
    200: { description, content: { [type]: { schema } } },
    503: { description: "The database does not answer" },
  };
}

const inPath = (name: string, schema: Schema = text) => ({ name, in: "path", required: true, schema });
const inQuery = (name: string, description: string, schema: Schema = text) => ({
  name,
  in: "query",
  description,
  schema,
});

const TICKET = [inPath("owner"), inPath("repo"), inPath("number", { type: "integer", minimum: 1 })];
const FILTER = [
  inQuery("q", "Words that all stand in the ticket's title, name or type"),
  inQuery("page", "From 1: those that changed last. The Link header leads to the next", {
    type: "integer",
    minimum: 1,
  }),
  inQuery("phase", "Tickets of this phase only", { type: "string", enum: Object.keys(PHASES) }),
];
const MISSING = { 404: { description: "There is no such ticket on this server" } };

export const OPENAPI = {
  openapi: "3.0.3",
  info: { title: "Cooperations", version: "1", description: "What the pages show, for programs. It can only be read." },
  paths: {
    "/tickets.json": {
      get: { parameters: FILTER, responses: answer("The tickets that changed last", list(ROWS.ticket)) },
    },
    "/tickets.csv": { get: { parameters: FILTER, responses: answer("The same as CSV", text, "text/csv") } },
    "/tickets/{owner}/{repo}/{number}.json": {
      get: {
        parameters: TICKET,
        responses: {
          ...answer("One ticket's tables", row(Object.fromEntries(TABLES.map((name) => [name, list(ROWS[name])])))),
          ...MISSING,
        },
      },
    },
    "/tickets/{owner}/{repo}/{number}/{table}.csv": {
      get: {
        parameters: [...TICKET, inPath("table", { type: "string", enum: TABLES })],
        responses: { ...answer("One of its tables as CSV", text, "text/csv"), ...MISSING },
      },
    },
    "/spend.json": { get: { responses: answer("What was paid each day, by role and model", list(SPENT)) } },
    "/spend.csv": { get: { responses: answer("The same as CSV", text, "text/csv") } },
    "/scorecard.json": { get: { responses: answer("What each model delivered in each role", list(SCORED)) } },
    "/scorecard.csv": { get: { responses: answer("The same as CSV", text, "text/csv") } },
    "/health": { get: { responses: answer("The process lives", row({ status: text })) } },
  },
} as const;
