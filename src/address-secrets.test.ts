import { describe, expect, it } from "@jest/globals";
import { passwordsIn } from "./address-secrets.ts";

describe("the password in an address", () => {
  it.each([
    ["postgres://coop:zz-secret@db/coop", ["zz-secret"]],
    ["postgres://coop:zz%2Dsecret@db:5432/coop", ["zz%2Dsecret", "zz-secret"]],
    ["postgres://db/coop?password=zz-secret", ["zz-secret"]],
    // As libpq has it: without a host, with a port alone, and with several hosts.
    ["postgres://coop:zz-secret@/coop?host=/cloudsql/p:r:i", ["zz-secret"]],
    ["postgresql://coop:zz-secret@?host=/run/postgresql", ["zz-secret"]],
    ["postgres://coop:zz-secret@:5432/coop", ["zz-secret"]],
    ["postgres://coop:zz-secret@one:5432,two:5433/coop", ["zz-secret"]],
    ["postgres:///coop?host=/run/postgresql&password=zz-secret", ["zz-secret"]],
    ["http://mona@proxy:3128", []],
    ["no address", []],
    ["", []],
  ])("is found in %s", (address, found) => {
    expect(passwordsIn(address)).toEqual(found);
  });
});
