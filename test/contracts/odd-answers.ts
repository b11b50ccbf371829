/** Answers as servers really sent them, each with what it means. One table a wire; the readers are judged on others of their kind. */
export type Odd = {
  readonly name: string;
  readonly body: unknown;
  readonly status?: number;
  /** What the reply has to match. */
  readonly means: Readonly<Record<string, unknown>>;
};

export const GOOD = '{"good":true}';
export const good = { outcome: "answered", text: GOOD };
/** What a text may look like around the one answer in it. */
export const TEXTS: readonly [name: string, text: string][] = [
  ["bare", GOOD],
  ["in a fence", `\`\`\`json\n${GOOD}\n\`\`\``],
  ["in a fence without a language", `\`\`\`\n${GOOD}\n\`\`\``],
  ["behind a sentence", `Here is my verdict:\n${GOOD}`],
  ["before prose with braces", `${GOOD}\nI looked at {a} and at {b: 1}.`],
  ["behind prose with braces", `The set {a, b} is fine. ${GOOD}`],
  ["twice", `${GOOD}\n${GOOD}`],
  ["behind another draft", `{"good":false}\nOn second thought: ${GOOD}`],
  ["behind a thought", `<think>{"good":false}</think>${GOOD}`],
  ["behind a thought in capitals", `<THINK>no</THINK>\n${GOOD}`],
  ["behind a thinking block", `<thinking>maybe {"good":false}</thinking>\n\n${GOOD}`],
  ["before a second thought", `${GOOD}\n<think>Should it be {"good":false}? No.</think>`],
  ["between words and thoughts", `Well. <think>{"good":false}</think> ${GOOD} <think>{"good":false}</think>`],
  ["before a second thought in brackets", `${GOOD}[THINK]{"good":false}[/THINK]`],
  ["before a second thought with letters that grow in lower case", `Bak: <think>${"İ".repeat(20)} {"good":false}</think>${GOOD}<think>yok {"good":false}</think>`], // prettier-ignore
  ["before a second thought that nobody closes", `${GOOD}\n<think>maybe {"good":false}`],
  ["behind two thoughts", `<think>a</think><think>b</think>${GOOD}`],
  ["behind a thought whose beginning the template took", `I wonder. {"good":false}</think>${GOOD}`],
  ["as a string of JSON", JSON.stringify(GOOD)],
  ["in a list of one", `[${GOOD}]`],
  ["in a frame", `{"answer":${GOOD}}`],
  ["in a frame as a string", JSON.stringify({ arguments: GOOD })],
  ["with blanks around", `\n\n  ${GOOD}  \n`],
  ["behind a mark of bytes", `\u{feff}${GOOD}`],
  ["behind an example of another form", `{"example":1} ${GOOD}`],
  ["behind an open brace", `{ not json\n${GOOD}`],
  [
    "in a final channel",
    `<|channel|>analysis<|message|>{"good":false}<|end|><|start|>assistant<|channel|>final<|message|>${GOOD}<|return|>`,
  ],
  ["in a final channel with a constraint", `<|channel|>final <|constrain|>json<|message|>${GOOD}<|end|>`],
];

/** Arguments as they come, that all mean `{ path: "a" }`. */
export const ARGUMENTS: readonly [name: string, args: unknown][] = [
  ["text", '{"path":"a"}'],
  ["an object", { path: "a" }],
  ["text in text", JSON.stringify('{"path":"a"}')],
  ["text in a fence", '```json\n{"path":"a"}\n```'],
  ["text with blanks", ' {"path":"a"} \n'],
  ["text with a rest", '{"path":"a"}</tool_call>'],
  ["text twice", '{"path":"a"}{"path":"a"}'],
];

/** Names as they come, that all mean `read_file`. */
export const NAMES: readonly string[] = [
  "read_file",
  " read_file ",
  "functions.read_file",
  "function.read_file",
  "default_api:read_file",
  "tools/read_file",
  "read_file<|channel|>commentary",
  "functions.read_file<|channel|>commentary json",
  "functions.read_file:0",
];

/** What gateways make of a whole body that is nearly JSON. */
export const BODIES: readonly [name: string, made: (body: string) => string][] = [
  ["a number that is none", (body) => body.replace("{", '{"created":NaN,')],
  ["a number without an end", (body) => body.replace("{", '{"eta":Infinity,')],
  ["a comma before its end", (body) => body.replace(/\}$/, ",}")],
  ["a mark of bytes", (body) => `\u{feff}${body}`],
  ["line ends around", (body) => `\n\r\n${body}\n\n`],
  [
    "a name that stands twice, first with other counts",
    (body) => body.replace("{", '{"usage":{"input_tokens":1,"prompt_tokens":1},'),
  ],
  ["an error that is none", (body) => body.replace("{", '{"error":null,')],
  ["an empty error", (body) => body.replace("{", '{"error":{},')],
  ["an error that is false", (body) => body.replace("{", '{"error":false,')],
];

/** Names of models as no ledger would take them. */
export const SERVED: readonly [given: unknown, kept: string | undefined][] = [
  ["m".repeat(5_000), "m".repeat(200)],
  ["model-1\n<!-- x -->\u0007", "model-1 <!-- x -->"],
  ["model\u0000-1\u001b[31m", "model -1 [31m"],
  [" \u0000 ", undefined],
  ["   ", undefined],
  [["model-1"], undefined],
  [null, undefined],
];

/** Ids that are none. */
export const IDS: readonly unknown[] = [undefined, null, "", 7, "a b", "x".repeat(80), "call:1", {}];

/** Usage that says nothing, which must neither void an answer nor make it free. */
export const USAGES: readonly unknown[] = [undefined, null, {}, [], "none", 0, { total_tokens: 0 }, [{ a: 1 }], true];
