import { WORDS } from "../../../src/models/provider-words.fixture.ts";
import { FINISH } from "../../support/stories.ts";
import { EDIT, FINDING, type RawHttp, type RawSaid, VERDICT } from "./odd.ts";
import type { OddTicket } from "./ticket.ts";

/** Odd answers in a row, in the middle of whole tickets. */
const http = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): RawHttp => ({
  ...{ status, headers },
  ...(typeof body === "string"
    ? { type: "text/html", http: body }
    : { type: "application/json", http: JSON.stringify(body) }),
});
const error = (status: number, code: string, message: string, headers = {}) =>
  http(status, { error: { code, message } }, headers);
const edit = { name: "edit_file", args: EDIT };
const finish = { name: "finish", args: FINISH };
const verdict = (over: object): RawSaid => ({ text: JSON.stringify({ ...VERDICT, ...over }) });
const PAGE = http(200, "<!DOCTYPE html><title>Sign in</title>");
const BUSY = error(429, "rate_limit_exceeded", "Too many requests");
const soon = new Date(Date.now() + 30_000).toUTCString();

type Row = readonly [name: string, ...answers: (RawSaid | RawHttp)[]];
const rows = (to: OddTicket["to"], all: readonly Row[]): OddTicket[] =>
  all.map(([name, ...answers]) => ({ name, to, answers }));

export const ONCE: readonly OddTicket[] = [
  ...rows("writer", [
    [
      "ids that are none",
      {
        calls: [
          { id: "", name: "read_file", args: { path: "a.js" } },
          { id: null, ...edit },
        ],
      },
    ],
    [
      "one id twice",
      {
        calls: [
          { id: "c", name: "read_file", args: { path: "a.js" } },
          { id: "c", ...edit },
        ],
      },
    ],
    ["the same id as before", { calls: [{ id: "call_odd_0", ...edit }] }],
    [
      "a call that is cut, then words, then nothing",
      { calls: [{ name: "edit_file", args: '{"path": "a.js", "old' }], end: "length" },
      { text: "I edit now." },
      { text: "" },
    ],
    ["nothing three times", { text: "" }, { text: null }, { text: "\n" }],
    ["a thought alone, twice", { text: "<think>I edit.</think>" }, { text: "<think>Now.</think>" }],
    [
      "a tool that is none, twice",
      { calls: [{ name: "apply_patch", args: { patch: "x" } }] },
      { calls: [{ name: "bash", args: { cmd: "ls" } }] },
    ],
    ["two ends at once", { calls: [edit, finish, finish] }],
    ["work behind the end", { calls: [finish, edit] }],
    ["an end before any work", { calls: [finish] }],
    [
      "an end that does not fit, three times",
      ...[{}, { summary: 1 }, { summary: "" }].map((args) => ({ calls: [{ name: "finish", args }] })),
    ],
    ["arguments as an object in text", { calls: [{ name: "edit_file", args: JSON.stringify(JSON.stringify(EDIT)) }] }],
    [
      "a call in angle brackets",
      { text: `<edit_file><path>a.js</path><old_text>two</old_text><new_text>2</new_text></edit_file>` },
    ],
    [
      "a call in words of one family",
      { text: `<tool_call>{"name": "edit_file", "arguments": ${JSON.stringify(EDIT)}}</tool_call>` },
    ],
    ["no count", { calls: [edit], usage: null }],
    [
      "a count of nothing",
      { calls: [edit], usage: { prompt_tokens: 0, completion_tokens: 0, input_tokens: 0, output_tokens: 0 } },
    ],
    ["cut in the middle, twice", { text: "I", calls: [edit], cutAt: 0.5 }, { text: "I", calls: [edit], cutAt: 0.7 }],
    ["busy until a date", error(429, "rate_limit_exceeded", "Slow down", { "retry-after": soon })],
    [
      "busy three times for a moment",
      ...[0, 0, 0].map(() => error(429, "rate_limit_exceeded", "Slow down", { "retry-after-ms": "20" })),
    ],
    ["busy for two hours, it says", error(429, "rate_limit_exceeded", "Slow down", { "retry-after": "7200" })],
    ["overloaded four times", ...[0, 0, 0, 0].map(() => error(529, "overloaded_error", "Overloaded"))],
    ["overloaded, said with a success", http(200, { error: { code: 503, message: "The model is overloaded." } })],
    ["a page with a success, twice", PAGE, PAGE],
    ["a page of a firewall", http(403, "<html><title>Blocked</title></html>")],
    [
      "a gateway's page, busy, cut, nothing",
      http(502, "<html>Bad Gateway</html>"),
      BUSY,
      { text: "I edit", cutAt: 0.3 },
      { text: "" },
    ],
    ["an empty account, once", error(402, "insufficient_quota", "Insufficient credits")],
    ["a key that is refused, once", error(401, "invalid_api_key", "Incorrect API key")],
    ["a model that is gone, once", error(404, "model_not_found", "The model does not exist")],
    ["a form that is refused, once", error(400, "invalid_request_error", "messages: at least one message is wrong")],
    ["a filter", error(400, "content_filter", "The response was filtered")],
    ["a refusal", { text: "I cannot help with that.", end: "refusal", extra: { refusal: "I cannot help with that." } }],
    ["a filtered answer", { text: "", end: "content_filter" }],
    ["no choice", http(200, { id: "c", model: "model-1", choices: [], content: [], output: [], usage: {} })],
    [
      "no message",
      http(200, {
        id: "c",
        model: "model-1",
        choices: [{ finish_reason: "stop", message: null }],
        content: null,
        output: null,
      }),
    ],
    ["null", http(200, null)],
    ["a stream without an end", { text: "I edit.", calls: [edit], cutAt: 0.97 }],
  ]),
  ...rows("reviewer", [
    ["another schema twice", { text: '{"verdict": "pass"}' }, { text: '{"findings": "none"}' }],
    ["words, then half of JSON", { text: "Looks good to me!" }, { text: JSON.stringify(VERDICT).slice(0, 60) }],
    ["a finding without its fields", verdict({ findings: [{ title: "Bad" }] })],
    [
      "a blocker on nothing",
      verdict({ findings: [{ ...FINDING, severity: "blocker", path: "nowhere.js" }] }),
      verdict({ findings: [{ title: 1 }] }),
    ],
    ["a list instead of an object", { text: "[]" }, { text: "null" }],
    ["the answer as a call", { calls: [{ name: "finish", args: VERDICT }] }],
    ["a tool that only writers have", { calls: [edit] }],
    ["the schema itself", { text: '{"type":"object","properties":{"summary":{"type":"string"}}}' }],
    ["cut off twice", { text: '{"summary": "It', end: "length" }, { text: '{"summary": "It', end: "length" }],
    ["a filter, then a page", { text: "", end: "content_filter" }, PAGE],
    [
      "overloaded in the middle of a stream",
      http(200, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }),
    ],
    ["a failure as text", http(500, { error: "model runner has unexpectedly stopped" })],
    ["busy, then an empty account", BUSY, error(429, "insufficient_quota", "You exceeded your current quota")],
    ["no choice twice", http(200, { choices: [], content: [], output: [] }), http(200, {})],
  ]),
];

