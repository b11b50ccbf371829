import { expect, it } from "@jest/globals";
import { persevere } from "./passing.ts";

const failing = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

/** Fails so often, then says how often it was asked. */
function work(times: number, error: Error) {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked <= times) throw error;
    return asked;
  };
}

it.each([
  ["57P01", "terminating connection due to administrator command"],
  ["25006", "cannot execute INSERT in a read-only transaction"],
  ["53100", "No space left on device"],
  ["ECONNREFUSED", "connect ECONNREFUSED"],
  [undefined, "Connection terminated unexpectedly"],
  [undefined, "Query read timeout"],
  [undefined, "Client has encountered a connection error and is not queryable"],
  [undefined, "Client was closed and is not queryable"],
  ["25P03", "terminating connection due to idle-in-transaction timeout"],
  ["40P01", "deadlock detected"],
  ["ENOTFOUND", "getaddrinfo ENOTFOUND database"],
  ["EAI_AGAIN", "getaddrinfo EAI_AGAIN database"],
])("is tried again while a database is away (%s)", async (code, message) => {
  expect(await persevere(work(3, failing(message, code)), 1_000, 1)).toBe(4);
});

it.each([5, 13])("is tried again while a file is held or its disk is full (%d)", async (errcode) => {
  const error = Object.assign(failing("database or disk is full", "ERR_SQLITE_ERROR"), { errcode });
  expect(await persevere(work(3, error), 1_000, 1)).toBe(4);
});

it.each([
  ["23505", "duplicate key value violates unique constraint"],
  ["22P05", "unsupported Unicode escape sequence"],
  ["25P02", "current transaction is aborted, commands ignored until end of transaction block"],
  ["ERR_INVALID_ARG_TYPE", "The argument must be a string"],
  [undefined, "This process is dead"],
])("is tried once where another try would end alike (%s)", async (code, message) => {
  await expect(persevere(work(1, failing(message, code)), 1_000, 1)).rejects.toThrow(message);
});

it("is given up in the end", async () => {
  await expect(persevere(work(Infinity, failing("away", "08006")), 20, 1)).rejects.toThrow("away");
});
