import { EDIT, type Odd, type RawHttp, rows } from "./odd.ts";

/** Failures that come each time the same question comes: no waiting ends them, another form of the question does. */
type Request = Readonly<Record<string, unknown>>;
const list = (value: unknown): readonly Request[] => (Array.isArray(value) ? (value as Request[]) : []);
const offers = (request: Request) => list(request.tools).length > 0;
/** A call and its result in the history, in the form of any of the three APIs. */
const called = (request: Request) => /"(?:tool_calls|tool_use|function_call)"/.test(JSON.stringify([request.messages, request.input])); // prettier-ignore
const streams = (request: Request) => request.stream === true;

const json = (status: number, body: unknown): RawHttp => ({ status, type: "application/json", http: JSON.stringify(body) }); // prettier-ignore
const error = (status: number, message: string, more: object = {}) => json(status, { error: { message, ...more } });
const edit = { calls: [{ name: "edit_file", args: EDIT }] };
const inStream = (text: string, message: string): RawHttp => ({
  ...{ status: 200, type: "text/event-stream" },
  http: [{ choices: [{ index: 0, delta: { content: text } }] }, { error: { message, type: "api_error" } }].map((one) => `data: ${JSON.stringify(one)}\n\n`).join(""), // prettier-ignore
});

type Row = readonly [name: string, said: Odd["said"], whenever: (request: Request) => boolean];
// prettier-ignore
const ROWS: readonly Row[] = [
  ["Ollama cannot read Qwen's marks", error(500, "XML syntax error on line 7: element <parameter> closed by </function>", { type: "api_error" }), offers],
  ["Ollama cannot read Qwen's marks, as text", json(500, { error: "expected element type <function> but have <parameter>" }), offers],
  ["Ollama cannot read Qwen's marks, in a stream", inStream("", "XML syntax error on line 115: unexpected EOF"), offers],
  ["Ollama cannot read the marks behind words, in a stream", inStream("I edit the file now.", "XML syntax error on line 115: unexpected EOF"), (request) => offers(request) && streams(request)],
  ["llama.cpp cannot read the answer", error(500, "Failed to parse input at pos 184: <tool_call>edit_file<arg_key>path", { code: 500, type: "server_error" }), offers],
  ["LM Studio cannot read the call", json(400, { error: "Failed to parse tool call: Unexpected end of content." }), offers],
  ["vLLM's parser of harmony", error(500, "Unexpected token 200012 while expecting start token 200006"), offers],
  ["vLLM without its flag", json(400, { object: "error", message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', type: "BadRequestError", code: 400 }), offers],
  ["llama.cpp without its flag", error(500, "tools param requires --jinja flag", { code: 500 }), offers],
  ["tools are turned down in words that nobody knows", error(400, "Unprocessable request"), offers],
  ["calls of before are turned down without a word", { status: 400, type: "text/plain", http: "" }, called],
  ["a template that fails on calls of before", error(500, "Jinja Exception: After the optional system message, conversation roles must alternate user and assistant roles except for tool calls and results."), called],
  ["a template that fails on anything of before", error(500, "Value is not callable: null at row 62, column 114 (chat template)"), called],
  ["a thought's signature is missed", json(400, [{ error: { code: 400, message: "Function call is missing a thought_signature in functionCall parts.", status: "INVALID_ARGUMENT" } }]), called],
  ["an answer that is malformed as long as it is asked for like this", { ...edit, end: "malformed_function_call" }, (request) => !JSON.stringify(request).includes("could not be read")],
];

export const STUBBORN: readonly Odd[] = (["writer", "reviewer"] as const).flatMap((to) =>
  rows(
    "stubborn",
    to,
    "retry",
    ROWS.map(([name, said]) => [`${name}, for a ${to}`, said]),
  ).map((odd, nth) => ({
    ...odd,
    ...(ROWS[nth] ? { whenever: ROWS[nth][2] } : {}),
  })),
);