/** More than the window, in every family's words; the request is made shorter, and the ticket goes on. */
export const TOO_LARGE: readonly OddTicket[] = WORDS.filter(([, , , cause]) => cause === "too-large").map(
  ([who, status, body]) => ({
    ...{ name: `too large, says ${who}`, to: "writer" },
    answers: [http(status, body)],
  }),
);

/** As few tickets as they go into: two in a writer's step, and one for each who doubts. */
export function inTickets(all: readonly OddTicket[]): OddTicket[][] {
  const writers = all.filter(({ to }) => to === "writer");
  const reviewers = all.filter(({ to }) => to === "reviewer");
  const tickets = Math.ceil(Math.max(writers.length, reviewers.length) / 2);
  return Array.from({ length: tickets }, (_, nth) =>
    [writers[nth], writers[nth + tickets], reviewers[nth], reviewers[nth + tickets]].filter((one) => one !== undefined),
  );
}

/** What no waiting ends, and what the thread says of it. */
const always = (to: OddTicket["to"], name: string, tells: RegExp, answer: RawSaid | RawHttp): OddTicket => ({
  ...{ to, name, tells, answers: [answer], always: true },
});
export const ALWAYS: readonly OddTicket[] = [
  always(
    "writer",
    "the key is refused",
    /does not accept the API key/,
    error(401, "invalid_api_key", "Incorrect API key"),
  ),
  always(
    "writer",
    "the account is empty",
    /no credit left.*Insufficient credits/,
    error(402, "insufficient_quota", "Insufficient credits"),
  ),
  always(
    "writer",
    "a firewall is between",
    /firewall or proxy.*Blocked/,
    http(403, "<html><title>Blocked</title></html>"),
  ),
  always(
    "writer",
    "the model is gone",
    /The model does not exist/,
    error(404, "model_not_found", "The model does not exist"),
  ),
  always(
    "writer",
    "the form is refused",
    /one message is wrong/,
    error(400, "invalid_request_error", "messages: at least one message is wrong"),
  ),
  always(
    "writer",
    "all is too large",
    /too large.*10 tokens/,
    error(400, "context_length_exceeded", "maximum context length is 10 tokens"),
  ),
  always("writer", "it is overloaded", /is overloaded at its provider/, error(529, "overloaded_error", "Overloaded")),
  always("writer", "a page comes", /a web page.*Sign in.*baseUrl/, PAGE),
  always("writer", "words come", /failed 3 times/, { text: "Done! I changed the file." }),
  always("writer", "nothing comes", /answered with nothing/, { text: "" }),
  always("writer", "it is cut off", /cut off/, { text: "I", end: "length" }),
  always("writer", "it refuses", /declined|refused|filter/, { text: "", end: "content_filter" }),
  always("writer", "streams break", /broke off in the middle/, { text: "I edit.", calls: [edit], cutAt: 0.5 }),
  always("reviewer", "another schema comes", /summary/, { text: '{"verdict": "pass"}' }),
  always("reviewer", "it refuses", /declined|refused|filter/, { text: "", end: "content_filter" }),
  always("reviewer", "it is busy", /rate limit.*Too many requests/, BUSY),
  always("reviewer", "tools are called without end", /failed 3 times/, {
    calls: [{ name: "read_file", args: { path: "a.js" } }],
  }),
];
