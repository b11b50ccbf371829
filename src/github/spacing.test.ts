import { describe, expect, it } from "@jest/globals";
import { guardedForge } from "../flow/guarded-forge.ts";
import { type Forge, lastLook } from "../forge/forge.ts";
import { spacing } from "./spacing.ts";

const GAP_MS = 30;

describe("the pause between two writes", () => {
  it("keeps those of one installation apart, and others out of it", async () => {
    const { key } = spacing(GAP_MS);
    const began = performance.now();
    const at: number[] = [];
    const write = async (id: string) => key(id).schedule({}, async () => at.push(performance.now() - began));
    await Promise.all([write("a"), write("b"), write("a"), write("a")]);
    expect(at.filter((ms) => ms < GAP_MS / 2)).toHaveLength(2);
    expect(Math.max(...at)).toBeGreaterThanOrEqual(2 * GAP_MS - 2);
  });

  it("does not wait an hour because the wall clock was set back", async () => {
    const { key } = spacing(GAP_MS);
    const real = Date.now;
    await key("a").schedule({}, async () => undefined);
    try {
      Date.now = () => real() - 3_600_000;
      const began = performance.now();
      await key("a").schedule({}, async () => undefined);
      expect(performance.now() - began).toBeLessThan(1_000);
    } finally {
      Date.now = real;
    }
  });

  it("asks once more when it is over: whoever lost the ticket meanwhile writes nothing", async () => {
    const { key } = spacing(GAP_MS);
    const sent: string[] = [];
    let isMine = true;
    const comment = (_number: number, body: string) =>
      key("a").schedule({}, async () => {
        sent.push(body);
        return { id: 1 };
      });
    const lost = async () => {
      if (!isMine) throw new Error("the lease was lost");
    };
    const others = {
      get: (acts: object, name: string) => (name === "comment" ? Reflect.get(acts, name) : async () => undefined),
    };
    const forge = guardedForge(new Proxy({ comment }, others) as unknown as Forge, lost);
    await forge.comment(1, "first");
    const second = forge.comment(1, "second");
    isMine = false;
    await expect(second).rejects.toThrow("the lease was lost");
    expect(sent).toEqual(["first"]);
    expect(lastLook.getStore()).toBeUndefined();
  });
});
