import { EDIT, type Odd, rows, VERDICT } from "./odd.ts";
import { ARGS, GOOD } from "./on-the-wire.ts";

/** Calls, names, arguments and answers as trackers of the second half of 2026 show them. */
const FLAT = JSON.stringify({ name: "edit_file", arguments: EDIT });
const DRAFT = JSON.stringify({ ...VERDICT, summary: "draft" });
const pairs = Object.entries(EDIT);
const QWEN = pairs.map(([n, v]) => `<parameter=${n}>\n${v}\n</parameter>`).join("\n");
const GLM = pairs.map(([n, v]) => `<arg_key>${n}</arg_key>\n<arg_value>${v}</arg_value>`).join("\n");
const ATTRIBUTES = pairs.map(([n, v]) => `${n}="${v}"`).join(" ");
type T = readonly [name: string, text: string, means?: Odd["means"]];

// prettier-ignore
const SPOKEN: readonly T[] = [
  ["Qwen 3.6 in another frame", `<function_invocation>\n<function=edit_file>\n${QWEN}\n</function>\n</function_invocation>`],
  ["Qwen 3.6, last parameter and function not closed", `<tool_call>\n<function=edit_file>\n${QWEN.replace(/\n<\/parameter>$/, "")}\n</tool_call>`],
  ["Qwen 3.6, a parameter closed as its function", `<tool_call>\n<function=edit_file>\n${QWEN.replace(/<\/parameter>$/, "</function>")}\n</parameter>\n</tool_call>`],
  ["a function by an attribute", `<function name="edit_file">\n${pairs.map(([n, v]) => `<parameter name="${n}">${v}</parameter>`).join("\n")}\n</function>`],
  ["Llama at Groq, an equals sign", `<function=edit_file=${ARGS}</function>`],
  ["Llama at Groq, no bracket", `<function=edit_file${ARGS}</function>`],
  ["Llama at Groq, a comma", `<function=edit_file,${ARGS}</function>`],
  ["Llama at Groq, round brackets", `<function(edit_file)>${ARGS}</function>`],
  ["Llama at Groq, never closed right", `<function=edit_file>${ARGS}<function>`],
  ["Llama at Groq, the name alone", `edit_file${ARGS}</function>`],
  ["an element of the tool with an object in it", `<edit_file>${ARGS}</edit_file>`],
  ["an element of the tool with attributes", `<edit_file ${ATTRIBUTES} />`],
  ["a call with its name in an attribute", `<tool_call name="edit_file">${ARGS}</tool_call>`],
  ["a call with an id and a name", `<tool_call id="call_1" name="edit_file">\n${ARGS}\n</tool_call>`],
  ["Cline's use of a server", `<use_mcp_tool>\n<server_name>coop</server_name>\n<tool_name>edit_file</tool_name>\n<arguments>\n${ARGS}\n</arguments>\n</use_mcp_tool>`],
  ["Solar", `<|tool_call:begin|>ab12<|tool_call:name|>edit_file<|tool_call:args|>${ARGS}<|tool_call:end|>`],
  ["Hunyuan with a mark between", `<tool_calls>\n<tool_call>edit_file<tool_sep>\n${GLM}\n</tool_call>\n</tool_calls>`],
  ["harmony, all marks lost", `analysisI edit it.assistantcommentary to=functions.edit_file json${ARGS}`],
  ["harmony, an underscore for the dot", `<|channel|>commentary to=functions_edit_file <|constrain|>json<|message|>${ARGS}<|call|>`, "retry"],
  ["harmony, in the analysis", `<|channel|>analysis to=functions.edit_file code<|message|>${ARGS}<|call|>`],
  ["harmony, code for json", `<|start|>assistant<|channel|>commentary to=functions.edit_file <|constrain|>code<|message|>${ARGS}<|call|>`],
  ["MiniMax M2 at a local server", `[TOOL_CALL]\n{"name": "edit_file", "arguments": ${ARGS}}\n[/TOOL_CALL]`],
  ["MiniMax M2, with arrows", `[TOOL_CALL]\n{tool => "edit_file", args => {\n  --path "a.js"\n  --old_text "two"\n  --new_text "2"\n}}\n[/TOOL_CALL]`, "retry"],
  ["smolagents", `Thought: I edit.\nAction:\n${FLAT}<end_code>`],
  ["Command A in words", `Action: edit_file(${pairs.map(([n, v]) => `${n}='${v}'`).join(", ")})`],
  ["a tool code in a fence of Python behind words", "I edit it now.\n```tool_code\n" + `print(default_api.edit_file(${pairs.map(([n, v]) => `${n} = "${v}"`).join(", ")}))` + "\n```"],
  ["GLM, blanks for line ends", `<tool_call>edit_file ${GLM.replaceAll("\n", " ")} </tool_call>`],
  ["GLM, a value closed twice", `<tool_call>edit_file\n${GLM.replace("</arg_value>", "</arg_value></arg_value>")}\n</tool_call>`],
  ["two thoughts and a call", `<think>a</think>\n<think>b</think>\n<tool_call>${FLAT}</tool_call>`],
  ["a call and a made-up result", `<tool_call>${FLAT}</tool_call>\n<tool_response>Edited.</tool_response>\nThe file is edited.`],
  ["a call in capitals", `<TOOL_CALL>${FLAT}</TOOL_CALL>`],
  ["a call in entities", `&lt;tool_call&gt;${FLAT}&lt;/tool_call&gt;`, "retry"],
  ["Nova", `<__function=edit_file>\n${pairs.map(([n, v]) => `<__parameter=${n}>${v}</__parameter>`).join("\n")}\n</__function>`, "retry"],
];

