import { EDIT, type Odd, type RawHttp, rows, VERDICT } from "./odd.ts";

/** Ends, counts, cuts, and answers of machines that stand between us and a model. */
const GOOD = { text: JSON.stringify(VERDICT) };
const edit = { calls: [{ name: "edit_file", args: EDIT }] };
const page = (status: number, http: string, type = "text/html"): RawHttp => ({ status, type, http });
const json = (status: number, body: unknown): RawHttp => page(status, JSON.stringify(body), "application/json");

export const ENDS: readonly Odd[] = [
  ...rows("ends", "reviewer", "retry", [
    ...[
      "length",
      "max_tokens",
      "MAX_TOKENS",
      "max_output_tokens",
      "model_context_window_exceeded",
      "content_filter",
      "SAFETY",
      "refusal",
    ].map((end) => [end, { ...GOOD, end }] as const),
    ...[
      "RECITATION",
      "error",
      "ERROR",
      "abort",
      "cancelled",
      "failed",
      "OTHER",
      "malformed_function_call",
      "",
      null,
      7,
      "🛑",
    ].map((end) => [JSON.stringify(end), { ...GOOD, end }] as const),
    ["cut off with nothing", { text: "", end: "length" }],
    ["filtered with nothing", { text: null, end: "content_filter" }],
    ["a refusal in its field", { text: null, extra: { refusal: "I cannot help with that." } }],
  ]),
  ...rows("ends of a writer", "writer", "retry", [
    ["a call that ends as a text", { ...edit, end: "stop" }, "accept"],
    [
      "a call that was cut off",
      { calls: [{ name: "edit_file", args: '{"path": "a.js", "old_text": "tw' }], end: "length" },
    ],
    ["a whole call that was cut off", { ...edit, end: "length" }],
    ["a call that was filtered", { ...edit, end: "content_filter" }],
    ["nothing at all", { text: "" }],
    ["no content", { text: null }],
    ["blanks", { text: "\n\n" }],
    ["a thought alone", { text: "<think>I should edit.</think>" }],
    ["words alone", { text: "Done! I changed the file." }],
    ["an apology", { text: "I'm sorry, I can't do that." }],
  ]),
  ...rows("counts", "reviewer", "accept", [
    ...[
      {},
      null,
      [],
      "none",
      0,
      -1,
      12.5,
      true,
      { prompt_tokens: -5, completion_tokens: -1, input_tokens: -5, output_tokens: -1 },
    ].map((usage) => [JSON.stringify(usage).slice(0, 40), { ...GOOD, usage }] as const),
    [
      "texts",
      { ...GOOD, usage: { prompt_tokens: "500", completion_tokens: "20", input_tokens: "500", output_tokens: "20" } },
    ],
    ["zeros", { ...GOOD, usage: { prompt_tokens: 0, completion_tokens: 0, input_tokens: 0, output_tokens: 0 } }],
    [
      "far too many",
      { ...GOOD, usage: { prompt_tokens: 1e15, completion_tokens: 1e15, input_tokens: 1e15, output_tokens: 1e15 } },
    ],
    [
      "more cached than read",
      { ...GOOD, usage: { prompt_tokens: 5, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 900 } } },
    ],
    ["a list", { ...GOOD, usage: [{ prompt_tokens: 5 }] }],
  ]),
  ...rows("forms of a text", "reviewer", "accept", [
    ["one part", { text: [{ type: "text", text: GOOD.text }] }],
    [
      "parts",
      {
        text: [
          { type: "text", text: GOOD.text.slice(0, 30) },
          { type: "text", text: GOOD.text.slice(30) },
        ],
      },
    ],
    [
      "a thought as a part",
      {
        text: [
          { type: "thinking", thinking: "{}" },
          { type: "text", text: GOOD.text },
        ],
      },
    ],
    [
      "a part of a kind that nobody knows",
      {
        text: [
          { type: "hologram", data: "x" },
          { type: "text", text: GOOD.text },
        ],
      },
    ],
    ["the answer's own kind of part", { text: [{ type: "output_text", text: GOOD.text }] }],
    [
      "an empty part beside",
      {
        text: [
          { type: "text", text: "" },
          { type: "text", text: GOOD.text },
        ],
      },
    ],
    ["a null beside", { text: [null, { type: "text", text: GOOD.text }] }],
  ]),
  ...rows("cuts", "writer", "retry", [
    ...[0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97].map(
      (cutAt) => [`at ${cutAt * 100} %`, { text: "I edit.", ...edit, cutAt }] as const,
    ),
  ]),
  ...rows("cuts of an answer", "reviewer", "retry", [
    ...[0.1, 0.25, 0.5, 0.75, 0.9].map((cutAt) => [`at ${cutAt * 100} %`, { ...GOOD, cutAt }] as const),
  ]),
  ...rows("machines between", "writer", "retry", [
    ["a page with a success", page(200, "<!DOCTYPE html><html><body>Sign in to the WiFi</body></html>")],
    ["an empty success", page(200, "", "application/json")],
    ["a text with a success", page(200, "ok", "text/plain")],
    ["null with a success", page(200, "null", "application/json")],
    ["a list with a success", page(200, "[]", "application/json")],
    ["an object with a success", page(200, "{}", "application/json")],
    ["half of JSON", page(200, '{"choices": [{"message": {"con', "application/json")],
    ["an error with a success", json(200, { error: { message: "upstream timed out", type: "server_error" } })],
    ["an error as text with a success", json(200, { error: "Unexpected endpoint or method." })],
    ["busy with a success", json(200, { error: { code: 429, message: "Rate limit exceeded" } })],
    ["an error in a list with a success", json(200, [{ error: { code: 503, message: "The model is overloaded." } }])],
    ["a page with 500", page(500, "<html><h1>Internal Server Error</h1></html>")],
    ["a page with 502", page(502, "<html><center>502 Bad Gateway</center></html>")],
    ["a page with 503", page(503, "<html>Service Unavailable</html>")],
    ["a page with 504", page(504, "<html>Gateway Time-out</html>")],
    ["a page with 520", page(520, "error code: 520", "text/plain")],
    ["a page with 529", page(529, "")],
    ["429", json(429, { error: { message: "Too many requests" } })],
    ["429 as text", page(429, "Too Many Requests", "text/plain")],
    ["408", page(408, "")],
    ["409", json(409, { error: { message: "conflict" } })],
    ["425", page(425, "")],
    ["498", json(498, { error: { message: "Flex tier capacity exceeded", type: "capacity_exceeded" } })],
    ["499", page(499, "client closed request", "text/plain")],
    [
      "a call that the server could not read",
      json(400, {
        error: {
          message: "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
          type: "invalid_request_error",
          code: "tool_use_failed",
          failed_generation: `<function=edit_file>${JSON.stringify(EDIT)}</function>`,
        },
      }),
      "accept",
    ],
    [
      "a call that the server could not read, another time",
      json(400, {
        error: {
          message: "tool call validation failed: attempted to call tool 'fly' which was not in request.tools",
          code: "tool_use_failed",
          failed_generation: '{"name": "fly"}',
        },
      }),
    ],
    [
      "an answer that the server could not read",
      json(400, {
        error: {
          message: "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
          code: "json_validate_failed",
          failed_generation: "{",
        },
      }),
    ],
    [
      "a parser that failed",
      json(500, {
        error: { code: 500, message: "Failed to parse input at pos 12: <tool_call>…", type: "server_error" },
      }),
    ],
    ["a stream of comments", page(200, ": keep-alive\n\n: keep-alive\n\n", "text/event-stream")],
    ["a stream of nothing", page(200, "data: [DONE]\n\n", "text/event-stream")],
    ["a stream of noise", page(200, "data: hello\n\ndata: {broken\n\n", "text/event-stream")],
    [
      "an error in a stream",
      page(
        200,
        'event: error\ndata: {"error":{"message":"overloaded","type":"overloaded_error"}}\n\n',
        "text/event-stream",
      ),
    ],
    [
      "an error as text in a stream",
      page(200, 'event: error\ndata: {"error":"The model crashed"}\n\n', "text/event-stream"),
    ],
    ["no type", page(200, "<html></html>", "")],
    ["403 of a firewall", page(403, "<html>Access denied by security policy</html>")],
  ]),
];
