import { describe, expect, it } from "@jest/globals";
import { aDraft, aTicket, entriesOf, storyDrafts } from "../../../test/support/builders.ts";
import { COMMANDS, parseCommand, type Verb } from "../../core/rules/command.ts";
import { type Asked, boundIn, commandIn, nextSaid, slipIn } from "./words.ts";

const OPEN: Asked = "a question is open";
const NONE: Asked = "nothing is asked";

/** Honest answers, each of which begins with a word that is a command of ours. */
const ANSWERS: Readonly<Record<Verb, string>> = {
  approve: "Approve only requests of members.",
  split: "Split on commas, not on blanks.",
  skip: "Skip empty lines.",
  rework: "Rework the parser, too.",
  answer: "Answer in JSON when --json is given.",
  accept: "Accept mutation of the input, callers copy it.",
  dismiss: "Dismiss the dialog on Escape.",
  park: "Park the rest for a later ticket.",
  resume: "Resume from the last offset.",
  retry: "Retry three times, then give up.",
  stop: "Stop at 30 characters.",
  status: "Status codes stay as they are.",
  explain: "Explain it in the README.",
  assign: "Assign role=admin to the first user.",
  budget: "Budget is 30 ms a call.",
  review: "Review the old entries as well.",
  proof: "Proof is not needed for drafts.",
  help: "Help text only.",
};
const verbs = COMMANDS.map(({ verb }) => verb);

describe("words at a desk", () => {
  it.each(verbs)("that begin with `%s` are the answer while a question is open, however short they are", (verb) => {
    const words = ANSWERS[verb];
    for (const said of [
      words,
      words.toUpperCase(),
      `${verb}`,
      `${verb}.`,
      `\`${verb}\``,
      `**${verb}** it`,
      `${verb}: it`,
    ])
      expect(parseCommand(commandIn(said, OPEN) ?? "")).toMatchObject({ command: { verb: "answer", text: said } });
  });

  it.each(verbs)("that begin with `%s` are no command without a question, but in its own form", (verb) => {
    const { outcome } = parseCommand(commandIn(ANSWERS[verb], NONE) ?? "");
    // Any words after these are their form, and `mutation` is something that can be accepted.
    expect(outcome).toBe(["rework", "answer", "accept"].includes(verb) ? "command" : "none");
  });

  it.each(COMMANDS)("say `$verb` by what /coop $verb is", ({ example }) => {
    const bare = example.replace("/coop ", "");
    for (const said of [bare, ` ${bare}`, example, `\`${example}\``, `**${example}**`])
      expect([said, parseCommand(commandIn(said, NONE) ?? "")]).toEqual([said, parseCommand(example)]);
    for (const said of [example, `\`${example}\``, example.toUpperCase()])
      expect(parseCommand(commandIn(said, OPEN) ?? "").outcome).toBe("command");
  });

  it.each<readonly [words: string, asked: Asked, wanted: string | null]>([
    ["approve", NONE, "/coop approve"],
    ["Approve.", NONE, "/coop approve"],
    ["rework: keep it short", NONE, "/coop rework keep it short"],
    ["**rework** keep `a` short", NONE, "/coop rework keep `a` short"],
    ["`src/a.js` is wrong", NONE, null],
    ["`stop` is the flag's name", NONE, null],
    ["- approve", NONE, "/coop approve"],
    ["- [x] approve", NONE, "/coop approve"],
    ["> approve", NONE, "/coop approve"],
    ["*approve*", NONE, "/coop approve"],
    ["_Approve_", NONE, "/coop approve"],
    ['"approve"', NONE, "/coop approve"],
    ["- `/coop approve`", NONE, "/coop approve"],
    ["- /coop approve", NONE, "/coop approve"],
    ["/approve", NONE, "/coop approve"],
    ["coop approve", NONE, "/coop approve"],
    ["- rework: keep it short", NONE, "/coop rework keep it short"],
    ["- [ ] approve", NONE, null],
    ["- approve\n- park", NONE, null],
    ["- approve the plan later", NONE, null],
    ['"approve" is not what I want', NONE, null],
    ["/approve/ is a pattern", NONE, null],
    ["coop approves it", NONE, null],
    ["~approve~", NONE, null],
    ["- stop", OPEN, "/coop answer - stop"],
    ['"/coop stop"', OPEN, '/coop answer "/coop stop"'],
    ["looks good", NONE, null],
    ["approval is fine", NONE, null],
    ["wait", NONE, null],
    ["", NONE, null],
    ["", OPEN, null],
    ["cancel", OPEN, "/coop answer cancel"],
    ["wait", OPEN, "/coop answer wait"],
    ["`src/a.js` alone.", OPEN, "/coop answer `src/a.js` alone."],
    ["`/coop park`", OPEN, "/coop park"],
    ["/coop staus", OPEN, "/coop staus"],
    ["/coop", OPEN, "/coop"],
    ["`/coop stop` must not end it.", OPEN, "/coop answer `/coop stop` must not end it."],
    ["/cooperate with the old flag", OPEN, "/coop answer /cooperate with the old flag"],
    ["/coop-files stays", OPEN, "/coop answer /coop-files stays"],
  ])("%j, %s: %p", (words, asked, wanted) => expect(commandIn(words, asked)).toBe(wanted));

  it("are one answer, also when a line further down looks like a command", () => {
    const said = "The words that end a ticket are\n/coop stop\n\n/coop park";
    const command = commandIn(said, OPEN) ?? "";
    expect(parseCommand(command)).toMatchObject({ command: { verb: "answer", text: said } });
  });

  it.each([
    ["budget 2", " Did you mean `/coop budget +2`?"],
    ["aprove", " Did you mean `/coop approve`?"],
    ["assign revewer=opus", " Did you mean `/coop assign reviewer=opus`?"],
    ["Stop at 30 characters.", ""],
    ["looks good", ""],
    ["Prove it first.", ""],
  ])("that are almost a command are told what was meant: %j", (words, hint) => expect(slipIn(words)).toBe(hint));
});