const NAMES = [
  ...["edit_fileedit_fileedit_file", "coop.edit_file", "mcp.coop.edit_file", "call:edit_file"],
  ...[
    "tool_call:edit_file",
    "edit_file\u200b",
    "ｅｄｉｔ_ｆｉｌｅ",
    "edit_file#1",
    "edit_file[0]",
    "edit_file→",
    "edit_file_call",
  ],
  ...[
    "functions.edit_file()",
    "api.edit_file",
    "edit_file.call",
    "EDIT FILE",
    "edit__file",
    "edit_file…",
    "工具:edit_file",
  ],
];

type A = readonly [name: string, args: unknown, means?: Odd["means"]];
// prettier-ignore
const ARGUMENTS: readonly A[] = [
  ["a draft, then all of it", `{"path":"a.js"}${ARGS}`],
  ["all of it, then nothing of it", `${ARGS}{}`],
  ["all of it, then null", `${ARGS}null`],
  ["the end of a stream behind", `${ARGS}[DONE]`],
  ["a path of Windows, not escaped", `{"path":".\\a.js","old_text":"two","new_text":"2"}`],
  ["a path in a place of a drive", { ...EDIT, path: "C:\\workspace\\a.js" }, "retry"],
  ["a path with its line and column", { ...EDIT, path: "a.js:2:1" }],
  ["a path in angle brackets", { ...EDIT, path: "<a.js>" }, "retry"],
  ["a path with a mark of a mention", { ...EDIT, path: "@a.js" }, "retry"],
  ["a path of a link", { ...EDIT, path: "[a.js](a.js)" }, "retry"],
  ["escaped twice", ARGS.replaceAll('"', '\\"')],
  ["a comma for a colon", ARGS.replace('"path":', '"path",'), "retry"],
  ["a name without its last quote", ARGS.replace('"path"', '"path'), "retry"],
  ["in a field of the schema's type", { type: "function", parameters: EDIT }],
  ["in `json`", { json: EDIT }],
  ["in `json` as text", { json: ARGS }],
  ["in `tool_args`", { tool: "edit_file", tool_args: EDIT }],
  ["in `arguments` twice, as text", { arguments: JSON.stringify({ arguments: EDIT }) }],
  ["old and new as objects of text", { path: "a.js", old: { text: "two" }, new: { text: "2" } }, "retry"],
  ["old_str and new_str of an editor", { command: "str_replace", path: "a.js", old_str: "two", new_str: "2" }],
  ["before and after", { path: "a.js", before: "two", after: "2" }, "retry"],
  ["from and to", { path: "a.js", from: "two", to: "2" }, "retry"],
  ["oldText and newText within edits as text", { path: "a.js", edits: JSON.stringify([{ oldText: "two", newText: "2" }]) }],
  ["path and the rest in a frame", { path: "a.js", edit: { old_text: "two", new_text: "2" } }, "retry"],
  ["a number as a text of a number", { ...EDIT, new_text: "2", expected_replacements: "1" }],
  ["a trailing blank in each name", { "path ": "a.js", "old_text ": "two", "new_text ": "2" }],
  ["quotes in quotes in the values", { path: '"a.js"', old_text: "two", new_text: "2" }],
  ["a byte order mark in the old text", { ...EDIT, old_text: "\ufefftwo" }, "retry"],
  ["zero-width blanks in the path", { ...EDIT, path: "a\u200b.js" }, "retry"],
  ["a thought first, in brackets", `[THINK]Hm {[/THINK]${ARGS}`],
  ["words behind in another language", `${ARGS}\n以上。`],
  ["a closing mark of Qwen in the last value", { ...EDIT, new_text: "2\n</parameter>" }, "retry"],
];

