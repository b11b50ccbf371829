import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { isOfWhatWasAsked } from "../store/database.ts";
import { together } from "./together.ts";

/** Rounds that end when the test says so. */
function rounds(atOnceMax = 100, roundsMax = 1, waitingMax = 1_000, besideAfterMs = 0) {
  const begun: { readonly all: readonly number[]; end(): void; fail(error: Error): void }[] = [];
  const work = (all: readonly number[]) =>
    new Promise<readonly string[]>((resolve, reject) =>
      begun.push({ all, end: () => resolve(all.map((one) => `done ${one}`)), fail: reject }),
    );
  return { begun, add: together(work, { atOnceMax, roundsMax, besideAfterMs, waitingMax }, isOfWhatWasAsked) };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("what comes in together", () => {
  it("goes at once when it comes alone, and in one round when it comes meanwhile", async () => {
    const { begun, add } = rounds();
    const first = add(1);
    await turn();
    const others = [add(2), add(3), add(4)];
    expect(begun.map(({ all }) => all)).toEqual([[1]]);
    begun[0]?.end();
    expect(await first).toBe("done 1");
    await turn();
    await turn();
    expect(begun.map(({ all }) => all)).toEqual([[1], [2, 3, 4]]);
    begun[1]?.end();
    expect(await Promise.all(others)).toEqual(["done 2", "done 3", "done 4"]);
  });

  it("is told that it is done only when its round is", async () => {
    const { begun, add } = rounds();
    let told = false;
    void add(1).then(() => (told = true));
    await turn();
    await turn();
    expect(told).toBe(false);
    begun[0]?.end();
    await turn();
    expect(told).toBe(true);
  });

  it("is taken in rounds of at most so many", async () => {
    const { begun, add } = rounds(2);
    const all = [1, 2, 3, 4, 5].map(add);
    for (let round = 0; round < 3; round++) {
      await turn();
      await turn();
      begun[round]?.end();
    }
    await Promise.all(all);
    expect(begun.map(({ all: one }) => one)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("may be in two rounds at a time, and what comes while both are under way waits for the first that ends", async () => {
    const { begun, add } = rounds(100, 2);
    const come = async (...numbers: number[]) => {
      const all = Promise.all(numbers.map(add));
      for (let turns = 0; turns < 5; turns++) await turn();
      return { all };
    };
    const told = [await come(1, 2), await come(3), await come(4, 5)];
    expect(begun.map(({ all }) => all)).toEqual([[1, 2], [3]]);
    begun[1]?.end();
    expect(await told[1]?.all).toEqual(["done 3"]);
    for (let turns = 0; turns < 5; turns++) await turn();
    expect(begun.map(({ all }) => all)).toEqual([[1, 2], [3], [4, 5]]);
    begun[2]?.end();
    begun[0]?.end();
    expect(await told[0]?.all).toEqual(["done 1", "done 2"]);
    expect(await told[2]?.all).toEqual(["done 4", "done 5"]);
  });

  it("is taken by halves where it is much, so that those of one half come again while the other is under way", async () => {
    const { begun, add } = rounds();
    const numbers = (from: number, many: number) => Array.from({ length: many }, (_, at) => from + at);
    const all = numbers(1, 40).map(add);
    const sizes = () => begun.map(({ all: one }) => one.length);
    const next = async () => {
      begun.at(-1)?.end();
      for (let turns = 0; turns < 8; turns++) await turn();
    };
    for (let turns = 0; turns < 8; turns++) await turn();
    expect(sizes()).toEqual([20]);
    await next();
    all.push(...numbers(41, 20).map(add));
    await next();
    all.push(...numbers(61, 20).map(add));
    expect(sizes()).toEqual([20, 20, 20]);
    for (let left = 0; left < 5; left++) await next();
    expect(await Promise.all(all)).toHaveLength(80);
    expect(begun.flatMap(({ all: one }) => one)).toEqual(numbers(1, 80));
  });

  it("waits for what is arriving just now, and only for that", async () => {
    const { begun, add } = rounds();
    let came = 0;
    const come = () => {
      // First, so that each turn brings one before the round looks.
      if (came < 20) setImmediate(come);
      void add(++came);
    };
    come();
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(begun[0]?.all.length).toBeGreaterThan(2);
    expect(begun[0]?.all.length).toBeLessThan(10);
  });

  it("is refused at once when too many wait, and there is room again when they are through", async () => {
    const { begun, add } = rounds(2, 1, 3);
    const first = [add(1), add(2)];
    for (let turns = 0; turns < 5; turns++) await turn();
    const waiting = [3, 4, 5].map(add);
    await expect(add(6)).rejects.toThrow("3 wait already");
    begun[0]?.end();
    await Promise.all(first);
    for (let turns = 0; turns < 5; turns++) await turn();
    const later = add(7);
    begun[1]?.end();
    for (let turns = 0; turns < 5; turns++) await turn();
    begun[2]?.end();
    expect(await Promise.all([...waiting, later])).toEqual([3, 4, 5, 7].map((one) => `done ${one}`));
  });
});

describe("a round that is slow", () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask", "nextTick"] }));
  afterEach(() => void jest.useRealTimers());
  const settled = async () => {
    for (let turns = 0; turns < 8; turns++) await turn();
  };
  const pass = async (ms: number) => {
    jest.advanceTimersByTime(ms);
    await settled();
  };
  const slow = (roundsMax = 2) => {
    const { begun, add } = rounds(100, roundsMax, 1_000, 50);
    const come = async (...numbers: number[]) => {
      const all = Promise.all(numbers.map(add));
      await settled();
      return { all };
    };
    return { begun, add, come, taken: () => begun.map(({ all }) => all) };
  };

  it("is waited for by nobody longer than that it is known to be slow, also where nobody comes later", async () => {
    const { begun, come, taken } = slow();
    await come(1, 2);
    await pass(10);
    const late = await come(3);
    await pass(39);
    expect(taken()).toEqual([[1, 2]]);
    await pass(1);
    expect(taken()).toEqual([[1, 2], [3]]);
    begun[1]?.end();
    expect(await late.all).toEqual(["done 3"]);
  });

  it("is passed at once by all who come while it is still the oldest, however young the one beside it was", async () => {
    const { begun, come, taken } = slow();
    await come(0);
    await pass(100);
    for (let number = 1; number <= 20; number++) {
      const one = await come(number);
      expect(taken().at(-1)).toEqual([number]);
      await pass(3);
      begun[number]?.end();
      expect(await one.all).toEqual([`done ${number}`]);
      await pass(17);
    }
  });

  it("is passed by as many rounds as there may be, as soon as the oldest is slow", async () => {
    const { come, taken } = slow(3);
    await come(...Array.from({ length: 40 }, (_, at) => at + 1));
    await pass(49);
    expect(taken().map((all) => all.length)).toEqual([20]);
    await pass(1);
    expect(taken().map((all) => all.length)).toEqual([20, 10, 8]);
  });

  it("is slow by the time that its work takes, and not by that for which it waited for company", async () => {
    const { add, come, taken } = slow();
    void add(1);
    jest.advanceTimersByTime(30);
    await settled();
    await come(2);
    await pass(49);
    expect(taken()).toEqual([[1]]);
    await pass(1);
    expect(taken()).toEqual([[1], [2]]);
  });

  it("does not keep those whom it left behind because they were many", async () => {
    const { begun, come, taken } = slow();
    const all = Array.from({ length: 40 }, (_, at) => at + 1);
    await come(...all);
    expect(taken()).toEqual([all.slice(0, 20)]);
    await pass(50);
    expect(taken().flat().length).toBeGreaterThan(20);
    begun[1]?.end();
    await settled();
    begun[2]?.end();
    await settled();
    expect(taken().flat()).toEqual(all);
  });

  it("has nobody go beside one that is quick: neither while it is under way nor when the slow one has ended", async () => {
    const { begun, come, taken } = slow();
    await come(1);
    await pass(49);
    const two = await come(2);
    begun[0]?.end();
    await settled();
    await come(3);
    await pass(49);
    expect(taken()).toEqual([[1], [2]]);
    await pass(1);
    expect(taken()).toEqual([[1], [2], [3]]);
    await come(4);
    begun[1]?.end();
    expect(await two.all).toEqual(["done 2"]);
    await pass(49);
    expect(taken()).toEqual([[1], [2], [3]]);
    begun[2]?.end();
    await settled();
    expect(taken()).toEqual([[1], [2], [3], [4]]);
  });
});

/** What a database says, by its SQLSTATE. */
const sqlError = (code: string) => Object.assign(new Error(code), { code });

describe("a round that fails", () => {
  const failing = (error: Error) => {
    const asked: number[][] = [];
    const add = together(
      async (all: readonly number[]) => {
        asked.push([...all]);
        await turn();
        if (all.includes(3)) throw error;
        return all;
      },
      { atOnceMax: 100, roundsMax: 1, besideAfterMs: 0, waitingMax: 1_000 },
      isOfWhatWasAsked,
    );
    return { asked, add };
  };

  it.each([
    ["a text that the database cannot hold", sqlError("22021")],
    ["a broken constraint", sqlError("23505")],
    ["a deadlock", sqlError("40P01")],
    ["code that stumbles over one of them", new TypeError("undefined is not a function")],
  ])("fails by %s: that one is alone in it", async (_what, error) => {
    const { add } = failing(error);
    const ended = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map(add));
    expect(ended.flatMap(({ status }, index) => (status === "rejected" ? [index + 1] : []))).toEqual([3]);
    expect(await add(8)).toBe(8);
  });

  it.each([
    ["a database that is away", Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })],
    ["a connection that broke", new Error("Connection terminated unexpectedly")],
    ["a statement that is not answered", new Error("Query read timeout")],
    ["a statement that takes too long", sqlError("57014")],
    ["a lock that somebody holds", sqlError("55P03")],
    ["a server without room", sqlError("53300")],
  ])("fails by %s: everybody in it is told at once, and nothing is asked again", async (_what, error) => {
    const { asked, add } = failing(error);
    const ended = await Promise.allSettled([1, 2, 3, 4].map(add));
    expect(ended.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
    expect(asked).toEqual([[1, 2, 3, 4]]);
    expect(await add(8)).toBe(8);
  });
});
