import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { awaitDatabase } from "./await-database.ts";
import type { Database, Opened } from "./database.ts";
import { openPostgres } from "./postgres.ts";

const database = {} as Database;
const away: Opened = { outcome: "refused", sentence: "Nobody answers.", because: "away" };
const wrong: Opened = { outcome: "refused", sentence: "The password is wrong." };

function answers(...all: Opened[]): () => Promise<Opened> {
  return () => Promise.resolve(all.length > 1 ? (all.shift() as Opened) : (all[0] as Opened));
}

describe("a database that is away at the start", () => {
  it("is waited for, aloud, until it is there", async () => {
    const told: string[] = [];
    const opened = await awaitDatabase(answers(away, away, { outcome: "open", database }), {
      onWait: (sentence) => told.push(sentence),
      pauseMs: 1,
    });
    expect(opened).toEqual({ outcome: "open", database });
    expect(told).toEqual(["Nobody answers.", "Nobody answers."]);
  });

  it("is waited for only so long, and the sentence says what to do", async () => {
    const opened = await awaitDatabase(answers(away), { onWait: () => undefined, waitMs: 20, pauseMs: 5 });
    expect(opened).toMatchObject({ outcome: "refused", sentence: expect.stringMatching(/waited for 0 s\. Start/) });
  });

  it("is not waited for when somebody has to mend it", async () => {
    const told: string[] = [];
    const opened = await awaitDatabase(answers(wrong), { onWait: (sentence) => told.push(sentence) });
    expect([opened, told]).toEqual([wrong, []]);
  });
});

describe("PostgreSQL that cannot be opened", () => {
  let server: Server | null = null;
  afterEach(() => void server?.close());
  const listening = async (onBytes: (socket: Socket) => void): Promise<number> => {
    server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => onBytes(socket));
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  };
  /** An error as PostgreSQL's protocol sends it. */
  const refusal = (code: string) => {
    const fields = Buffer.from(`SFATAL\0C${code}\0Mno\0\0`);
    const head = Buffer.alloc(5);
    head.write("E");
    head.writeInt32BE(fields.length + 4, 1);
    return Buffer.concat([head, fields]);
  };

  it.each([
    ["does not listen", "away", null],
    ["hangs up", "away", (socket: Socket) => socket.destroy()],
    ["is starting", "away", (socket: Socket) => socket.end(refusal("57P03"))],
    ["has no room", "away", (socket: Socket) => socket.end(refusal("53300"))],
    ["knows no such password", undefined, (socket: Socket) => socket.end(refusal("28P01"))],
    ["knows no such database", undefined, (socket: Socket) => socket.end(refusal("3D000"))],
  ])("because it %s", async (_why, because, onBytes) => {
    const port = await listening(onBytes ?? (() => undefined));
    if (!onBytes) await new Promise((resolve) => server?.close(resolve));
    const opened = await openPostgres(`postgresql://coop:pw@127.0.0.1:${port}/coop`);
    expect(opened).toMatchObject({ outcome: "refused" });
    expect("because" in opened ? opened.because : undefined).toBe(because);
  });
});
