import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Handler, QueueSettings } from "../../src/queue/queue.ts";
import type { Database, Query } from "../../src/store/database.ts";
import { deliveryStore, type Delivery } from "../../src/store/delivery-store.ts";
import { inboxStore, type InboxItem } from "../../src/store/inbox-store.ts";
import { eachStore } from "../support/databases.ts";
import { DONE, queuesOfTests, TICKET, waitingJobs } from "./queue-fixture.ts";

const NOW = new Date("2026-03-01T12:00:00.000Z");

eachStore((name, open, other) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
  });

  describe("deliveries and inbox", () => {
    const delivery: Delivery = { id: "d-1", event: "issues", action: "labeled", receivedAt: NOW };
    const item: InboxItem = {
      ticket: TICKET,
      source: "comment:1",
      kind: "comment",
      payload: { body: "a\u0000b" },
      receivedAt: NOW,
    };

    it("store a webhook, its inbox rows and its jobs together or not at all", async () => {
      const nudge = () => Promise.reject(new Error("the process died"));
      const arriving = [{ delivery, inbox: [item] }];
      await expect(deliveryStore(database).record(arriving, nudge)).rejects.toThrow("the process died");
      expect(await inboxStore(database).pending(TICKET)).toEqual([]);
      let nudged = 0;
      const other = { delivery: { ...delivery, id: "d-0" }, inbox: [{ ...item, source: "comment:2" }] };
      // The same one twice in one round is new once.
      const round = [...arriving, other, ...arriving, { delivery, inbox: [item] }];
      const outcomes = await deliveryStore(database).record(round, async () => void (nudged += 1));
      expect(outcomes.filter((one) => one === "new")).toHaveLength(2);
      expect(await inboxStore(database).pending(TICKET)).toEqual(
        ["comment:1", "comment:2"].map((source) => ({ ...item, source, ledgerLength: 0 })),
      );
      expect(nudged).toBe(1);
    });

    // Where the database is a server: another process may hold a row, and may be frozen or cut off while it does.
    (name === "postgres" ? it : it.skip)(
      "wait for locks of others shorter than a webhook does, and keep none",
      async () => {
        const setting = async (query: Query, called: string) =>
          (await query.query<{ value: string }>("SELECT current_setting($1) AS value", [called]))[0]?.value;
        const seen: unknown[] = [];
        await deliveryStore(database).record([{ delivery, inbox: [] }], async (tx) => {
          seen.push(await setting(tx, "lock_timeout"));
        });
        await database.transaction(async (tx) => void seen.push(await setting(tx, "lock_timeout")));
        seen.push(await setting(database, "idle_in_transaction_session_timeout"));
        expect(seen).toEqual(["5s", "0", "10s"]);
      },
    );

    it("see the same delivery a hundred times at once as one", async () => {
      const stores = [deliveryStore(database), deliveryStore(await other.beside())];
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) => stores[index % 2]!.record([{ delivery, inbox: [item] }])),
      );
      expect(outcomes.flat().filter((outcome) => outcome === "new")).toHaveLength(1);
      expect(await database.query("SELECT id FROM deliveries")).toHaveLength(1);
      expect(await inboxStore(database).pending(TICKET)).toHaveLength(1);
    });

    it("keep what somebody put between its words to confuse a database, and what is not there", async () => {
      const odd = { ...delivery, id: "d-odd", action: "a\u001f\u001eb" };
      const none = { ...delivery, id: "d-none", action: null };
      const said = { ...item, source: "push to a\u001fb", payload: { body: "\u001f, \u001e and \u0000" } };
      await deliveryStore(database).record([
        { delivery: odd, inbox: [said] },
        { delivery: none, inbox: [] },
      ]);
      expect(await database.query("SELECT id, action FROM deliveries ORDER BY id")).toEqual([
        { id: "d-none", action: null },
        { id: "d-odd", action: odd.action },
      ]);
      expect(await inboxStore(database).pending(TICKET)).toEqual([{ ...said, ledgerLength: 0 }]);
    });

    it("keep a word that is empty as empty, also of one that comes alone", async () => {
      const deliveries = deliveryStore(database);
      const of = (id: string) => ({
        delivery: { ...delivery, id, action: "" },
        inbox: [{ ...item, source: "", kind: "" }],
      });
      await deliveries.record([of("d-alone")]);
      await deliveries.record([of("d-one"), of("d-two")]);
      const every = Array.from({ length: 31 }, (_, at) => String.fromCharCode(at + 1)).join("");
      expect(await deliveries.record([of(every)])).toEqual(["new"]);
      expect(await database.query("SELECT action FROM deliveries")).toEqual(Array(4).fill({ action: "" }));
      expect(await inboxStore(database).pending(TICKET)).toEqual([{ ...item, source: "", kind: "", ledgerLength: 0 }]);
    });

    it("know ids, and that they were seen", async () => {
      const deliveries = deliveryStore(database);
      await deliveries.record([{ delivery, inbox: [] }]);
      expect(await deliveries.record([{ delivery, inbox: [] }])).toEqual(["seen"]);
      expect(await deliveries.known(["d-1", "d-2"])).toEqual(new Set(["d-1"]));
    });

    it("hand the inbox out in order, each source once", async () => {
      const inbox = inboxStore(database);
      const at = (source: string, ms: number) => ({ ...item, source, receivedAt: new Date(NOW.getTime() + ms) });
      expect(await inbox.add([at("late", 10), at("b", 0), at("a", 0), at("early", -10)])).toBe(4);
      expect(await inbox.add([at("a", -99), { ...at("z", 99), ticket: "acme/shop#1" }])).toBe(1);
      const sources = async () => (await inbox.pending(TICKET)).map(({ source }) => source);
      expect(await sources()).toEqual(["early", "b", "a", "late"]);
      await inbox.handled(TICKET, "b");
      expect(await sources()).toEqual(["early", "a", "late"]);
      expect(await inbox.add([at("b", 0)])).toBe(0);
      expect(await inbox.ticketsPending()).toEqual([TICKET, "acme/shop#1"]);
    });
  });

  it("tells for a week what was set aside, by the database's clock", async () => {
    const inbox = inboxStore(database);
    const [now, day] = [Date.now(), 86_400_000];
    const at = (source: string, daysAgo: number): InboxItem => ({
      ...{ ticket: TICKET, source, kind: "comment", payload: {}, receivedAt: new Date(now - daysAgo * day) },
    });
    await inbox.add([at("comment:1", 8), at("comment:2", 6), at("comment:3", 0), at("comment:4", 0)]);
    for (const source of ["comment:1", "comment:2", "comment:3"]) await inbox.setAside(TICKET, source, "why");
    expect((await inbox.listSetAside()).map(({ source }) => source)).toEqual(["comment:2", "comment:3"]);
  });

  describe("deliveries and their jobs", () => {
    const openOn = queuesOfTests([]);
    const queue = (settings: QueueSettings = {}, on = database) => openOn(on, settings);

    it("loses no nudge that is stored together with what it is about", async () => {
      const [one, two] = [await queue(), await queue({}, await other.beside())];
      const inbox = inboxStore(database);
      const handler: Handler = async (ticket) => {
        for (const { source } of await inbox.pending(ticket)) await inbox.handled(ticket, source);
        return DONE;
      };
      await one.work("work", 2, handler);
      await two.work("work", 2, handler);
      const stores = [deliveryStore(database), deliveryStore(await other.beside())];
      for (let round = 0; round < 25; round++) {
        const record = (index: number) => {
          const id = `d-${round}-${index}`;
          const item = { ticket: TICKET, source: id, kind: "comment", payload: {}, receivedAt: new Date() };
          const from = index % 2 ? one : two;
          const delivery = { id, event: "issue_comment", action: "created", receivedAt: new Date() };
          const job = { ticket: TICKET, lane: "work" as const, reason: "webhook" };
          return stores[index % 2]!.record([{ delivery, inbox: [item] }], (tx) => from.nudgeAll([job], tx));
        };
        await Promise.all([0, 1, 2, 3].map(record));
        await one.idle();
        expect(await inbox.pending(TICKET)).toEqual([]);
      }
    });

    it("puts one waiting job for each of many tickets, brings forward what waits, and leaves what runs alone", async () => {
      const it = await queue();
      const tickets = Array.from({ length: 40 }, (_, index) => `acme/shop#${index + 1}`);
      await it.nudge(tickets[3] as string, { lane: "work", reason: "later", inMs: 60_000 });
      await it.nudge(tickets[5] as string, { lane: "work", reason: "now" });
      const all = tickets.map((ticket) => ({ ticket, lane: "work" as const, reason: "webhook" }));
      await database.transaction((tx) => it.nudgeAll(all, tx));
      await database.transaction((tx) => it.nudgeAll(all.toReversed(), tx));
      expect(await it.depth()).toMatchObject({ ready: 40, deferred: 0 });
      const ran: string[] = [];
      await it.work("work", 4, async (ticket) => {
        ran.push(ticket);
        return DONE;
      });
      await it.idle();
      expect(ran.sort()).toEqual(tickets.toSorted());
    });

    it("puts jobs of several lanes, as the queue itself would put them", async () => {
      const it = await queue();
      await it.nudge("acme/shop#1", { lane: "guard", reason: "webhook" });
      const all = (["work", "hearing", "guard"] as const).map((lane) => ({ ticket: "acme/shop#2", lane, reason: "webhook" })); // prettier-ignore
      await database.transaction((tx) => it.nudgeAll(all, tx));
      expect(await it.depth()).toMatchObject({ ready: 4 });
      if (name === "sqlite") return;
      const rows = await database.query<{ id: string; singleton_key: string }>(
        "SELECT * FROM pgboss.job WHERE name = 'guard' ORDER BY singleton_key",
      );
      const [single, together] = rows.map(({ id: _id, ...row }) =>
        JSON.parse(
          JSON.stringify(row)
            .replaceAll(row.singleton_key, "")
            .replace(/"\d{4}-[^"]*"/g, '"a time"'),
        ),
      );
      expect(together).toEqual(single);
    });

    it("turns the same delivery a hundred times at once into one job", async () => {
      const one = await queue();
      const stores = [deliveryStore(database), deliveryStore(await other.beside())];
      const delivery = { id: "d", event: "issues", action: "labeled", receivedAt: new Date() };
      const job = { ticket: TICKET, lane: "work" as const, reason: "webhook" };
      const nudge = (tx: Query) => one.nudgeAll([job], tx);
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) => stores[index % 2]!.record([{ delivery, inbox: [] }], nudge)),
      );
      expect(outcomes.flat().filter((it) => it === "new")).toHaveLength(1);
      expect(await waitingJobs(database)).toEqual([{ ticket: TICKET }]);
    });
  });
});
