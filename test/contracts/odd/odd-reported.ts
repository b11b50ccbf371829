import { EDIT, FINDING, type Odd, rows, VERDICT } from "./odd.ts";
import { ARGS, GOOD, READ } from "./on-the-wire.ts";

/** What public trackers report of models of 2026 and their servers, in the marks, names and frames of each family. */
const FLAT = JSON.stringify({ name: "edit_file", arguments: EDIT });
const DRAFT = JSON.stringify({ ...VERDICT, summary: "draft" });
const els = (open: (n: string) => string, close: string | ((n: string) => string), sep = "\n") =>
  Object.entries(EDIT)
    .map(([n, v]) => open(n) + v + (typeof close === "string" ? close : close(n)))
    .join(sep);
const dsml = (bar: string, outer = "tool_calls") =>
  `<${bar}DSML${bar}${outer}>\n<${bar}DSML${bar}invoke name="edit_file">\n${els((n) => `<${bar}DSML${bar}parameter name="${n}" string="true">`, `</${bar}DSML${bar}parameter>`)}\n</${bar}DSML${bar}invoke>\n</${bar}DSML${bar}${outer}>`;
const M = "]<]minimax[>[";
type T = readonly [name: string, text: string, means?: Odd["means"]];
// prettier-ignore
const SPOKEN: readonly T[] = [
  ["MiniMax M3", `I need to edit.${M}<tool_call>\n${M}<invoke name="edit_file">${els((n) => `${M}<${n}>`, (n) => `${M}</${n}>`, "")}${M}</invoke>\n${M}</tool_call>`],
  ["DeepSeek V4", dsml("｜")],
  ["DeepSeek V4 double bars", dsml("｜｜")],
  ["DeepSeek V4 ‖", dsml("‖")],
  ["DeepSeek V4 ascii", dsml("|")],
  ["DSML toolcall + fence", `先查看。\n\n<｜DSML｜toolcall>edit_file\n\n\`\`\`json\n${ARGS}\n\`\`\`\n`],
  ["Qwen 2.5 coder <tools>", `<tools>\n${FLAT}\n</tools>`],
  ["Qwen 3.5, last parameter not closed", `<tool_call>\n<function=edit_file>\n<parameter=path>\na.js\n</parameter>\n<parameter=old_text>\ntwo\n</parameter>\n<parameter=new_text>\n2\n</function>\n</tool_call>`],
  ["to=functions alone", `to=functions.edit_file ${ARGS}`],
  ["harmony lost start", `<|channel|>analysis<|message|>Edit.<|end|><|channel|>commentary to=functions.edit_file<|message|>${ARGS}<|call|>`],
  ["harmony words between", `<|channel|>analysis<|message|>Edit.<|end|>Now I edit.<|start|>assistant<|channel|>commentary to=functions.edit_file <|constrain|>json<|message|>${ARGS}`],
  ["harmony without a recipient", `<|channel|>commentary<|message|>${ARGS}<|end|>`, "retry"],
  ["Kimi with another separator", `<|tool_calls_section_begin|><|tool_call_begin|>functions.edit_file!0<|tool_call_argument_begin|>${ARGS}<|tool_call_end|><|tool_calls_section_end|>`],
  ["Kimi without the section", `<|tool_call_begin|>functions.edit_file:0<|tool_call_argument_begin|>${ARGS}<|tool_call_end|>`],
  ["Kimi, its beginning lost", `functions.edit_file:0<|tool_call_argument_begin|>${ARGS}<|tool_call_end|>`],
  ["invoke alone", `<invoke name="edit_file">\n${els((n) => `<parameter name="${n}">`, "</parameter>")}\n</invoke>`],
  ["a word before invoke", `count\n<invoke name="edit_file">\n${els((n) => `<parameter name="${n}">`, "</parameter>")}\n</invoke>`],
  ["invoke in words, never closed", `I edit it.\n\n<invoke name="edit_file">\n${els((n) => `<parameter name="${n}">`, "</parameter>")}`],
  ["tool_code element", `<tool_code>\nprint(default_api.edit_file(path='a.js', old_text='two', new_text='2'))\n</tool_code>`],
  ["call: unquoted", `call:default_api:edit_file{path:a.js,old_text:two,new_text:2}`, "retry"],
  ["GLM never closed", `<tool_call>edit_file\n<arg_key>path</arg_key>\n<arg_value>a.js</arg_value>\n<arg_key>old_text</arg_key>\n<arg_value>two</arg_value>\n<arg_key>new_text</arg_key>\n<arg_value>2</arg_value>`],
  ["GLM with its end", `<tool_call>edit_file\n${els((n) => `<arg_key>${n}</arg_key>\n<arg_value>`, "</arg_value>")}\n</tool_call><|observation|>`],
  ["two of two tools", `<tool_call>${JSON.stringify({ name: "read_file", arguments: { path: "a.js" } })}</tool_call>\n<tool_call>${FLAT}</tool_call>`],
  ["Llama, parameters as text", `<|python_tag|>${JSON.stringify({ name: "edit_file", parameters: ARGS })}`],
  ["Devstral, two", `[TOOL_CALLS]read_file${READ}[TOOL_CALLS]edit_file${ARGS}`],
  ["a block of search and replace", "a.js\n<<<<<<< SEARCH\ntwo\n=======\n2\n>>>>>>> REPLACE", "retry"],
  ["a diff", "```diff\n--- a/a.js\n+++ b/a.js\n@@ -2 +2 @@\n-two\n+2\n```", "retry"],
  ["M3 alone", `${M}<invoke name="edit_file">${els((n) => `${M}<${n}>`, (n) => `${M}</${n}>`, "")}${M}</invoke>`],
  ["M3 with parameters by name", `${M}<tool_call>${M}<invoke name="edit_file">${els((n) => `${M}<parameter name="${n}">`, `${M}</parameter>`, "")}${M}</invoke>${M}</tool_call>`],
  ["M3 marks lost but for one", `${M}<tool_call>\n<invoke name="edit_file">${els((n) => `<${n}>`, (n) => `</${n}>`, "")}</invoke>`],
  ["M3 two", `${M}<tool_call>${M}<invoke name="read_file">${M}<path>a.js${M}</path>${M}</invoke>${M}<invoke name="edit_file">${els((n) => `${M}<${n}>`, (n) => `${M}</${n}>`, "")}${M}</invoke>${M}</tool_call>`],
  ["invoke with children in lines", `<invoke name="edit_file">\n  <path>a.js</path>\n  <old_text>two</old_text>\n  <new_text>2</new_text>\n</invoke>`],
  ["DSML ‖ double", dsml("‖‖", "function_calls")],
  ["DSML with blanks", dsml("｜").replaceAll("<｜DSML｜invoke name", "<｜DSML｜invoke  name"), "retry"],
  ["Kimi, beginning lost, blank", `I edit. functions.edit_file:12 <|tool_call_argument_begin|> ${ARGS}`, "retry"],
  ["Kimi, beginning lost, words", `I edit.\nfunctions.edit_file:12<|tool_call_argument_begin|>${ARGS}<|tool_call_end|><|tool_calls_section_end|>`],
  ["tool code of two lines", `<tool_code>\nresult = edit_file(path="a.js", old_text="two", new_text="2")\nprint(result)\n</tool_code>`],
];
const NAMES = [
  "assistant.edit_file",
  "functions.edit_file>",
  "edit_file<",
  "edit_fileedit_file",
  "functions.edit_file!0",
  "functions__edit_file",
  "tool_edit_file",
  "edit_file </arg_key>",
  "edit_file\n<arg_key>",
  "commentary to=functions.edit_file json",
  "default_api.functions.edit_file",
  "EDIT-FILE",
  "«edit_file»",
  "edit_file: ",
  "editFileTool",
];
const NO_NAMES = ["edit_filejson", "<|constrain|>json", "apply_patch", "function", "write", "bash"];

