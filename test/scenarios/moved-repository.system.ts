import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { labelled, loudStory, policy, pullOf, raiseChecked, says } from "../support/stories.ts";

/** Repositories get other names, other owners and other installations while a ticket is under way. */
afterEach(strike);
afterAll(closeShared);

let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
let count = 0;
const raised = (file: string) =>
  raiseChecked(loudStory(), { fullName: `acme/${file}${++count}`, files: policy("planGate: always") }, { now });

/** From the plan's approval to the merge, by people who only know today's name. */
const toTheEnd = async (stage: Stage, issue: number) => {
  await says(stage, "mona", issue, "/coop approve");
  expect(await stage.phase(issue)).toBe("ready");
  await says(stage, "mona", pullOf(stage), "/coop approve");
  expect(await stage.phase(issue)).toBe("merged");
  expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
  expect(stage.said(issue).filter((text) => text.includes("coop:status"))).toHaveLength(1);
};

type Move = readonly [what: string, move: (stage: Stage) => void];

const MOVES: readonly Move[] = [
  [
    "gets a name, whose old one another repository takes",
    (stage) => {
      const before = stage.repo.fullName;
      stage.repo.rename("acme", `moved${count}`);
      const taken = stage.forge.createRepo({ fullName: before, people: { mona: "write" } });
      taken.openIssue("mona", { title: "Something else", body: "In another repository." });
    },
  ],
  [
    "gets another name and owner, and a new installation, in turn",
    (stage) => {
      stage.forge.installOn("initech");
      stage.repo.rename("acme", `first${count}`);
      stage.repo.transferTo("acme", "initech");
      stage.forge.reinstall("initech");
      stage.repo.rename("initech", `second${count}`);
    },
  ],
];

describe("a ticket whose repository", () => {
  it.each(MOVES)("%s goes on and is merged", async (_, move) => {
    const stage = await raised("told");
    const issue = await labelled(stage);
    move(stage);
    await stage.settle();
    await toTheEnd(stage, issue);
  });

  it.each(MOVES)("%s while nobody listens goes on by its old address", async (_, move) => {
    const stage = await raised("untold");
    const issue = await labelled(stage);
    stage.forge.setDelivery("drop");
    move(stage);
    stage.forge.setDelivery("send");
    // The token of before is good for an hour.
    offsetMs += 2 * 60 * 60_000;
    await stage.restart();
    await stage.wake(issue);
    await toTheEnd(stage, issue);
  });
});

it("keeps apart two repositories that had one name in turn", async () => {
  const stage = await raised("name");
  const first = await labelled(stage);
  const before = stage.repo.fullName;
  stage.repo.rename("acme", `other${count}`);
  const second = stage.forge.createRepo({ fullName: before, people: { mona: "write" } });
  const issue = second.openIssue("mona", {
    title: "Write down what this is",
    body: "The README says nothing of its use.",
  });
  expect(issue).toBe(first);
  second.addLabel("mona", issue, "coop");
  await stage.settle();
  await says(stage, "mona", first, "/coop stop");
  expect(await stage.phase(first)).toBe("stopped");
  expect(second.thread(issue).labels.some((label) => label.startsWith("coop:"))).toBe(true);
  const keys = (await stage.app().world.index.all(1000))
    .map((one) => one.ticket)
    .filter((key) => key.startsWith(before));
  expect(keys).toHaveLength(2);
});

it("goes on by its thread when the database was lost as well", async () => {
  const stage = await raised("lost");
  const issue = await labelled(stage);
  stage.repo.rename("acme", `found${count}`);
  await stage.settle();
  await stage.wipe(issue);
  await stage.sql("DELETE FROM repositories");
  await stage.restart();
  await stage.settle();
  expect((await stage.kinds(issue)).at(-1)).toBe("ledger_rebuilt");
  await toTheEnd(stage, issue);
});
