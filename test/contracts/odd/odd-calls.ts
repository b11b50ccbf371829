import { EDIT, type Odd, type RawCall, rows } from "./odd.ts";

/** A writer's edit, called in ways in which models called theirs. */
const ARGS = JSON.stringify(EDIT);
const call = (name: unknown, args: unknown = EDIT, more: Partial<RawCall> = {}) => ({
  calls: [{ ...more, name, args }],
});
const with_ = (args: unknown) => call("edit_file", args);
const FINISH = {
  ...{ summary: "done", logic: [], assumptions: [], verification: [], limitations: [], unplanned: [], answers: [] },
};

export const CALLS: readonly Odd[] = [
  ...rows("names", "writer", "accept", [
    ...[
      ...[
        "functions.edit_file",
        "function:edit_file",
        "tools.edit_file",
        "default_api.edit_file",
        "editFile",
        "EditFile",
      ],
      ...["edit-file", "Edit_File", "EDIT_FILE", " edit_file\n", "edit_file ", "edit_file:0", "functions.edit_file:3"],
      ...["edit_file<|channel|>commentary", "edit_file<|constrain|>json", "assistant<|channel|>edit_file"],
      ...["edit_file()", "`edit_file`", '"edit_file"', "edit_file<tool_sep>", "mcp__repo__edit_file", "str_replace"],
      ...["Edit", "tool.edit_file", "namespace/edit_file", "edit_file.", "edit file"],
    ].map((name) => [JSON.stringify(name), call(name)] as const),
    ...["", null, 7, "unknown_tool", "ls -la", "edit_file read_file", "<tool>", "💥", "a".repeat(300)].map(
      (name) => [JSON.stringify(name)?.slice(0, 40) ?? "none", call(name), "retry"] as const,
    ),
  ]),
  ...rows("arguments", "writer", "accept", [
    ["text", with_(ARGS)],
    ["text twice over", with_(JSON.stringify(ARGS))],
    ["text thrice over", with_(JSON.stringify(JSON.stringify(ARGS)))],
    ["a fence", with_(`\`\`\`json\n${ARGS}\n\`\`\``)],
    ["a rest", with_(`${ARGS}</tool_call>`)],
    ["another rest", with_(`${ARGS}<|im_end|>`)],
    ["a beginning", with_(`json\n${ARGS}`)],
    ["twice", with_(`${ARGS}${ARGS}`)],
    ["an empty object before", with_(`{}${ARGS}`)],
    ["a list of one", with_([EDIT])],
    ["a list of one as text", with_(`[${ARGS}]`)],
    ["in `input`", with_({ input: EDIT })],
    ["in `arguments`", with_({ arguments: EDIT })],
    ["in `parameters`", with_({ parameters: EDIT })],
    ["in `args` as text", with_({ args: ARGS })],
    ["with the tool's name", with_({ name: "edit_file", arguments: EDIT })],
    ["camel case", with_({ path: "a.js", oldText: "two", newText: "2" })],
    ["other names", with_({ file_path: "a.js", old_string: "two", new_string: "2" })],
    ["other names in camel case", with_({ filePath: "a.js", oldString: "two", newString: "2" })],
    ["names with dashes", with_({ path: "a.js", "old-text": "two", "new-text": "2" })],
    ["capitals", with_({ Path: "a.js", Old_Text: "two", New_Text: "2" })],
    ["more fields", with_({ ...EDIT, explanation: "because", replace_all: false })],
    ["a number for a text", with_({ path: "a.js", old_text: "two", new_text: 2 })],
    ["lists for texts", with_({ path: ["a.js"], old_text: ["two"], new_text: ["2"] })],
    ["a comma before the end", with_(`${ARGS.slice(0, -1)},}`)],
    ["an end that lacks", with_(ARGS.slice(0, -1)), "retry"],
    ["words of Python", with_("{'path': 'a.js', 'old_text': 'two', 'new_text': '2'}")],
    ["line ends within", with_(ARGS.replace('"two"', '"two\n"').replace('"2"', '"2\n"'))],
    ["a path with a dot", with_({ ...EDIT, path: "./a.js" })],
    ["a path from the root", with_({ ...EDIT, path: "/a.js" })],
    ["a path of a container", with_({ ...EDIT, path: "/workspace/a.js" })],
    ["a path in a diff's spelling", with_({ ...EDIT, path: "b/a.js" })],
    ["a path in marks", with_({ ...EDIT, path: "`a.js`" })],
    ["a path with a line", with_({ ...EDIT, path: "a.js:2" })],
    ["a path with a blank", with_({ ...EDIT, path: " a.js" })],
    ["the number of the line", with_({ ...EDIT, old_text: "2\ttwo" })],
    ["nothing", with_(""), "retry"],
    ["null", with_(null), "retry"],
    ["missing", with_(undefined), "retry"],
    ["a number", with_(7), "retry"],
    ["true", with_(true), "retry"],
    ["an empty list", with_([]), "retry"],
    ["two edits in a list", with_([EDIT, EDIT]), "retry"],
    ["places instead of names", with_(["a.js", "two", "2"]), "retry"],
    ["prose", with_("replace two by 2 in a.js"), "retry"],
    ["a text that does not occur", with_({ ...EDIT, old_text: "zwei" }), "retry"],
    ["a file that does not exist", with_({ ...EDIT, path: "src/none.js" }), "retry"],
    ["null for a text", with_({ ...EDIT, new_text: null }), "retry"],
    ["half of it", with_('{"path": "a.js", "old_text": "tw'), "retry"],
    ["an evil path", with_({ ...EDIT, path: "../../etc/passwd" }), "retry"],
    ["names of objects' own", with_('{"__proto__": {"path": "a.js"}, "constructor": 1}'), "retry"],
    ["deep nesting", with_(`${"[".repeat(3_000)}${"]".repeat(3_000)}`), "retry"],
  ]),
  ...rows("large calls", "writer", "retry", [
    [
      "a file of 300 kB",
      {
        calls: [
          { name: "write_file", args: { path: "big.txt", content: "line\n".repeat(60_000) } },
          { name: "edit_file", args: EDIT },
        ],
      },
      "accept",
    ],
    [
      "a line of 200 kB",
      {
        calls: [
          { name: "write_file", args: { path: "big.txt", content: "x".repeat(200_000) } },
          { name: "edit_file", args: EDIT },
        ],
      },
      "accept",
    ],
    ["a hundred reads", { calls: Array.from({ length: 100 }, () => ({ name: "read_file", args: { path: "a.js" } })) }],
    [
      "letters of all kinds",
      {
        calls: [
          { name: "write_file", args: { path: "ü/日本.txt", content: "\u{1f9ee}\ud800\u0000\u2028" } },
          { name: "edit_file", args: EDIT },
        ],
      },
      "accept",
    ],
  ]),
  ...rows("ids", "writer", "accept", [
    ...[
      "",
      null,
      undefined,
      0,
      42,
      " ",
      "a b",
      "call:1",
      "é",
      "x".repeat(100),
      "toolu_1/2",
      {},
      ["c1"],
      "call_odd_0",
    ].map((one) => [JSON.stringify(one)?.slice(0, 30) ?? "missing", call("edit_file", EDIT, { id: one })] as const),
    [
      "repeated",
      {
        calls: [
          { id: "same", name: "read_file", args: { path: "a.js" } },
          { id: "same", name: "edit_file", args: EDIT },
        ],
      },
    ],
    [
      "all empty",
      {
        calls: [
          { id: "", name: "read_file", args: { path: "a.js" } },
          { id: "", name: "edit_file", args: EDIT },
        ],
      },
    ],
    ["one of an earlier turn", call("edit_file", EDIT, { id: "call_first" })],
  ]),
  ...rows("several calls", "writer", "accept", [
    [
      "the same twice",
      {
        calls: [
          { name: "edit_file", args: EDIT },
          { name: "edit_file", args: EDIT },
        ],
      },
    ],
    [
      "several in one",
      call("multi_tool_use.parallel", { tool_uses: [{ recipient_name: "functions.edit_file", parameters: EDIT }] }),
    ],
    [
      "several in one, spelt otherwise",
      call("multi_tool_use_parallel", { tool_uses: [{ recipient_name: "edit_file", parameters: EDIT }] }),
    ],
    ["parallel", call("parallel", { tool_uses: [{ recipient_name: "edit_file", parameters: EDIT }] })],
    [
      "the edit with a finish",
      {
        calls: [
          { name: "edit_file", args: EDIT },
          { name: "finish", args: FINISH },
        ],
      },
    ],
    [
      "a finish before the edit",
      {
        calls: [
          { name: "finish", args: FINISH },
          { name: "edit_file", args: EDIT },
        ],
      },
    ],
    [
      "two finishes",
      {
        calls: [
          { name: "edit_file", args: EDIT },
          { name: "finish", args: FINISH },
          { name: "finish", args: FINISH },
        ],
      },
    ],
    [
      "one that is none beside",
      {
        calls: [
          { name: "nothing_such", args: {} },
          { name: "edit_file", args: EDIT },
        ],
      },
    ],
    ["words beside", { text: "Now I edit.", ...call("edit_file") }],
    ["blanks beside", { text: "\n\n", ...call("edit_file") }],
    ["a finish as text", { text: JSON.stringify(FINISH) }, "retry"],
    ["a finish without an edit", call("finish", FINISH), "retry"],
    ["a finish that is text", call("finish", "done"), "retry"],
    [
      "a finish whose lists are texts",
      {
        calls: [
          { name: "edit_file", args: EDIT },
          { name: "finish", args: { ...FINISH, logic: "[]", unplanned: "none" } },
        ],
      },
    ],
    [
      "a finish in other words",
      {
        calls: [
          { name: "edit_file", args: EDIT },
          { name: "Finish", args: FINISH },
        ],
      },
    ],
  ]),
];