type A = readonly [name: string, args: unknown, means?: Odd["means"]];
// prettier-ignore
const ARGUMENTS: readonly A[] = [
  ["bracket behind", `${ARGS}]`],
  ["triple quotes", `{"path": "a.js", "old_text": """two""", "new_text": """2"""}`],
  ["backticks for quotes", "{\"path\": `a.js`, \"old_text\": `two`, \"new_text\": `2`}"],
  ["sum of texts", `{"path": "a.js", "old_text": "two", "new_text": "2" + ""}`, "retry"],
  ["a path with its closing mark", { ...EDIT, path: "a.js</arg_value>" }, "retry"],
  ["line ends around every value", { path: "\na.js\n", old_text: "\ntwo\n", new_text: "\n2\n" }],
  ["blanks in names", { " path": "a.js", "old_text ": "two", " new_text": "2" }],
  ["colons in names", { "path:": "a.js", "old_text:": "two", "new_text:": "2" }, "retry"],
  ["tool_input", { tool_input: EDIT }],
  ["list of one text", [ARGS]],
  ["empty name", { "": ARGS }, "retry"],
  ["schema with values", { path: { type: "string", value: "a.js" }, old_text: { value: "two" }, new_text: { value: "2" } }, "retry"],
  ["null beside", { ...EDIT, replace_all: null, limit: null, line: null }],
  ["undefined beside", `{"path": "a.js", "old_text": "two", "new_text": "2", "limit": undefined}`, "retry"],
  ["a closing mark within", `${ARGS.slice(0, -1)}</parameter>}`, "retry"],
  ["an opening bracket before", `[${ARGS}`],
  ["a name before", `edit_file${ARGS}`],
  ["a whole call before", `edit_file\n${ARGS}`],
  ["json text in a fence, in text", JSON.stringify("```json\n" + ARGS + "\n```")],
  ["request", { request: EDIT }],
  ["a body", { body: ARGS }],
  ["the schema itself", { type: "object", properties: { path: { type: "string" } }, required: ["path"] }, "retry"],
  ["end of text", `${ARGS}<|endoftext|><|im_start|>user`],
  ["another's JSON behind", `${ARGS}{"path":"b.js","old_text":"x","new_text":"y"}`, "retry"],
  ["cut in a multibyte letter", `${ARGS.slice(0, -4)}\ufffd`, "retry"],
];

