import { describe, expect, it } from "@jest/globals";
import { type Silence, silenceOf, type Watched } from "./silence.ts";

/** Looks after so many milliseconds of a processor; a word was heard where it says so. */
async function watched(looks: readonly (number | "heard")[], silentMs: number, canTell = true): Promise<Silence[]> {
  const said: Silence[] = [];
  let used = 0;
  const thread: Watched = canTell ? { cpuUsage: async () => ({ user: used * 900, system: used * 100 }) } : {};
  const silence = silenceOf(thread, silentMs, (as) => said.push(as));
  for (const one of looks) {
    if (one === "heard") silence.heard();
    else {
      used += one;
      await silence.look();
    }
  }
  return said;
}

const times = (count: number, ms: number) => Array.from({ length: count }, () => ms);

describe("the silence of a thread", () => {
  it("is too long by what it used, and not by the clock", async () => {
    expect(await watched([500, ...times(5, 1_000)], 5_000)).toEqual([]);
    expect(await watched([500, ...times(6, 1_000)], 5_000)).toEqual(["silent"]);
    // A busy machine: a tenth of a processor.
    expect(await watched(times(50, 90), 5_000)).toEqual([]);
  });

  it("begins anew with each word", async () => {
    expect(await watched([500, ...times(5, 1_000), "heard", 500, ...times(5, 1_000)], 5_000)).toEqual([]);
    expect(await watched([...times(49, 0), "heard", ...times(50, 0)], 5_000)).toEqual([]);
  });

  it("has an end where it gets no processor at all", async () => {
    expect(await watched(times(50, 0), 5_000)).toEqual([]);
    expect(await watched(times(51, 0), 5_000)).toEqual(["starved"]);
  });

  it("is counted in looks where the thread cannot tell", async () => {
    expect(await watched(times(5, 0), 5_000, false)).toEqual([]);
    expect(await watched(times(6, 0), 5_000, false)).toEqual(["silent"]);
  });

  it("says nothing of a thread that came to its end while it was asked", async () => {
    const said: Silence[] = [];
    let used = 0;
    const thread = { cpuUsage: async () => ({ user: (used += 9_000_000), system: 0 }) };
    const silence = silenceOf(thread, 5_000, (as) => said.push(as));
    await silence.look();
    const asked = silence.look();
    silence.end();
    await asked;
    expect(said).toEqual([]);
  });

  it("is not known where the thread is gone", async () => {
    const said: Silence[] = [];
    const thread = { cpuUsage: () => Promise.reject(new Error("It is not running")) };
    await silenceOf(thread, 5_000, (as) => said.push(as)).look();
    expect(said).toEqual([]);
  });
});
