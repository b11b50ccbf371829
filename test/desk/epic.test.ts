import { afterEach, expect, it } from "@jest/globals";
import { fold } from "../../src/core/ticket/fold.ts";
import { sitDown, standUp } from "../support/desk.ts";
import { partsStory } from "../support/parts.ts";

afterEach(standUp);

it("a plan of two parts becomes two branches, the second stacked on the first", async () => {
  const seat = await sitDown();
  const number = await seat.begin();
  const script = partsStory("a", "b");
  // Without a yes to a part the run ends at that part and says how to go on with it.
  expect(await seat.work(number, script, { yes: ["split"] })).toMatchObject({
    ticket: 2,
    phase: "ready",
    exitCode: 3,
    next: "coop resume 2 --yes merge",
  });
  expect(await seat.work(2, script, { yes: ["merge"] })).toMatchObject({ phase: "merged", next: "coop resume 1" });
  expect(await seat.work(number, script, { yes: ["merge"] })).toMatchObject({
    ticket: 1,
    phase: "merged",
    exitCode: 0,
    next: null,
  });
  expect(seat.git("diff", "--name-only", "main", "coop/3").split("\n")).toEqual(["src/a.js", "src/b.js"]);
  expect(seat.git("merge-base", "coop/2", "coop/3")).toBe(seat.git("rev-parse", "coop/2"));
  const parent = fold(await seat.desk.ledgers.read(seat.desk.key(number)));
  expect(parent?.epic?.parts.map(({ issue, state }) => [issue, state])).toEqual([
    [2, "merged"],
    [3, "merged"],
  ]);
});
