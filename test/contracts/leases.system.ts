import { beforeEach, describe, expect, it } from "@jest/globals";
import { forgetLeases, type LeaseStore, leasesInProcess, leaseStore } from "../../src/store/lease-store.ts";
import type { Database } from "../../src/store/database.ts";
import { eachDatabase } from "../support/databases.ts";

const TICKET = "acme/shop#12";
const LONG_MS = 60_000;

eachDatabase((_name, open, other) => {
  let database: Database;
  let leases: LeaseStore;
  const expire = () => database.query("UPDATE leases SET until = clock_timestamp() - interval '1 ms'");

  beforeEach(async () => {
    database = await open();
    leases = leaseStore(database);
  });

  it("one holder at a time has a ticket's lease, and each ticket has its own", async () => {
    const elsewhere = leaseStore(await other.beside());
    const takers = Array.from({ length: 8 }, (_, index) =>
      (index % 2 ? leases : elsewhere).take(TICKET, `w${index}`, LONG_MS),
    );
    expect((await Promise.all(takers)).filter((one) => one === "yours")).toHaveLength(1);
    expect(await leases.take("acme/shop#13", "w9", LONG_MS)).toBe("yours");
  });

  it("is free again when it was given back, and when its time is over by the database's clock", async () => {
    expect(await leases.take(TICKET, "one", LONG_MS)).toBe("yours");
    expect(await leases.take(TICKET, "two", LONG_MS)).toBe("anothers");
    await leases.giveBack(TICKET, "two");
    expect(await leases.take(TICKET, "two", LONG_MS)).toBe("anothers");
    await leases.giveBack(TICKET, "one");
    expect(await leases.take(TICKET, "two", LONG_MS)).toBe("yours");
    await expire();
    expect(await leases.take(TICKET, "one", LONG_MS)).toBe("yours");
  });

  it("is renewed by its holder only, and not once it has ended: another may have had it meanwhile", async () => {
    await leases.take(TICKET, "one", LONG_MS);
    expect(await leases.renew(TICKET, "one", LONG_MS)).toBe("yours");
    expect(await leases.renew(TICKET, "two", LONG_MS)).toBe("lost");
    await expire();
    expect(await leases.renew(TICKET, "one", LONG_MS)).toBe("lost");
    await leases.take(TICKET, "two", LONG_MS);
    await leases.giveBack(TICKET, "two");
    expect(await leases.renew(TICKET, "one", LONG_MS)).toBe("lost");
  });

  it("none is left where a database belongs to one process, and that has just started", async () => {
    await leases.take(TICKET, "one", LONG_MS);
    await forgetLeases(database);
    expect(await leases.take(TICKET, "two", LONG_MS)).toBe("yours");
  });
});

describe("in one process", () => {
  const SHORT_MS = 1;
  const over = () => new Promise((resolve) => setTimeout(resolve, SHORT_MS * 5));

  it("one holder at a time has a ticket's lease, until it gives it back or its time is over", async () => {
    const leases = leasesInProcess();
    expect(await leases.take(TICKET, "one", LONG_MS)).toBe("yours");
    expect(await leases.take(TICKET, "two", LONG_MS)).toBe("anothers");
    expect(await leases.take("acme/shop#13", "two", LONG_MS)).toBe("yours");
    await leases.giveBack(TICKET, "two");
    expect(await leases.take(TICKET, "two", LONG_MS)).toBe("anothers");
    await leases.giveBack(TICKET, "one");
    expect(await leases.take(TICKET, "two", SHORT_MS)).toBe("yours");
    await over();
    expect(await leases.renew(TICKET, "two", LONG_MS)).toBe("lost");
    expect(await leases.take(TICKET, "one", LONG_MS)).toBe("yours");
    expect(await leases.renew(TICKET, "one", LONG_MS)).toBe("yours");
    expect(await leases.renew(TICKET, "two", LONG_MS)).toBe("lost");
  });
});