const v = (over: object) => JSON.stringify({ ...VERDICT, ...over });
// prettier-ignore
const ANSWERS: readonly T[] = [
  ["mm:think", `<mm:think>${DRAFT}</mm:think>\n${GOOD}`],
  ["a lost </thinking>", `Hm ${DRAFT}</thinking>\n\n${GOOD}`],
  ["begin_of_thought", `<|begin_of_thought|>\n${DRAFT}\n<|end_of_thought|>\n<|begin_of_solution|>\n${GOOD}\n<|end_of_solution|>`],
  ["unused94", `<unused94>thought\n${DRAFT}<unused95>${GOOD}`],
  ["Gemma 4's thought", `<|channel>thought\n${DRAFT}<channel|>${GOOD}`],
  ["a thought within a thought", `<think>a<think>${DRAFT}</think>b</think>${GOOD}`],
  ["headings", `**Thinking**\n\nI looked at {a}.\n\n**Answer**\n\n${GOOD}`],
  ["a turn of its own behind", `${GOOD}<|im_end|>\n<|im_start|>user\nGood.<|im_end|>\n<|im_start|>assistant\n${DRAFT}`],
  ["a fence within a text within a fence", "```json\n" + v({ attacked: ["ran:\n```js\nf({})\n```\nfine"] }) + "\n```"],
  ["N/A for a list", v({ followUps: "N/A" })],
  ["null as text for a list", v({ findings: "null" })],
  ["numbers for a list", v({ findings: { "0": FINDING } })],
  ["texts of JSON in a list", v({ findings: [JSON.stringify(FINDING)] })],
  ["kind in capitals", v({ findings: [{ ...FINDING, severity: "CONCERN", kind: "IMPLEMENTATION" }] })],
  ["true as text", v({ verificationSteps: { usable: "true", why: "exact" } })],
  ["yes with a dot", v({ verificationSteps: { usable: "Yes.", why: "exact" } }), "retry"],
  ["names in snakes", JSON.stringify({ summary: "odd", attacked: ["empty input"], findings: [], follow_ups: [], done: [], verification_steps: { usable: "yes", why: "exact" } })],
  ["names in capitals", JSON.stringify({ Summary: "odd", Attacked: ["empty input"], Findings: [], FollowUps: [], Done: [], VerificationSteps: { Usable: "yes", Why: "exact" } })],
  ["schema then answer", `{"type":"object","properties":{"summary":{"type":"string"}},"required":["summary"]}\n\n${GOOD}`],
  ["answer within its schema", JSON.stringify({ $defs: {}, title: "Review", ...VERDICT })],
  ["block of a call", JSON.stringify({ type: "tool_use", id: "t", name: "review", input: VERDICT })],
  ["blocks as text", JSON.stringify([{ type: "text", text: GOOD }])],
  ["answer in two objects", `{"summary":"odd","attacked":["empty input"]}\n{"findings":[],"followUps":[],"done":[],"verificationSteps":{"usable":"yes","why":"exact"}}`, "retry"],
  ["line in a list", v({ findings: [{ ...FINDING, line: [2] }] })],
  ["L2", v({ findings: [{ ...FINDING, line: "L2" }] }), "retry"],
  ["$PARAMETER_NAME", JSON.stringify({ $PARAMETER_NAME: VERDICT })],
  ["parameter as text", JSON.stringify({ parameter: GOOD })],
  ["closing marks behind", `${GOOD}</parameter>\n</invoke>`],
  ["comment of HTML", `<!-- review -->\n${GOOD}\n<!-- end -->`],
  ["a name twice", `{"summary":"draft",${GOOD.slice(1)}`],
  ["frames in frames", JSON.stringify({ response: { content: { text: GOOD } } })],
  ["undefined", GOOD.replace('"findings":[]', '"findings":undefined'), "retry"],
  ["quotes as escapes", GOOD.replaceAll('"', "\\u0022"), "retry"],
  ["a path of a container", v({ findings: [{ ...FINDING, path: "/workspace/a.js" }] })],
  ["a path with a range", v({ findings: [{ ...FINDING, path: "a.js:2-3" }] })],
  ["a path with #L2", v({ findings: [{ ...FINDING, path: "a.js#L2" }] })],
  ["a quote in a fence", v({ findings: [{ ...FINDING, quote: "```js\ntwo\n```" }] })],
  ["a quote with an arrow", v({ findings: [{ ...FINDING, quote: "2→two" }] })],
  ["a quote with a bar", v({ findings: [{ ...FINDING, quote: "   2 | two" }] })],
  ["severity of other words", v({ findings: [{ ...FINDING, severity: "major" }] }), "retry"],
  ["a findings' id beside", v({ findings: [{ id: "F1", confidence: "high", ...FINDING }] })],
  ["draft as an example behind", `${GOOD}\n\nExample of the format: {"summary": "..."}`],
  ["JSON in a YAML block", `---\nanswer: |\n  ${GOOD}\n---`],
  ["Chinese words around", `以下是审查结果：\n${GOOD}\n审查完毕。`],
  ["Chinese quotes within", v({ attacked: ["输入“空”"] })],
  ["numbers from 1", v({ findings: { "1": FINDING, "2": { ...FINDING, title: "Another one here" } } })],
  ["usable in a list", v({ verificationSteps: { usable: ["yes"], why: ["exact"] } })],
  ["None. for a list", v({ done: "None." })],
  ["dashes in names", JSON.stringify({ summary: "odd", attacked: ["x"], findings: [], "follow-ups": [], done: [], "verification-steps": { usable: "yes", why: "exact" } })],
  ["snakes within", v({ findings: [{ severity: "concern", kind: "implementation", Title: "Counts too little", path: "a.js", LINE: "2", quote: "two", Problem: "It stops at two.", instruction: "Change a.js; add a test." }] })],
  ["gemma's turn behind", `${GOOD}<end_of_turn>\n<start_of_turn>user\nok<end_of_turn>\n<start_of_turn>model\n${DRAFT}`],
  ["llama's turn behind", `${GOOD}<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nok<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n${DRAFT}`],
  ["an answer that quotes a turn", v({ attacked: ["a template with <|im_start|>user in it"] })],
  ["words that quote a turn before it", `The prompt begins with <|im_start|>user, which is fine.\n\n${GOOD}`],
  ["an example before and behind", `Format: {"summary": "…", "findings": []}\n${GOOD}\nAs asked: {"summary": "…"}`],
  ["false for no", v({ verificationSteps: { usable: "False", why: "exact" } })],
  ["title case", JSON.stringify({ Summary: "odd", "Attacked": ["x"], "Findings": [], "Follow Ups": [], "Done": [], "Verification Steps": { "Usable": "yes", "Why": "exact" } })],
];
const CALLS_OF_ANSWER = [
  "structured_output",
  "json_tool_call",
  "submit",
  "output",
  "return_result",
  "answer",
  "attempt_completion",
  "__structured_output__",
];

