import { EDIT, type Odd, rows, VERDICT } from "./odd.ts";

/** Names, arguments and answers as servers and models of 2026 spell them. They are read before it is known over which API they came. */
const ARGS = JSON.stringify(EDIT);
const GOOD = JSON.stringify(VERDICT);

type Row = readonly [name: string, said: unknown, means?: Odd["means"]];
// prettier-ignore
const NAMES = ["default_api:edit_file", "functions/edit_file", "functions::edit_file", "functions.edit_file.0", "$edit_file", "edit_file<｜tool▁sep｜>", "to=functions.edit_file", "repo_browser.edit_file", "edit_file json", "Tool: edit_file", "edit_file;", "edit_file_tool", "editfile", "edit_files", "EditFileTool", "edit_file\u0000", "edit_file<|message|>", "<|tool_call_begin|>edit_file", "functions.edit_file<|channel|>commentary json", "edit_file-1", "edit_file_1", "call_edit_file", "workspace__edit_file", "edit_file\"", "function=edit_file", "<edit_file>", "edit_file,", "replace", "edit", "Update"];

// prettier-ignore
const ARGUMENTS: readonly Row[] = [
  ["call mark behind", `${ARGS}\n\n<|call|>`],
  ["end of python dict with None", "{'path': 'a.js', 'old_text': 'two', 'new_text': '2', 'x': None, 'y': True}"],
  ["no braces", ARGS.slice(1, -1)],
  ["null before", `null${ARGS}`],
  ["empty text before", `""${ARGS}`],
  ["undefined before", `undefined${ARGS}`],
  ["own name as key", { edit_file: EDIT }],
  ["kwargs", { kwargs: EDIT }],
  ["properties", { properties: EDIT }],
  ["schema", { type: "object", properties: EDIT }],
  ["params text", { parameters: ARGS }],
  ["raw", { raw: ARGS }],
  ["_raw", { _raw: ARGS }],
  ["raw_arguments", { raw_arguments: ARGS }],
  ["value", { value: EDIT }],
  ["list of pairs", [{ name: "path", value: "a.js" }, { name: "old_text", value: "two" }, { name: "new_text", value: "2" }], "retry"],
  ["pieces", '{"path":"a.js"}{"old_text":"two"}{"new_text":"2"}'],
  ["BOM", `\ufeff${ARGS}`],
  ["doubled braces", `{${ARGS}}`],
  ["apostrophes within", `{'path': 'a.js', 'old_text': "two", 'new_text': '2'}`],
  ["entities", ARGS.replaceAll('"', "&quot;")],
  ["elements", "<path>a.js</path><old_text>two</old_text><new_text>2</new_text>", "retry"],
  ["yaml", "path: a.js\nold_text: two\nnew_text: '2'", "retry"],
  ["comment", `{ "path": "a.js", // the file\n "old_text": "two", "new_text": "2" }`],
  ["python call", `path="a.js", old_text="two", new_text="2"`, "retry"],
  ["python call whole", `edit_file(path="a.js", old_text="two", new_text="2")`, "retry"],
  ["parameter elements", `<parameter=path>a.js</parameter><parameter=old_text>two</parameter><parameter=new_text>2</parameter>`, "retry"],
  ["unicode escapes", ARGS.replace("two", "\\u0074wo")],
  ["control tab in text", ARGS.replace('"two"', '"two"\t')],
  ["think before", `<think>hm {</think>${ARGS}`],
  ["description beside", { ...EDIT, description: "Edit", file: "a.js" }],
  ["snake search/replace", { path: "a.js", search: "two", replace: "2" }],
  ["old/new", { path: "a.js", old: "two", new: "2" }],
  ["old_str", { path: "a.js", old_str: "two", new_str: "2" }],
  ["filename", { filename: "a.js", old_text: "two", new_text: "2" }],
  ["target_file", { target_file: "a.js", old_string: "two", new_string: "2" }],
  ["edits list", { path: "a.js", edits: [{ old_text: "two", new_text: "2" }] }],
  ["edits oldText", { path: "a.js", edits: [{ oldText: "two", newText: "2" }] }],
  ["name/params/arguments list", [{ name: "edit_file", arguments: EDIT }]],
  ["type/function", { type: "function", function: { name: "edit_file", arguments: ARGS } }],
  ["arguments twice nested", { arguments: { arguments: EDIT } }],
  ["trailing prose", `${ARGS}\nDone.`],
  ["leading prose", `Here: ${ARGS}`],
  ["single quotes json5", "{path: 'a.js', old_text: 'two', new_text: '2',}"],
  ["string with raw quotes", '{"path":"a.js","old_text":"two","new_text":"say "2""}', "retry"],
  ["surrogate alone", { ...EDIT, new_text: "2\ud800" }],
  ["NUL", { ...EDIT, new_text: "2\u0000" }, "retry"],
  ["very long word", { ...EDIT, new_text: "2".repeat(90_000) }],
  ["escaped newline for a line end", { ...EDIT, old_text: "two\\n", new_text: "2\\n" }, "retry"],
  ["crlf", { ...EDIT, old_text: "one\r\ntwo", new_text: "one\r\n2" }],
];

