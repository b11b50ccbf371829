import { expect, it } from "@jest/globals";
import type { Database } from "./database.ts";
import { upToDate } from "./up-to-date.ts";

/** A server that answers the first statement so. */
function refusing(message: string, code?: string) {
  const state = { closed: false };
  const refuse = () => Promise.reject(Object.assign(new Error(message), code === undefined ? {} : { code }));
  const database = {
    ...{ kind: "postgres", query: refuse, transaction: refuse },
    close: async () => void (state.closed = true),
  } as unknown as Database;
  return { database, state };
}

it.each([
  ["cannot execute CREATE TABLE in a read-only transaction", "25006", "The database is read-only at the moment."],
  ["terminating connection due to administrator command", "57P01", undefined],
  ["the database system is shutting down", "57P03", undefined],
  ["sorry, too many clients already", "53300", undefined],
  ["could not extend file: No space left on device", "53100", undefined],
  ["canceling statement due to lock timeout", "55P03", undefined],
  ["read ECONNRESET", "ECONNRESET", undefined],
  ["Connection terminated unexpectedly", undefined, undefined],
])(
  "is waited for: %s (%s)",
  async (message, code, sentence = `The database cannot be brought up to date: ${message}.`) => {
    const { database, state } = refusing(message, code);
    expect(await upToDate(database)).toEqual({ outcome: "refused", because: "away", sentence });
    expect(state.closed).toBe(true);
  },
);

it("is for somebody to mend where the user has no right to it", async () => {
  const { database, state } = refusing("permission denied for schema public", "42501");
  expect(await upToDate(database)).toEqual({
    outcome: "refused",
    sentence:
      "The database cannot be brought up to date: permission denied for schema public. Give the user of DATABASE_URL the right to create tables and schemas there.",
  });
  expect(state.closed).toBe(true);
});

it.each([
  ["division by zero", "22012"],
  ["The file is not there", "ENOENT"],
  ["Migration x should begin with 0016_", undefined],
])("is a bug of ours, and neither waited for nor explained: %s", async (message, code) => {
  const { database, state } = refusing(message, code);
  await expect(upToDate(database)).rejects.toThrow(message);
  expect(state.closed).toBe(true);
});
