import { afterEach, describe, expect, it } from "@jest/globals";
import { sayable, inShell } from "../../src/cli/desk/commands.ts";
import { type Gate, gatesOf, patienceOf } from "../../src/cli/desk/options.ts";
import { sayTo } from "../../src/cli/desk.ts";
import { wordsFor } from "../../src/cli/resume.ts";
import { parseCommand } from "../../src/core/rules/command.ts";
import { fold } from "../../src/core/ticket/fold.ts";
import { phaseOf } from "../../src/core/ticket/ticket.ts";
import { nextStep } from "../../src/messages/status.ts";
import type { Model } from "../../src/models/model.ts";
import type { ScriptEntry } from "../../src/models/script.ts";
import { type Seat, sitDown, standUp, type WorkOptions } from "../support/desk.ts";
import { scripted } from "../support/scenario.ts";
import { finish, GREETER, LOUD, loudStory, REVIEWS_ONLY, write } from "../support/stories.ts";

afterEach(standUp);

/** Does in the shell what a sentence offers, word by word. @returns what was refused */
async function follow(seat: Seat, number: number, command: string, options: WorkOptions = {}): Promise<string[]> {
  const [, ticket, rest = ""] = /^coop resume (\d+)(.*)$/.exec(command) ?? [];
  expect([command, ticket]).toEqual([command, String(number)]);
  const gates = / --yes ([a-z,]+)/.exec(rest)?.[1];
  const say = [...rest.matchAll(/ --say "([^"]+)"/g)].map(([, words = ""]) => words.replace("<why>", "It is so."));
  const yes: Gate[] = gates === undefined ? [] : gatesOf(gates);
  const length = (await seat.desk.ledgers.read(seat.desk.key(number))).length;
  const { now, later } = await wordsFor(seat.desk, number, { say }, { note: () => {} });
  for (const { command: words } of now) await sayTo(seat.desk, number, words, new Date());
  await seat.work(number, loudStory(), { ...options, yes, later });
  const after = (await seat.desk.ledgers.read(seat.desk.key(number))).slice(length);
  expect(after.length).toBeGreaterThan(0);
  return after.flatMap((one) => (one.kind === "commanded" && one.data.outcome === "refused" ? [one.data.reply] : []));
}

const UNCLEAR = {
  title: "Add a loud option to greet somehow",
  body: "It should be loud, maybe for halls. Not sure about the mark.",
};
const asks: ScriptEntry = { role: "navigator", turns: [{ answer: { clear: "no", questions: ["Which part?"] } }] };
const asksForTest: ScriptEntry = {
  role: "implementer",
  when: { task: "implement" },
  turns: [
    write("src/greet.js", LOUD),
    write("test/greet.test.js", GREETER["test/greet.test.js"].replace('"greets"', '"says hello"')),
    finish({
      testChanges: [
        { file: "test/greet.test.js", test: "greets", change: "rename", to: "says hello", why: "Clearer." },
      ],
    }),
  ],
};
const away = (model: Model): Model => ({ ...model, ask: () => Promise.resolve({ outcome: "unavailable", reason: "overloaded", retryAfterMs: 3_600_000 }) }); // prettier-ignore
const cast = { modelRetry: patienceOf(0.001, undefined, false) };
const GATED = { ...GREETER, ".github/coop.yml": `planGate: always\n${REVIEWS_ONLY[".github/coop.yml"]}` };

type Stop = readonly [at: string, phase: string, stop: (seat: Seat, number: number) => Promise<unknown>, more?: object];
const STOPS: readonly Stop[] = [
  ["the plan", "plan-approval", (seat, number) => seat.work(number, loudStory())],
  ["an old test that is asked for", "test-approval", (seat, number) => seat.work(number, loudStory(asksForTest), { yes: ["plan"] })],
  ["the merge", "ready", (seat, number) => seat.work(number, loudStory(), { yes: ["plan"] })],
  ["a question", "question", (seat, number) => seat.work(number, loudStory(asks)), { ticket: UNCLEAR }],
  ["a budget that is gone", "parked", (seat, number) => seat.work(number, loudStory()), { settings: { maxUsd: 0.001 } }],
  ["a provider that is away", "blocked", (seat, number) => seat.work(number, scripted(loudStory()).map(away), { cast })],
  ["a proof that is missing", "blocked", (seat, number) => seat.work(number, loudStory(), { yes: ["plan"] }), { files: GREETER }],
  ["Ctrl-C", "parked", (seat, number) => seat.work(number, loudStory(), { signal: AbortSignal.abort() })],
]; // prettier-ignore

