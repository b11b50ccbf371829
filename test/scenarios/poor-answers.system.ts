import { afterAll, afterEach, expect, it } from "@jest/globals";
import type { Failure } from "../../src/github-double/failures.ts";
import { closeShared, strike } from "../support/scenario.ts";
import { aPlan, labelled, loudStory, raiseChecked, words } from "../support/stories.ts";

/** One poor answer ends nothing, and nobody is sent away or called for it. */
afterEach(strike);
afterAll(closeShared);

type Poor = Pick<Failure, "status" | "message" | "body" | "headers">;

const ASKED: readonly (readonly [what: string, method: string, path: RegExp])[] = [
  ["a token", "POST", /access_tokens$/],
  ["a permission", "GET", /\/permission$/],
];
const ANSWERS: readonly (readonly [what: string, answer: Poor])[] = [
  ["404", { status: 404, message: "Not Found" }],
  ["451", { status: 451, message: "Repository access blocked" }],
  ["502", { status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" }],
  ["nothing", { status: 200, body: "" }],
  ["a proxy's page", { status: 200, body: "<html><body>Please sign in</body></html>" }],
  ["half an answer", { status: 200, body: '{"token": "gh', headers: { "content-type": "application/json" } }],
];

it.each(ASKED.flatMap((asked) => ANSWERS.map((answer) => [asked[0], answer[0], asked, answer[1]] as const)))(
  "asking for %s, once answered with %s",
  async (_asked, _answer, [, method, path], answer) => {
    const goal = "greet never says undefined.";
    const plan = { role: "architect" as const, when: { task: "plan" }, turns: [{ answer: aPlan({ goal }) }] };
    const stage = await raiseChecked(loudStory(plan), {}, { readRetryMs: 0 });
    stage.forge.fail({ method, path, times: 1, ...answer });
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    expect(words(stage, issue)).not.toContain("GitHub did not say");
    // A token that was none is no secret either, and the word for it stays a word.
    expect(words(stage, issue)).toContain(goal);
  },
);

const REFUSED = [...ANSWERS.slice(0, 2), ["422", { status: 422, message: "Validation Failed" }] as const];
const LATER: typeof ASKED = [
  ["the newest commit", "GET", /\/commits\/[^/]+$/],
  ["a tree", "POST", /git\/trees$/],
  ["a commit", "POST", /git\/commits$/],
  ["a branch", "POST", /git\/refs$/],
  ["a pull request", "POST", /\/pulls$/],
];

it.each(LATER.flatMap((asked) => REFUSED.map((answer) => [asked[0], answer[0], asked, answer[1]] as const)))(
  "asking for %s, once refused with %s",
  async (_asked, _answer, [, method, path], answer) => {
    const stage = await raiseChecked(loudStory(), {}, { readRetryMs: 0 });
    stage.forge.fail({ method, path, times: 1, ...answer });
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    expect((await stage.kinds(issue)).filter((kind) => kind === "halted" || kind === "step_failed")).toEqual([]);
    expect(stage.repo.numbers("pull")).toHaveLength(1);
  },
);