// prettier-ignore
const ANSWERS: readonly T[] = [
  ...([
    ["seed:think", "<seed:think>", "</seed:think>"], ["◁think▷", "◁think▷", "◁/think▷"], ["mm:think", "<mm:think>", "</mm:think>"],
    ["START_THINKING", "<|START_THINKING|>", "<|END_THINKING|>"], ["antThinking", "<antThinking>", "</antThinking>"],
    ["reflection", "<reflection>", "</reflection>"], ["scratchpad", "<scratchpad>", "</scratchpad>"],
    ["analysis", "<analysis>", "</analysis>"], ["begin_of_thought", "<|begin_of_thought|>", "<|end_of_thought|>"],
    ["Gemma 4's thought", "<|channel>thought\n", "<channel|>"], ["a thought with attributes", '<think budget="9">', "</think>"],
    ["harmony's analysis", "<|end|><|start|>assistant<|channel|>analysis<|message|>", "<|end|>"],
  ] as const).map(([name, open, close]): T => [`a second thought behind, of ${name}`, `${GOOD}\n${open}Or rather ${DRAFT}?${close}`]),
  ...([
    ["DeepSeek", "<｜User｜>"], ["Phi", "<|user|>"], ["old Llama", "</s><s>[INST] "], ["old Claude", "\n\nHuman: "], ["Alpaca", "\n\n### Instruction:\n"],
    ["harmony", "<|end|><|start|>user<|message|>"], ["Command", "<|START_OF_TURN_TOKEN|><|USER_TOKEN|>"], ["Vicuna", "\nUSER: "],
  ] as const).map(([name, mark]): T => [`a turn of the user's behind, of ${name}`, `${GOOD}${mark}And now with a draft: ${DRAFT}`]),
  ["an answer in a text of a tool", `<tool_call>{"name": "review", "arguments": ${GOOD}}</tool_call>`],
  ["an answer as a function of Qwen's", `<tool_call>\n<function=review>\n<parameter=summary>\nodd\n</parameter>\n</function>\n</tool_call>`, "retry"],
  ["an answer in lines of a list", GOOD.split(",").join(",\n- "), "retry"],
  ["an answer numbered", `1. ${GOOD}`],
  ["an answer with a trailer of the gateway", `${GOOD}\n\n[Response generated by router v2]`],
  ["an answer behind a warning of the gateway", `[WARN] context trimmed {"dropped": 3}\n${GOOD}`],
  ["an answer in a JSON list of parts", JSON.stringify([{ type: "thinking", thinking: DRAFT }, { type: "text", text: GOOD }])],
  ["an answer between tildes of its own", `~~~~json\n${GOOD}\n~~~~`],
  ["a blocker in capitals with a mark", JSON.stringify({ ...VERDICT, attacked: ["x"], findings: [{ severity: "CONCERN!", kind: "implementation", title: "Counts too little", path: "a.js", line: 2, quote: "two", problem: "It stops at two.", instruction: "Change a.js; add a test." }] }), "retry"],
];

