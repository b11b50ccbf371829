import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { openRegistry, type Registry } from "../contracts/registry-fixture.ts";
import { closeShared, raise, type Stage, strike } from "../support/scenario.ts";
import {
  BRIEF_PROOF,
  finish,
  GREETER,
  IMPLEMENT,
  labelled,
  loudStory,
  pullOf,
  says,
  words,
} from "../support/stories.ts";

/** A repository whose packages cannot be brought in: nothing is asked for less, and a person gets on when the fault is gone. */
const REGISTRY = "npm_config_registry";
const before = process.env[REGISTRY];
const open: Registry[] = [];
afterEach(async () => {
  await strike();
  for (const one of open.splice(0)) await one.close();
  if (before === undefined) delete process.env[REGISTRY];
  else process.env[REGISTRY] = before;
});
afterAll(closeShared);

const manifest = JSON.stringify({ ...JSON.parse(GREETER["package.json"]), dependencies: { left: "1.0.0" } });
const FILES = {
  ...GREETER,
  ...BRIEF_PROOF,
  "package.json": `${manifest}\n`,
  ".npmrc": "fetch-retries=0\n",
  "test/greet.test.js": `import "left";\n${GREETER["test/greet.test.js"]}`,
};

/** Where tests fail, the first wish to finish is asked back about. */
const TWICE = { ...IMPLEMENT, turns: [...IMPLEMENT.turns, finish()] };

const unprepared = async (): Promise<{ stage: Stage; issue: number; registry: Registry }> => {
  const registry = await openRegistry([{ name: "left", files: { "index.js": "module.exports = 7;\n" } }], "fails");
  open.push(registry);
  process.env[REGISTRY] = registry.url;
  const stage = await raise(loudStory(TWICE), { files: FILES, people: { root: "admin" } });
  return { stage, issue: await labelled(stage), registry };
};
const states = async (stage: Stage, issue: number) =>
  Object.fromEntries(((await stage.ticket(issue)).proof?.items ?? []).map(({ id, state }) => [id, state]));
const merges = (stage: Stage) => stage.forge.requests.filter((one) => /\/pulls\/\d+\/merge$/.test(one.path));

describe("a ticket whose packages cannot be brought in", () => {
  it("is unknown and never merged, says what nobody has run, and is proven when the registry is back", async () => {
    const { stage, issue, registry } = await unprepared();
    const pull = pullOf(stage);
    const unknown = { verification: "unknown", "fail-to-pass": "unknown", "pass-to-pass": "unknown", done: "unknown" };
    expect(await states(stage, issue)).toMatchObject(unknown);
    expect(words(stage, pull)).toMatch(
      /npm packages \(package\.json\) could not be fetched: the registry \S+ failed on its side \(status 503\)\. Try again when it is back\..*Nobody has run the tests of this commit/,
    );
    await says(stage, "mona", pull, "/coop approve");
    expect([await stage.phase(issue), merges(stage)]).toEqual(["blocked", []]);
    registry.becomes("answers");
    await says(stage, "mona", pull, "/coop retry");
    const proven = { verification: "proven", "fail-to-pass": "proven", "pass-to-pass": "proven", done: "proven" };
    expect(await states(stage, issue)).toMatchObject(proven);
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is merged when a person accepts what nobody has run, by name and with a reason", async () => {
    const { stage, issue } = await unprepared();
    const pull = pullOf(stage);
    await says(stage, "root", pull, "/coop accept verification,fail-to-pass,pass-to-pass,done I ran them at my desk");
    expect([await stage.phase(issue), merges(stage)]).toEqual(["ready", []]);
    await says(stage, "root", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(words(stage, pull)).toContain("I ran them at my desk");
  });
});
