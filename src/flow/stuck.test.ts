import { expect, it } from "@jest/globals";
import { TEST_TICKET } from "../../test/support/builders.ts";
import { draft, PLANNED, READY } from "../../test/support/ledgers.ts";
import type { Lane } from "../queue/queue.ts";
import { tellStuck } from "./stuck.ts";
import { paper } from "./thread.fixture.ts";
import type { World } from "./world.ts";

/** A ticket whose job failed for good: who is told, and how often. */
function stage(over: object = {}) {
  const there = paper(PLANNED);
  const logged: object[] = [];
  const accesses: object[] = [];
  const world = {
    ...there.world,
    log: { info: () => undefined, warn: () => undefined, error: (about: object) => void logged.push(about) },
    ledgers: { ...there.world.ledgers, length: async () => there.book().entries.length },
    index: { get: async () => ({ ticket: TEST_TICKET }) },
    inbox: { pending: async () => [] },
    repositories: {
      placesOf: async ([name]: readonly string[]) =>
        new Map([[name, { owner: "acme", name: "tally", installationId: 7, repositoryId: 9 }]]),
      placeOf: async () => null,
    },
    forge: (access: object) => (accesses.push(access), there.forge),
    ...over,
  } as unknown as World;
  return {
    ...{ logged, accesses, ...there },
    tell: (lane: Lane = "work") => tellStuck(world, { ticket: TEST_TICKET, lane }),
    words: () => there.thread.map(({ on, body }) => `${on}: ${body.split("\n")[0]}`),
  };
}

it("is told of in its thread, once, and in the log each time", async () => {
  const { tell, words, logged, accesses } = stage();
  await tell();
  await tell();
  expect(words()).toEqual([expect.stringMatching(/^12: .*stuck/)]);
  expect(logged).toEqual(Array(2).fill({ ticket: TEST_TICKET, lane: "work" }));
  expect(accesses[0]).toEqual({
    ...{ owner: "acme", name: "tally", forge: { kind: "github", installationId: 7, repositoryId: 9 } },
  });
});

it("is told of anew when it moved on and sticks again", async () => {
  const { tell, words, grow } = stage();
  await tell();
  grow(READY.slice(PLANNED.length).slice(0, 1).concat(draft("halted")));
  await tell();
  expect(words()).toHaveLength(2);
});

it("is told of although its ledger cannot be read, which may be why it is stuck", async () => {
  const broken = { read: () => Promise.reject(new Error("broken")), length: async () => 3 };
  const { tell, words } = stage({ ledgers: broken });
  await tell();
  expect(words()).toHaveLength(1);
});

it("is found again where the process died before that was noted, and is not said twice", async () => {
  const { tell, words, fails } = stage();
  fails("unnoted");
  await expect(tell()).rejects.toThrow("away");
  fails("no");
  await tell();
  expect(words()).toHaveLength(1);
});

it("that only an inbox knows is told of, too: somebody spoke, and nobody heard", async () => {
  const { tell, words } = stage({ index: { get: async () => null }, inbox: { pending: async () => [{ source: "comment:5" }] } }); // prettier-ignore
  await tell();
  expect(words()).toHaveLength(1);
});

it.each<[string, object, Lane]>([
  ["a pull request that is no ticket, which has a check for it", {}, "guard"],
  ["a repository that nobody knows any more", { repositories: { placesOf: async () => new Map() } }, "work"],
  ["what is no ticket at all", { index: { get: async () => null } }, "work"],
])("says nothing in the thread of %s", async (_what, over, lane) => {
  const { tell, words, logged } = stage(over);
  await tell(lane);
  expect([words(), logged]).toEqual([[], [{ ticket: TEST_TICKET, lane }]]);
});
