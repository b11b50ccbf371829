import { expect } from "@jest/globals";
import { replay, type Replayed } from "../../src/audit/replay.ts";
import type { Stage } from "./scenario.ts";

/** Entries that the rules do not explain. */
export async function strays(stage: Stage, issue: number): Promise<Replayed[]> {
  return replay(await stage.entries(issue)).filter(({ verdict }) => verdict !== "follows");
}

/** Whatever happened: the thread shows what the database holds, and the rules explain every entry. */
export async function holds(stage: Stage, issue: number): Promise<void> {
  expect((await stage.verify(issue)).outcome).toBe("equal");
  expect(await strays(stage, issue)).toEqual([]);
}