// prettier-ignore
const TEXTS: readonly Row[] = [
  ["comments of hash", `{\n# summary\n"summary":"odd",${GOOD.slice(GOOD.indexOf(",") + 1)}`],
  ["two objects with a comma", `${JSON.stringify({ ...VERDICT, summary: "draft" })},\n${GOOD}`],
  ["json lines", `{"note":1}\n${GOOD}`],
  ["object then empty object", `${GOOD}\n{}`],
  ["object then schema words", `${GOOD}\n\nThis follows {"type":"object"}.`],
  ["entities", GOOD.replaceAll('"', "&quot;"), "retry"],
  ["br", GOOD.replace("odd", "odd").replaceAll(",", ",<br>"), "retry"],
  ["base64", Buffer.from(GOOD).toString("base64"), "retry"],
  ["unicode escaped keys", GOOD.replace("summary", "\\u0073ummary")],
  ["zero width", `\u200b${GOOD}\u200b`],
  ["nbsp", GOOD.replaceAll(":", ":\u00a0")],
  ["fullwidth", GOOD.replaceAll(",", "，").replaceAll(":", "："), "retry"],
  ["latex", `\\boxed{${GOOD}}`],
  ["box marks", `<|begin_of_box|>${GOOD}<|end_of_box|>`],
  ["tool response", `<tool_response>${GOOD}</tool_response>`],
  ["final", `Final Answer: ${GOOD}`],
  ["assistant:", `assistant: ${GOOD}`],
  ["markdown list", `- ${GOOD}`],
  ["python assign", `verdict = ${GOOD.replaceAll("[]", "list()")}`, "retry"],
  ["json.loads", `json.loads('${GOOD}')`],
  ["console.log", `console.log(${GOOD})`],
  ["xml cdata", `<![CDATA[${GOOD}]]>`],
  ["html pre", `<pre><code>${GOOD}</code></pre>`],
  ["details", `<details><summary>Review</summary>\n\n\`\`\`json\n${GOOD}\n\`\`\`\n</details>`],
  ["indented fence", `   \`\`\`json\n   ${GOOD}\n   \`\`\``],
  ["fence jsonc", `\`\`\`jsonc\n// all\n${GOOD}\n\`\`\``],
  ["think in fence", `\`\`\`think\n{"a":1}\n\`\`\`\n${GOOD}`],
  ["unclosed think then final", `<think>hm ${GOOD.slice(0, 30)}\n\nFinal:\n${GOOD}`, "retry"],
  ["ellipsis thought", `Thinking...\n{"maybe":1}\n...done thinking.\n\n${GOOD}`],
  ["ansi", `\u001b[32m${GOOD}\u001b[0m`],
  ["NUL between", GOOD.replace(",", ",\u0000")],
  ["single long word", `${"a".repeat(60_000)} ${GOOD}`],
  ["many braces before", `${"{".repeat(300)}${GOOD}`],
  ["quoted lines", GOOD.split(",").map((l) => `"${l}`).join("\n"), "retry"],
  ["function style", `review(${GOOD})`],
  ["escaped newlines outside", GOOD.replaceAll(",", ",\\n")],
  ["missing opening", GOOD.slice(1), "retry"],
  ["missing open quote", GOOD.replace('{"summary', '{summary"'), "retry"],
  ["semicolon ends", GOOD.replaceAll(",", ";"), "retry"],
  ["equals", GOOD.replaceAll(":", "="), "retry"],
];

// prettier-ignore
const ENDS: readonly unknown[] = ["eos_token", "end_turn", "COMPLETE", "STOP", "normal", "FINISH_REASON_STOP", "EndTurn", "stop_token", { type: "stop", matched: null }, ["stop"]];

export const SPELT: readonly Odd[] = [
  ...rows(
    ...(["names as spelt elsewhere", "writer", "accept"] as const),
    NAMES.map((name) => [JSON.stringify(name), { calls: [{ name, args: EDIT }] }] as const),
  ),
  ...rows(
    ...(["arguments as spelt elsewhere", "writer", "accept"] as const),
    ARGUMENTS.map(([name, args, means = "accept"]) => [name, { calls: [{ name: "edit_file", args }] }, means] as const),
  ),
  ...rows(
    ...(["answers as spelt elsewhere", "reviewer", "accept"] as const),
    TEXTS.map(([name, text, means = "accept"]) => [name, { text }, means] as const),
  ),
  ...rows(
    ...(["ends as spelt elsewhere", "reviewer", "accept"] as const),
    ENDS.map((end) => [JSON.stringify(end), { text: GOOD, end }] as const),
  ),
];