describe("a command that is offered at a desk works there", () => {
  it.each(STOPS)("at %s", async (_at, phase, stop, more = {}) => {
    const { files, settings, ticket } = more as { files?: typeof GREETER; settings?: object; ticket?: typeof UNCLEAR };
    const seat = await sitDown(files ?? GATED);
    const number = await seat.begin(settings, ticket);
    expect(await stop(seat, number)).toMatchObject({ phase, next: expect.stringMatching(/^coop resume 1/) });
    const ending = fold(await seat.desk.ledgers.read(seat.desk.key(number)));
    if (!ending) throw new Error("The ticket did not begin");
    const told = ending.halt ? ending.halt.next : [nextStep(ending)];
    const [first = ""] = told.map((line) => inShell(line, number, phaseOf(ending)));
    expect(inShell(first, number, phaseOf(ending))).not.toContain("`/coop");
    expect(await follow(seat, number, /`(coop resume [^`]+)`/.exec(first)?.[1] ?? first)).toEqual([]);
  });

  it("for each thing that can be said", () => {
    const usages = sayable().split("\n").map((line) => line.trim().split("  ")[0] ?? ""); // prettier-ignore
    expect(usages.length).toBeGreaterThan(12);
    const filled = (usage: string) =>
      usage
        .replace("<item>[,<item>]", "verification,scope")
        .replace("<finding>", "F-0a1b2c3d")
        .replace("<role>=<model>", "reviewer=opus")
        .replace("<usd>", "1")
        .replace("<part>", "2")
        .replace(/<\w+>/g, "words");
    expect(usages.map((usage) => parseCommand(filled(usage))?.outcome ?? usage)).toEqual(usages.map(() => "command"));
  });

  it.each([
    ["`/coop retry` runs the step again", "blocked", '`coop resume 3 --say "/coop retry"` runs the step again'],
    ["`/coop resume` continues the ticket", "parked", "`coop resume 3` continues the ticket"],
    ["`/coop approve` accepts exactly these files", "blocked", '`coop resume 3 --say "/coop approve"` accepts exactly these files'],
    ["`/coop status` shows it, `/coop help` lists all", null, "`coop explain 3` shows it, `coop resume --help` lists all"],
    ["`/coop nonsense` is not a command", null, "`/coop nonsense` is not a command"],
  ] as const)("%s", (text, phase, words) => expect(inShell(text, 3, phase)).toBe(words)); // prettier-ignore
});

const PARK_UNDONE = "/coop resume";
const budget = "/coop budget +1";
const assign = "/coop assign reviewer=opus";
const TO_PARKED: readonly (readonly [say: readonly string[], now: readonly string[], later: readonly string[]])[] = [
  [[], [PARK_UNDONE], []],
  [["/coop help"], ["/coop help"], []],
  [["/coop staus", "/coop explain"], ["/coop staus", "/coop explain"], []],
  [["/coop stop"], ["/coop stop"], []],
  [["/coop rework Shorter."], [PARK_UNDONE], ["/coop rework Shorter."]],
  [["Only for CSV."], [PARK_UNDONE], ["Only for CSV."]],
  [["/coop approve", "/coop status", budget], ["/coop status", budget, PARK_UNDONE], ["/coop approve"]],
  [[assign], [assign, PARK_UNDONE], []],
  [["/coop retry"], ["/coop retry"], []],
  [["/coop park", budget], ["/coop park", budget], []],
  [["/coop resume", "/coop park"], ["/coop resume", "/coop park"], []],
  // What leaves no choice is the command; free text may still be the answer to what the ticket asks once it goes on.
  [["stop"], ["/coop stop"], []],
  [["approve"], [PARK_UNDONE], ["/coop approve"]],
  [["Stop at 30 characters."], [PARK_UNDONE], ["Stop at 30 characters."]],
  [["Retry three times."], [PARK_UNDONE], ["Retry three times."]],
  [["Rework the parser first."], [PARK_UNDONE], ["Rework the parser first."]],
];

describe("a ticket that a person parked", () => {
  it("goes on where somebody wants that, and not where they only ask something or end it", async () => {
    const seat = await sitDown();
    const number = await seat.begin();
    await seat.work(number, loudStory(), { signal: AbortSignal.abort() });
    for (const [say, ...wanted] of TO_PARKED) {
      const { now, later } = await wordsFor(seat.desk, number, { say }, { note: () => {} });
      const words = [now, later].map((all) => all.map(({ command }) => command));
      expect([say, ...words]).toEqual([say, ...wanted]);
    }
    await sayTo(seat.desk, number, "/coop help", new Date());
    expect(await seat.work(number, loudStory())).toMatchObject({ phase: "parked", exitCode: 3, spend: { calls: 0 } });
  });

  it("is told that words are no command and no answer, before it goes on or after", async () => {
    const seat = await sitDown({
      ...GREETER,
      ".github/coop.yml": `planGate: always\n${REVIEWS_ONLY[".github/coop.yml"]}`,
    });
    const number = await seat.begin();
    const notes: string[] = [];
    const note = (sentence: string) => void notes.push(sentence);
    await seat.work(number, loudStory(), { later: [{ command: "looks good" }], note });
    expect(notes.slice(1)).toEqual([
      expect.stringMatching(/^--say "looks good" is no command, and no question is open\. /),
    ]);
    const says = (...say: string[]) => wordsFor(seat.desk, number, { say }, { note });
    await expect(says("looks good")).rejects.toThrow(/^--say "looks good" is no command/);
    for (const [said, command] of [
      ["approve", "/coop approve"],
      ["rework: keep it short", "/coop rework keep it short"],
      [" /coop approve", "/coop approve"],
      ["/coop aprove", "/coop aprove"],
      ["budget +2", "/coop budget +2"],
    ] as const)
      expect((await says(said)).now).toEqual([{ command }]);
  });
});
