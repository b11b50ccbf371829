import { expect, it } from "@jest/globals";
import { openPostgres } from "../../src/store/postgres.ts";

/** Whatever is wrong with an address, and whoever says so: the driver, the network or the parser of addresses. */
const S = "S3cretPart-9Kd2";

it.each([
  `postgres://coop:${S}@127.0.0.1:1/db`,
  `postgres://coop:p@${S}@127.0.0.1:1/db`,
  `postgres://coop:${S}/x@127.0.0.1:1/db`,
  `postgres://coop:${S}#x@127.0.0.1:1/db`,
  `postgres://coop:${S} x@127.0.0.1:1/db`,
  `postgres://coop:%zz${S}@127.0.0.1:1/db`,
  `postgres://coop:${S}@[::1/db`,
  `postgres://coop:${S}@127.0.0.1:99999/db`,
  `postgres://:${S}@/db?host=/nowhere`,
  `postgres://127.0.0.1:1/db?password=${S}`,
  `postgres://127.0.0.1:1/db?sslrootcert=/nowhere/x&password=${S}`,
  `mysql://coop:${S}@127.0.0.1/db`,
  S,
])("a database that cannot be opened is named without its password: %s", async (url) => {
  const opened = await openPostgres(url);
  expect(opened.outcome).toBe("refused");
  expect(JSON.stringify(opened)).not.toContain(S);
});
