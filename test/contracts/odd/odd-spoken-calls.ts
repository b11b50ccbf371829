import { EDIT, type Odd, rows } from "./odd.ts";

/** The same edit written as text, in the marks of the family that the model was trained with and its server does not know. */
const ARGS = JSON.stringify(EDIT);
const FLAT = JSON.stringify({ name: "edit_file", arguments: EDIT });
const PARAMETERS = JSON.stringify({ name: "edit_file", parameters: EDIT });
const say = (text: string) => ({ text });
const xml = (open: (name: string) => string, close: string) =>
  Object.entries(EDIT)
    .map(([name, value]) => `${open(name)}${value}${close}`)
    .join("\n");

export const SPOKEN: readonly Odd[] = rows("calls in the text", "writer", "accept", [
  ["Hermes", say(`<tool_call>\n${FLAT}\n</tool_call>`)],
  ["Hermes, on one line", say(`<tool_call>${FLAT}</tool_call>`)],
  ["Hermes, behind words", say(`I will edit it.\n<tool_call>\n${FLAT}\n</tool_call>`)],
  ["Hermes, behind a thought", say(`<think>Edit it.</think>\n<tool_call>\n${FLAT}\n</tool_call>`)],
  ["Hermes, never closed", say(`<tool_call>\n${FLAT}`)],
  [
    "Hermes, arguments as text",
    say(`<tool_call>${JSON.stringify({ name: "edit_file", arguments: ARGS })}</tool_call>`),
  ],
  ["Hermes, twice the same", say(`<tool_call>${FLAT}</tool_call>\n<tool_call>${FLAT}</tool_call>`)],
  ["Hermes, plural", say(`<tool_calls>[${FLAT}]</tool_calls>`)],
  ["function_call", say(`<function_call>${FLAT}</function_call>`)],
  ["in a fence", say(`\`\`\`tool_call\n${FLAT}\n\`\`\``)],
  [
    "Gemma 4",
    say(`<|tool_call>call:edit_file{path:<|"|>a.js<|"|>,old_text:<|"|>two<|"|>,new_text:<|"|>2<|"|>}<tool_call|>`),
  ],
  [
    "LongCat",
    say(
      `<longcat_tool_call>edit_file\n${Object.entries(EDIT)
        .map(
          ([name, value]) =>
            `<longcat_arg_key>${name}</longcat_arg_key><longcat_arg_value>${value}</longcat_arg_value>`,
        )
        .join("\n")}\n</longcat_tool_call>`,
    ),
  ],
  ["Llama 3", say(`<|python_tag|>${PARAMETERS}`)],
  ["Llama 3, typed", say(`{"type": "function", "name": "edit_file", "parameters": ${ARGS}}`)],
  ["Llama 3, with its end", say(`<|python_tag|>${PARAMETERS}<|eom_id|>`)],
  ["Llama 3, custom", say(`<function=edit_file>${ARGS}</function>`)],
  ["Llama 4", say(`[edit_file(path="a.js", old_text="two", new_text="2")]`)],
  [
    "Llama 4, with its marks",
    say(`<|python_start|>[edit_file(path="a.js", old_text="two", new_text="2")]<|python_end|>`),
  ],
  ["Mistral", say(`[TOOL_CALLS][${FLAT}]`)],
  ["Mistral, with a blank", say(`[TOOL_CALLS] [${FLAT}]</s>`)],
  ["Mistral, newer", say(`[TOOL_CALLS]edit_file[ARGS]${ARGS}`)],
  ["Mistral, with an id", say(`[TOOL_CALLS]edit_file[CALL_ID]abcdefghi[ARGS]${ARGS}`)],
  [
    "Qwen 3 coder",
    say(
      `<tool_call>\n<function=edit_file>\n${xml((name) => `<parameter=${name}>\n`, "\n</parameter>")}\n</function>\n</tool_call>`,
    ),
  ],
  [
    "Qwen 3 coder, without the frame",
    say(`<function=edit_file>\n${xml((name) => `<parameter=${name}>`, "</parameter>")}\n</function>`),
  ],
  ["Qwen 2", say(`✿FUNCTION✿: edit_file\n✿ARGS✿: ${ARGS}`)],
  [
    "DeepSeek 3",
    say(
      `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>edit_file\n\`\`\`json\n${ARGS}\n\`\`\`<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
    ),
  ],
  [
    "DeepSeek 3.1",
    say(
      `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>edit_file<｜tool▁sep｜>${ARGS}<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
    ),
  ],
  [
    "DeepSeek 3.2",
    say(
      `<｜DSML｜function_calls>\n<｜DSML｜invoke name="edit_file">\n${xml((name) => `<｜DSML｜parameter name="${name}" string="true">`, "</｜DSML｜parameter>")}\n</｜DSML｜invoke>\n</｜DSML｜function_calls>`,
    ),
  ],
  [
    "Kimi",
    say(
      `<|tool_calls_section_begin|><|tool_call_begin|>functions.edit_file:0<|tool_call_argument_begin|>${ARGS}<|tool_call_end|><|tool_calls_section_end|>`,
    ),
  ],
  [
    "GLM",
    say(
      `<tool_call>edit_file\n${xml((name) => `<arg_key>${name}</arg_key>\n<arg_value>`, "</arg_value>")}\n</tool_call>`,
    ),
  ],
  [
    "MiniMax",
    say(
      `<minimax:tool_call>\n<invoke name="edit_file">\n${xml((name) => `<parameter name="${name}">`, "</parameter>")}\n</invoke>\n</minimax:tool_call>`,
    ),
  ],
  [
    "Claude",
    say(
      `<function_calls>\n<invoke name="edit_file">\n${xml((name) => `<parameter name="${name}">`, "</parameter>")}\n</invoke>\n</function_calls>`,
    ),
  ],
  ["channels", say(`<|channel|>commentary to=functions.edit_file <|constrain|>json<|message|>${ARGS}<|call|>`)],
  [
    "channels, behind a thought",
    say(
      `<|channel|>analysis<|message|>Edit it.<|end|><|start|>assistant<|channel|>commentary to=functions.edit_file<|message|>${ARGS}<|call|>`,
    ),
  ],
  ["Gemma", say(`\`\`\`tool_code\nedit_file(path="a.js", old_text="two", new_text="2")\n\`\`\``)],
  ["Gemma, printed", say(`\`\`\`tool_code\nprint(edit_file(path='a.js', old_text='two', new_text='2'))\n\`\`\``)],
  ["Granite", say(`<|tool_call|>[${FLAT}]`)],
  ["Phi", say(`<|tool_call|>[{"name": "edit_file", "arguments": ${ARGS}}]<|/tool_call|>`)],
  ["Nemotron", say(`<TOOLCALL>[${FLAT}]</TOOLCALL>`)],
  ["Command R", say(`Action: \`\`\`json\n[{"tool_name": "edit_file", "parameters": ${ARGS}}]\n\`\`\``)],
  [
    "Command A",
    say(`<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "edit_file", "parameters": ${ARGS}}]<|END_ACTION|>`),
  ],
  ["bare", say(FLAT)],
  ["bare, in a fence", say(`\`\`\`json\n${FLAT}\n\`\`\``)],
  ["bare, with `tool`", say(`{"tool": "edit_file", "args": ${ARGS}}`)],
  [
    "bare, as OpenAI spells it",
    say(
      `{"tool_calls": [{"id": "c1", "type": "function", "function": {"name": "edit_file", "arguments": ${JSON.stringify(ARGS)}}}]}`,
    ),
  ],
  ["bare, by the name alone", say(`{"edit_file": ${ARGS}}`)],
  ["ReAct", say(`Thought: edit it.\nAction: edit_file\nAction Input: ${ARGS}\nObservation:`)],
  ["a tool that is none", say(`<tool_call>{"name": "fly", "arguments": {}}</tool_call>`), "retry"],
  ["half a call", say(`<tool_call>{"name": "edit_file", "argu`), "retry"],
  ["only its mark", say("<tool_call></tool_call>"), "retry"],
  ["a story about calls", say("I would use `edit_file` with `two` and `2`."), "retry"],
]);
