import { EDIT, type Odd, rows } from "./odd.ts";

/** The same edit written as text, where marks are missing, half there, or those of one family only. */
const ARGS = JSON.stringify(EDIT);
const FLAT = JSON.stringify({ name: "edit_file", arguments: EDIT });
const PARAMETERS = JSON.stringify({ name: "edit_file", parameters: EDIT });
const READ = JSON.stringify({ name: "read_file", parameters: { path: "a.js" } });
const PYTHON = 'path="a.js", old_text="two", new_text="2"';
const elements = (open: (name: string) => string, close: string | ((name: string) => string)) =>
  Object.entries(EDIT)
    .map(([name, value]) => open(name) + value + (typeof close === "string" ? close : close(name)))
    .join("\n");

type Spoken = readonly [name: string, text: string, means?: Odd["means"]];
// prettier-ignore
const ALL: readonly Spoken[] = [
  ["functools", `functools[${FLAT}]`],
  ["functools behind words", `Let me edit.\n\nfunctools[${FLAT}]`],
  ["llama bare two, semicolon", `${READ}; ${PARAMETERS}`],
  ["llama bare two, lines", `${READ}\n${PARAMETERS}`],
  ["llama builtin", `<|python_tag|>edit_file.call(${PYTHON})`],
  ["bare default_api", `default_api.edit_file(${PYTHON})`],
  ["bare print", `print(default_api.edit_file(${PYTHON}))`],
  ["bare fence python", "```python\n"+`edit_file(${PYTHON})`+"\n```"],
  ["internlm", `<|action_start|><|plugin|>\n${PARAMETERS}<|action_end|>`],
  ["internlm behind words", `I edit.<|action_start|><|plugin|>${PARAMETERS}<|action_end|>\n`],
  ["step", `<｜tool_calls_begin｜><｜tool_call_begin｜>function<｜tool_sep｜><steptml:invoke name="edit_file">${elements((k) => `<steptml:parameter name="${k}">`, "</steptml:parameter>")}</steptml:invoke><｜tool_call_end｜><｜tool_calls_end｜>`],
  ["namespaced invoke", `<x:function_calls>\n<x:invoke name="edit_file">\n${elements((k) => `<x:parameter name="${k}">`, `</x:parameter>`)}\n</x:invoke>\n</x:function_calls>`],
  ["seed", `<seed:tool_call>\n<function=edit_file>\n${elements((k) => `<parameter=${k}>`, "</parameter>")}\n</function>\n</seed:tool_call>`],
  ["tool_use xml", `<tool_use>\n<name>edit_file</name>\n<arguments>${ARGS}</arguments>\n</tool_use>`],
  ["tool_name xml", `<tool_call><tool_name>edit_file</tool_name><parameters>${ARGS}</parameters></tool_call>`],
  ["elements of their names", `<edit_file>\n${elements((k) => `<${k}>`, (k) => `</${k}>`)}\n</edit_file>`],
  ["elements of their names behind words", `I will edit it.\n\n<edit_file>\n<path>a.js</path>\n<old_text>\ntwo\n</old_text>\n<new_text>\n2\n</new_text>\n</edit_file>`],
  ["apertus", `<|tools_prefix|>[{"edit_file": ${ARGS}}]<|tools_suffix|>`],
  ["lfm2", `<|tool_call_start|>[edit_file(${PYTHON})]<|tool_call_end|>`],
  ["function gemma", `<start_function_call>call:edit_file{path:<escape>a.js<escape>,old_text:<escape>two<escape>,new_text:<escape>2<escape>}<end_function_call>`],
  ["mistral bare name", `[TOOL_CALLS]edit_file${ARGS}`],
  ["mistral lost mark", `edit_file[ARGS]${ARGS}`],
  ["hermes python dict", `<tool_call>\n{'name': 'edit_file', 'arguments': {'path': 'a.js', 'old_text': 'two', 'new_text': '2'}}\n</tool_call>`],
  ["hermes missing brace", `<tool_call>\n${FLAT.slice(0,-1)}\n</tool_call>`],
  ["hermes extra brace", `<tool_call>\n${FLAT}}\n</tool_call>`],
  ["hermes only close", `${FLAT}\n</tool_call>`],
  ["hermes in think unclosed", `<think>I should edit.\n<tool_call>\n${FLAT}\n</tool_call>`],
  ["hermes inside think", `<think>I should edit.\n<tool_call>\n${FLAT}\n</tool_call>\n</think>`],
  ["qwen coder no open tag", `<function=edit_file>\n${elements((k) => `<parameter=${k}>\n`, "\n</parameter>")}\n</function>\n</tool_call>`],
  ["qwen coder unclosed params", `<tool_call>\n<function=edit_file>\n${elements((k) => `<parameter=${k}>\n`, "")}\n</function>\n</tool_call>`],
  ["glm no newline", `<tool_call>edit_file${elements((k) => `<arg_key>${k}</arg_key><arg_value>`, "</arg_value>").replaceAll("\n", "")}</tool_call>`],
  ["harmony without functions", `<|channel|>commentary to=edit_file <|constrain|>json<|message|>${ARGS}<|call|>`],
  ["harmony recipient first", `<|start|>assistant to=functions.edit_file<|channel|>commentary json<|message|>${ARGS}<|call|>`],
  ["harmony lost marks", `commentary to=functions.edit_file json${ARGS}`],
  ["deepseek one call mark", `<｜tool▁call▁begin｜>function<｜tool▁sep｜>edit_file\n\`\`\`json\n${ARGS}\n\`\`\`<｜tool▁call▁end｜>`],
  ["name line then object", `edit_file\n${ARGS}`],
  ["name colon object", `edit_file: ${ARGS}`],
  ["name fence object", "edit_file\n```json\n"+ARGS+"\n```"],
  ["Calling function", `Calling function edit_file with ${ARGS}`, "retry"],
  ["call json in fence behind words", "I will edit the file now.\n\n```json\n"+FLAT+"\n```"],
  ["call json in fence, words after", "```json\n"+FLAT+"\n```\nThis edits the file."],
  ["bare json behind words", `I will edit the file.\n${FLAT}`],
  ["as OpenAI spells a call", `{"type":"function","function":{"name":"edit_file","arguments":${ARGS}}}`],
  ["tool_calls openai inner list", JSON.stringify({tool_calls:[{name:"edit_file",args:EDIT}]})],
  ["function_call object", JSON.stringify({function_call:{name:"edit_file",arguments:ARGS}})],
  ["action/action_input", JSON.stringify({action:"edit_file",action_input:EDIT})],
  ["command/tool params flat", JSON.stringify({tool:"edit_file",...EDIT})],
  ["name flat", JSON.stringify({name:"edit_file",...EDIT})],
  ["kwargs", JSON.stringify({function:"edit_file",kwargs:EDIT})],
  ["tool_use block as text", JSON.stringify({type:"tool_use",id:"toolu_1",name:"edit_file",input:EDIT})],
  ["list of anthropic blocks", JSON.stringify([{type:"text",text:"I edit"},{type:"tool_use",id:"t",name:"edit_file",input:EDIT}])],
  ["react loose", `Thought: edit.\n\nAction: edit_file\nAction Input:\n\`\`\`json\n${ARGS}\n\`\`\``],
  ["react bold", `**Action:** edit_file\n**Action Input:** ${ARGS}`],
  ["granite 4", `<tool_call>\n${FLAT}\n</tool_call><|end_of_text|>`],
  ["hunyuan", `<tool_calls>\n<tool_call>edit_file\n\`\`\`json\n${ARGS}\n\`\`\`\n</tool_call>\n</tool_calls>`],
  ["ernie", `<tool_call>\n${FLAT}\n</tool_call>\n\n`],
  ["xlam", `[${FLAT}]`],
  ["olmo", `<function_calls>edit_file(${PYTHON})</function_calls>`],
  ["places instead of names", `[edit_file("a.js", "two", "2")]`, "retry"],
  ["code speaks", "I would write:\n```js\nedit_file(x)\n```", "retry"],
];

export const SPOKEN_BARE: readonly Odd[] = rows(
  ...(["calls without marks", "writer", "accept"] as const),
  ALL.map(([name, text, means = "accept"]) => [name, { text }, means] as const),
);