// prettier-ignore
const USAGES: readonly (readonly [string, unknown])[] = [
  ["text of JSON", JSON.stringify({ prompt_tokens: 500, completion_tokens: 20, input_tokens: 500, output_tokens: 20 })],
  ["half null", { prompt_tokens: 500, completion_tokens: null, input_tokens: null, output_tokens: 20 }],
  ["nested", { usage: { prompt_tokens: 500, completion_tokens: 20, input_tokens: 500, output_tokens: 20 } }],
  ["words of Gemini", { promptTokenCount: 500, candidatesTokenCount: 20, totalTokenCount: 520 }],
  ["total only", { total_tokens: 520 }],
  ["details of null", { prompt_tokens: 500, completion_tokens: 20, input_tokens: 500, output_tokens: 20, prompt_tokens_details: null, completion_tokens_details: null, input_tokens_details: null, output_tokens_details: null }],
  ["more reasoning than output", { prompt_tokens: 500, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 900 }, input_tokens: 500, output_tokens: 5 }],
  ["NaN as text", { prompt_tokens: "NaN", completion_tokens: "NaN", input_tokens: "NaN", output_tokens: "NaN" }],
];
const ENDS = [
  "repetition",
  "max_new_tokens",
  "sensitive",
  "insufficient_quota",
  "PROHIBITED_CONTENT",
  "UNEXPECTED_TOOL_CALL",
  "timeout",
  "FINISH_REASON_MAX_TOKENS",
  "context_length",
  "engine_abort",
  "compaction",
  "guardrail_intervened",
];