const ENDS_WHOLE = [
  "function_calls",
  "functionCall",
  "STOP_SEQUENCE",
  "stopSequence",
  "FINISHED",
  "tool-use",
  "end-turn",
  "eos_found",
  "null",
];
const ENDS_OTHER = [
  ...["MALFORMED_RESPONSE", "TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE", "MODEL_ARMOR", "malformed_tool_use"],
  ...[
    "malformed_model_output",
    "model_error",
    "server_error",
    "rate_limit",
    "preempted",
    "kv_cache_full",
    "loop_detected",
  ],
];
// prettier-ignore
const COUNTS: readonly (readonly [string, unknown])[] = [
  ["one token each", { prompt_tokens: 1, completion_tokens: 1, input_tokens: 1, output_tokens: 1 }],
  ["beyond any window", { prompt_tokens: 5e8, completion_tokens: 5e8, input_tokens: 5e8, output_tokens: 5e8 }],
  ["in thousands, as text", { prompt_tokens: "0.5k", completion_tokens: "20", input_tokens: "0.5k", output_tokens: "20" }],
  ["with a comma", { prompt_tokens: "1,500", completion_tokens: "20", input_tokens: "1,500", output_tokens: "20" }],
  ["an object each", { prompt_tokens: { total: 500 }, completion_tokens: { total: 20 }, input_tokens: { total: 500 }, output_tokens: { total: 20 } }],
  ["infinite", { prompt_tokens: "Infinity", completion_tokens: "Infinity", input_tokens: "Infinity", output_tokens: "Infinity" }],
];

const kind = (
  name: string,
  to: Odd["to"],
  means: Odd["means"],
  all: readonly (readonly [string, Odd["said"], Odd["means"]?])[],
) => rows(`seen: ${name}`, to, means, all);
const called = (name: unknown, args: unknown) => ({ calls: [{ name, args }] });

export const SEEN: readonly Odd[] = [
  ...kind(
    "calls in the text",
    "writer",
    "accept",
    SPOKEN.map(([n, text, means]) => [n, { text }, means ?? "accept"]),
  ),
  ...kind(
    "names",
    "writer",
    "accept",
    NAMES.map((name) => [JSON.stringify(name), called(name, EDIT)]),
  ),
  ...kind("a whole call for a name", "writer", "accept", [
    ["as JSON", called(FLAT, "")],
    ["as Python", called(`edit_file(${pairs.map(([n, v]) => `${n}="${v}"`).join(", ")})`, ""), "retry"],
    ["the arguments behind it", called(`edit_file ${ARGS}`, ""), "retry"],
  ]),
  ...kind(
    "arguments",
    "writer",
    "accept",
    ARGUMENTS.map(([n, args, means]) => [n, called("edit_file", args), means ?? "accept"]),
  ),
  ...kind(
    "answers",
    "reviewer",
    "accept",
    ANSWERS.map(([n, text, means]) => [n, { text }, means ?? "accept"]),
  ),
  ...kind(
    "whole ends",
    "writer",
    "accept",
    ENDS_WHOLE.map((end) => [end, { ...called("edit_file", EDIT), end }, end === "null" ? "retry" : "accept"]),
  ),
  ...kind(
    "other ends",
    "reviewer",
    "retry",
    ENDS_OTHER.map((end) => [end, { text: GOOD, end }]),
  ),
  ...kind(
    "counts",
    "reviewer",
    "accept",
    COUNTS.map(([n, usage]) => [n, { text: GOOD, usage }]),
  ),
];