const WAITING = ["/coop rework Shorter.", "Only for CSV.", "Stop at 30 characters.", "rework it", "Answer in JSON."];

it.each(WAITING)("words to a parked ticket wait as they are: %j", (words) => expect(boundIn(words)).toBe(words));

it("a yes that was said beforehand is none to old tests that nobody had named then", () => {
  const drafts = storyDrafts();
  const at = drafts.findIndex(({ kind }) => kind === "implemented");
  const GREETS = { file: "test/greet.test.js", test: "greets", change: "delete", to: null, why: "It shouts." } as const;
  const asks = aDraft("implemented", { testChanges: [GREETS] });
  const asking = aTicket(entriesOf([...drafts.slice(0, at), asks, aDraft("pull_request_opened")]));
  const notes: string[] = [];
  const said = ["/coop approve", "rework Keep it."].map((command) => ({ command }));
  expect(nextSaid(said, asking, (note) => notes.push(note))?.command).toBe("/coop rework Keep it.");
  expect(notes).toEqual([expect.stringContaining("before anybody knew which old tests")]);
});

it("words said beforehand are an answer or a command by what the ticket then asks", () => {
  const drafts = storyDrafts();
  const still = aTicket(entriesOf(drafts.slice(0, 3)));
  const asking = aTicket(entriesOf([...drafts.slice(0, 2), aDraft("question_asked")]));
  const notes: string[] = [];
  const said = (...words: string[]) => words.map((command) => ({ command }));
  const next = (words: string[], ticket = still) =>
    nextSaid(said(...words), ticket, (note) => notes.push(note))?.command;
  expect(next(["rework it"])).toBe("/coop rework it");
  expect(next(["rework it"], asking)).toBe("/coop answer rework it");
  expect(next(["looks good", "/coop retry"])).toBe("/coop retry");
  expect(next(["Stop at 30 characters."], asking)).toBe("/coop answer Stop at 30 characters.");
  expect(next(["Stop at 30 characters."])).toBeUndefined();
  expect(notes.map((note) => note.split(",")[0])).toEqual([
    '--say "looks good" is no command',
    '--say "Stop at 30 characters." is no command',
  ]);
});
