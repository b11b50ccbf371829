import { Writable } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import { serverLog } from "../../src/log.ts";

const CANARY = "Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0";

/** One line of the log for each call. */
function logged(write: (log: ReturnType<typeof serverLog>) => void): string {
  let out = "";
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      out += chunk.toString();
      done();
    },
  });
  write(serverLog("info", [CANARY], sink));
  return out;
}

describe("the server's log", () => {
  const base64 = Buffer.from(CANARY).toString("base64");
  it.each<[string, (log: ReturnType<typeof serverLog>) => void]>([
    ["in a message", (log) => log.info(`It said ${CANARY}`)],
    ["in a field, far down", (log) => log.info({ a: { b: [{ c: { d: { e: `x ${CANARY}` } } }] } }, "told")],
    ["in an error", (log) => log.error(new Error(CANARY))],
    ["in an error's fields", (log) => log.error({ error: Object.assign(new Error("x"), { url: CANARY }) }, "x")], // prettier-ignore
    ["in base64", (log) => log.warn({ header: base64 }, "x")],
    ["in words put into a message", (log) => log.info("It said %s", CANARY)],
    ["in a child's field", (log) => log.child({ name: CANARY }).info("x")],
  ])("holds no secret %s", (_where, write) => {
    const out = logged(write);
    expect(out).not.toContain(CANARY);
    expect(out).not.toContain(base64);
    expect(out).toContain("[redacted]");
  });

  it.each([
    ["bytes", (text: string) => Buffer.from(text)],
    ["wide characters", (text: string) => [...Buffer.from(text, "utf16le")]],
    ["wide characters the other way round", (text: string) => [...Buffer.from(text, "utf16le").swap16()]],
  ])("is still read line by line where a secret stood in a list of %s", (_what, spell) => {
    const out = logged((log) => log.info({ list: spell(CANARY) }, "told"));
    expect(out).toContain("[redacted]");
    expect(out).not.toMatch(/\d+,(?:0,)?\d+,(?:0,)?\d+,(?:0,)?\d+/);
    expect(JSON.parse(out)).toMatchObject({ level: 30 });
  });

  it("holds nobody's key by its field, and leaves counts as they are", () => {
    const out = logged((log) => log.info({ deep: { authorization: "short" }, outputTokens: 12 }, "x"));
    expect(out).toContain('"authorization":"[redacted]"');
    expect(out).toContain('"outputTokens":12');
  });

  it("knows such fields at any depth, and writes bytes without harm", () => {
    const out = logged(
      (log) =>
      log.error({ a: { b: { c: { d: { apiKey: "short1", "Set-Cookie": ["short2"] } } } }, output: Buffer.from("x"), err: Object.assign(new Error("y"), { stdout: Buffer.from("z") }) }, "x"), // prettier-ignore
    );
    expect(out).not.toMatch(/short[12]/);
    expect(out).toContain('"output":{"type":"Buffer"');
    expect(() => JSON.parse(out) as unknown).not.toThrow();
  });
});
