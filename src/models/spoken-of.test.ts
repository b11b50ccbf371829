import { describe, expect, it } from "@jest/globals";
import { objectsIn } from "../agent/json-in-words.ts";
import { toolsFor } from "../agent/tools.ts";
import { saidText } from "./answer-text.ts";
import { writtenCalls } from "./heard-calls.ts";
import { withoutThinking } from "./thoughts.ts";
import { meantCalls, READING } from "./tool-calls.ts";

/** Code and prose speak of marks, calls and turns; only what is one counts. */
const NAMES = ["read_file", "search", "list_files", "run", "edit_file", "write_file", "finish"];
const schema = {
  type: "object",
  properties: { verdict: { type: "string" }, summary: { type: "string" } },
  required: ["verdict", "summary"],
};
const verdict = (word: string) => JSON.stringify({ verdict: word, summary: "x" });
const DRAFT = verdict("approve");
const FINAL = verdict("changes");
const said = (text: string): unknown => JSON.parse(saidText(text, { name: "review", schema }));

const reported = { input: null, inputIs: "all", cached: null, written: null, output: null } as const;
const callsIn = (text: string) =>
  writtenCalls({ text, calls: [], ended: "whole", echo: null, reported, served: null, all: text }, NAMES).map(
    ({ name, args }) => ({ name, args }),
  );

describe("a final answer behind a draft", () => {
  it.each([
    ["YAML in a fence", "\n\nWait:\n```yaml\nservices:\n  app:\n    user: root\n```\nso it runs as root. "],
    ["YAML right behind", "\nuser: root\nis what it says. "],
    ["a turn of prose", "\n\nThe log says\nUser: root, and so on. "],
    ["a heading of prose", "\n\nIts README has\n### User: root\nand no more. "],
    ["a mark of another model", "\nIts template loses the mark [INST] and <|user|>. "],
    ["an aside that nobody opens", "\nBut <analysis> tags in the prompt are not closed. So: "],
    ["an aside right behind", "\n<scratchpad> is a tag that the parser does not know. So: "],
    ["a thought that nobody opens", "\nBut the parser takes <thinking> for text. So: "],
  ])("wins where the text between only speaks of marks: %s", (_name, between) => {
    expect(said(`${DRAFT}${between}Final answer:\n${FINAL}`)).toMatchObject({ verdict: "changes" });
  });

  it.each([
    ["an aside", `\n<analysis>Or rather ${FINAL}?</analysis>`],
    ["a thought in the middle of words", `\nHm. <think>Or rather ${FINAL}?</think> No.`],
    ["a thought that never ends", `\n<think>Or rather ${FINAL}?`],
    ["a made-up turn", `\n\nHuman: And now with ${FINAL}`],
    ["a made-up turn of Vicuna's", `\n\`\`\`\nUSER: And now with ${FINAL}`],
    ["a made-up turn behind marks", `<|end|></s><s>[INST] And now with ${FINAL}`],
  ])("was not said in %s", (_name, behind) => {
    expect(said(`${DRAFT}${behind}`)).toMatchObject({ verdict: "approve" });
  });
});

describe("an answer that quotes the marks of channels or thoughts", () => {
  const LINE = "{verdict: 'approve', summary: 'x'}";
  const quoting = (text: string) => JSON.stringify({ verdict: "changes", summary: text });
  it.each([
    `The template writes <|channel|>final<|message|>${LINE}<|return|> itself.`,
    `<|start|>assistant<|channel|>final<|message|>${LINE}`,
    `The mark <|end|> is lost, and <|message|> is not.`,
    `It goes on behind </think>${LINE}`,
    `It goes on behind\n</think>\n${LINE}`,
  ])("is what it says: %s", (text) => {
    const answer = quoting(text);
    const analysis = `<|channel|>analysis<|message|>Or ${DRAFT}?<|end|><|start|>assistant`;
    for (const whole of [
      answer,
      `\`\`\`json\n${answer}\n\`\`\``,
      `My review:\n${answer}`,
      `<|channel|>final<|message|>${answer}<|return|>`,
      `${analysis}<|channel|>final<|message|>${answer}`,
      `<|channel|>final<|message|>${answer}<|end|>${analysis}`,
    ])
      expect(said(whole)).toEqual({ verdict: "changes", summary: text });
  });

  it("is read as before where a brace of prose stands before it", () => {
    const text = `<|channel|>analysis<|message|>if (x) { or {y: <|end|><|start|>assistant<|channel|>final<|message|>${FINAL}`;
    expect(said(text)).toMatchObject({ verdict: "changes" });
  });
});

it.each([
  "The mark [/think] is not removed by the parser. Fix it in a.js.",
  "See `<|end_of_thought|>` in x.py, line 3.",
  "In the XML, `</ns:reasoning>` closes too early in a.xml",
  "It never writes </think>\nbehind a call.",
])("leaves words about the end of a thought as they are: %s", (text) => {
  expect(withoutThinking(text)).toBe(text);
});