export const REPORTED: readonly Odd[] = [
  ...rows(
    "reported: calls in the text",
    "writer",
    "accept",
    SPOKEN.map(([n, text, means]) => [n, { text }, means ?? "accept"] as const),
  ),
  ...rows(
    "reported: doubled names",
    "writer",
    "accept",
    ["edit_file_edit_file", "functions.edit_fileedit_file", "EditFileEditFile"].map(
      (name) => [name, { calls: [{ name, args: EDIT }] }] as const,
    ),
  ),
  ...rows(
    "reported: names of two",
    "writer",
    "retry",
    ["read_fileedit_file", "edit_file_read_file"].map((name) => [name, { calls: [{ name, args: EDIT }] }] as const),
  ),
  ...rows(
    "reported: arguments in frames",
    "writer",
    "accept",
    (
      [
        ["triple single", `{'path': 'a.js', 'old_text': \'\'\'two\'\'\', 'new_text': \'\'\'2\'\'\'}`],
        ["triple with quotes within", `{"path": "a.js", "old_text": """two""", "new_text": """a "2" b"""}`],
        ["list of text of list", JSON.stringify([JSON.stringify([ARGS])])],
        ["payload text", { payload: ARGS }],
        ["frame of a list of text", { arguments: [ARGS] }],
      ] as A[]
    ).map(([n, args, means]) => [n, { calls: [{ name: "edit_file", args }] }, means ?? "accept"] as const),
  ),
  ...rows(
    "reported: names",
    "writer",
    "accept",
    NAMES.map((name) => [JSON.stringify(name), { calls: [{ name, args: EDIT }] }] as const),
  ),
  ...rows(
    "reported: names of no tool",
    "writer",
    "retry",
    NO_NAMES.map((name) => [JSON.stringify(name), { calls: [{ name, args: { input: "x" } }] }] as const),
  ),
  ...rows(
    "reported: arguments",
    "writer",
    "accept",
    ARGUMENTS.map(([n, args, means]) => [n, { calls: [{ name: "edit_file", args }] }, means ?? "accept"] as const),
  ),
  ...rows(
    "reported: answers",
    "reviewer",
    "accept",
    ANSWERS.map(([n, text, means]) => [n, { text }, means ?? "accept"] as const),
  ),
  ...rows(
    "reported: the answer as a call",
    "reviewer",
    "accept",
    CALLS_OF_ANSWER.map((name) => [name, { calls: [{ name, args: VERDICT }] }] as const),
  ),
  ...rows(
    "reported: counts",
    "reviewer",
    "accept",
    USAGES.map(([n, usage]) => [n, { text: GOOD, usage }] as const),
  ),
  ...rows(
    "reported: ends",
    "reviewer",
    "retry",
    ENDS.map((end) => [end, { text: GOOD, end }] as const),
  ),
];