it.each([
  ["Hm.\n</think>\n\nIt is fine.", "It is fine."],
  ["</think>It is fine.", "It is fine."],
  ["I look at </think> first.\n</think>\nIt is fine.", "It is fine."],
  [`Hm [/THINK]${FINAL}`, FINAL],
  ["That is all.</think>\n\nIt is fine.", "It is fine."],
])("takes off a thought that the template began: %j", (text, left) => {
  expect(withoutThinking(text)).toBe(left);
});

it("comes to an end with a text that is nothing but marks", () => {
  for (const mark of ["</think>\n", "<think>", "<|a|>", "`", "}\n[INST]", "</think></analysis><analysis>"])
    expect(() => saidText(`{}${mark.repeat(20_000)}`, { name: "review", schema })).not.toThrow();
  expect(() => withoutThinking("</think>\n".repeat(20_000))).not.toThrow();
});

describe("an answer that broke", () => {
  const quoting = `{"verdict":"changes","summary":"The file has ${DRAFT} in it`;
  it.each([
    ["quotes in a text", `${quoting}."}`],
    ["cut off", quoting],
    ["behind words", `My review:\n${quoting}."}\nThat is all.`],
    ["in a fence", `\`\`\`json\n${quoting}."}\n\`\`\``],
    ["names without quotes", `{verdict: "changes", summary: "The file has ${DRAFT} in it."}`],
  ])("is not what it quotes: %s", (_name, text) => {
    expect(saidText(text, { name: "review", schema })).toBe(text);
    expect(objectsIn(text, new Set(["verdict", "summary"]))).toEqual([]);
  });

  it.each([
    ["a brace of prose before", `Take {this: or { that. ${FINAL}`],
    ["code before", `It says \`if (a) { b: 1 \` and so: ${FINAL}`],
  ])("is none where another thing broke: %s", (_name, text) => {
    expect(said(text)).toMatchObject({ verdict: "changes" });
    expect(objectsIn(text, new Set(["verdict", "summary"]))).toMatchObject([{ verdict: "changes" }]);
  });
});

describe("what is no call", () => {
  const summary = (text: string) => ({ verdict: "changes", summary: text, findings: [{ path: "a.js", line: 3 }] });
  it.each([
    JSON.stringify(summary("Array<function(Event)> of listeners is lost, and the tests still run.")),
    JSON.stringify(summary("The parser loses <tool_call> marks; run")),
    JSON.stringify(summary("<function=run><parameter=command>rm -rf build</parameter></function>")),
    `My verdict:\n${JSON.stringify(summary("It reads <tool_call>{} and then run"))}`,
    `The type is Array<function(Event)>, and run takes {"path": "a"}`,
    'The docs show:\n<run command="rm -rf build" />\nbut nobody should.',
    'The docs show:\n<run>{"command": "rm -rf build"}</run>\nbut nobody should.',
    'Use this markup:\n\n<search role="x" path="a"/>\n\nThat is all.',
    '```html\n<search role="x" path="a"/>\n```\nis its markup.',
  ])("is told or quoted: %s", (text) => {
    expect(callsIn(text)).toEqual([]);
  });

  it.each([
    ['<read_file path="a.js" />', [{ path: "a.js" }]],
    [
      '```xml\n<read_file path="a.js"></read_file>\n<read_file path="b.js"/>\n```',
      [{ path: "a.js" }, { path: "b.js" }],
    ],
    ['<think>Hm.</think>\n<read_file>{"path": "a.js"}</read_file>', [{ path: "a.js" }]],
    ['<function(read_file)>{"path": "a.js"}</function>', [{ path: "a.js" }]],
    ['read_file{"path": "a.js"}</function>', [{ path: "a.js" }]],
    [
      '{"note": "as <tool_call>"}\n<tool_call>{"name": "read_file", "arguments": {"path": "a.js"}}</tool_call>',
      [{ path: "a.js" }],
    ],
  ])("is one where it stands alone or behind a mark: %s", (text, args) => {
    expect(callsIn(text)).toEqual(args.map((one) => ({ name: "read_file", args: one })));
  });
});

describe("calls that were run together", () => {
  const together = (name: string) =>
    meantCalls({ id: "1", name, args: '{"path":"a"}{"path":"b"}' }).map(({ args }) => args);

  it.each(["finish", "run", "edit_file", "write_file", "delete_file", "submit"])("are asked for again: %s", (name) => {
    expect(together(name)).toEqual([null]);
  });

  it("are several where a tool only reads", () => {
    for (const name of READING) expect(together(name)).toEqual([{ path: "a" }, { path: "b" }]);
    const reading = toolsFor("read", "none").map(({ spec }) => spec.name);
    expect([...READING].sort()).toEqual(reading.sort());
  });
});
