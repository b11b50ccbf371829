import {
  type Dialect,
  event,
  type Fields,
  fields,
  type Kept,
  list,
  pieces,
  type Said,
  type Sent,
  type Told,
} from "./dialect.ts";

/** How one family spells an answer of Chat Completions. */
export type ChatForm = {
  /** The id of the nth call of a conversation. */
  readonly id: (nth: number) => string;
  /** Fields beside the content of every message: what it thought. */
  readonly thought?: (nth: number) => Fields;
  /** Fields beside each call. */
  readonly callExtra?: (nth: number, first: boolean) => Fields;
  /** Content in a form of its own. */
  readonly content?: (text: string) => unknown;
  readonly finish?: { readonly calls?: string; readonly stop?: string; readonly length?: string };
  /** The index of a call in a stream; undefined leaves it out. */
  readonly index?: (nth: number) => number | undefined;
  /** Calls in pieces, or each whole in one chunk. */
  readonly calls?: "in-pieces" | "whole";
  /** When a stream brings its usage. */
  readonly usage?: "asked" | "always" | "never";
  readonly usageFields?: Fields;
  /** Before each chunk, such as a comment that keeps the connection alive. */
  readonly before?: string;
  /** Chunks before the first word. */
  readonly first?: readonly Fields[];
  readonly choiceExtra?: Fields;
  readonly done?: false;
  readonly served?: string;
};

type Call = { readonly id: string; readonly name: string; readonly text: string; readonly extra: Fields };

/** The same answer whole and as a stream. What it gave is kept by the id of its first call. */
export function chatAnswer(form: ChatForm, said: Said, request: Sent, kept: Kept): Told {
  const calls = (said.calls ?? []).map((call, index): Call => {
    kept.count += 1;
    const id = form.id(kept.count);
    const extra = form.callExtra?.(kept.count, index === 0) ?? {};
    return { id, name: call.name, text: JSON.stringify(call.args), extra };
  });
  const thought = form.thought?.(kept.count) ?? {};
  if (calls[0]) kept.given.set(calls[0].id, { thought, extra: calls[0].extra });
  const finish =
    said.ended === "length"
      ? (form.finish?.length ?? "length")
      : calls.length > 0
        ? (form.finish?.calls ?? "tool_calls")
        : (form.finish?.stop ?? "stop");
  const usage = { prompt_tokens: 900, completion_tokens: 40, total_tokens: 940, ...form.usageFields };
  const head = { id: "chatcmpl-1", created: 1, model: form.served ?? sentModel(request) };
  return {
    body: {
      ...head,
      object: "chat.completion",
      choices: [
        {
          index: 0,
          logprobs: null,
          finish_reason: finish,
          ...form.choiceExtra,
          message: wholeMessage(form, said, calls, thought),
        },
      ],
      usage,
    },
    events: chunksOf(form, said, calls, thought, finish, request, usage)
      .map((chunk) => `${form.before ?? ""}${event({ ...head, object: "chat.completion.chunk", ...chunk })}`)
      .concat(form.done === false ? [] : ["data: [DONE]\n\n"]),
  };
}

function sentModel(request: Sent): string {
  return typeof request.model === "string" ? request.model : "model-1";
}

function wholeMessage(form: ChatForm, said: Said, calls: readonly Call[], thought: Fields): Fields {
  const text = said.text ?? "";
  const spelled = calls.map(({ id, name, text: args, extra }) => ({
    id,
    type: "function",
    function: { name, arguments: args },
    ...extra,
  }));
  return {
    role: "assistant",
    content: text === "" ? (calls.length > 0 ? null : "") : (form.content?.(text) ?? text),
    ...thought,
    ...(calls.length > 0 ? { tool_calls: spelled } : {}),
  };
}

function chunksOf(
  form: ChatForm,
  said: Said,
  calls: readonly Call[],
  thought: Fields,
  finish: string,
  request: Sent,
  usage: Fields,
): Fields[] {
  const choice = (delta: Fields, over: Fields = {}) => ({
    choices: [{ index: 0, delta, finish_reason: null, ...form.choiceExtra, ...over }],
  });
  const text = said.text ?? "";
  const asked = fields(request.stream_options).include_usage === true;
  const tells = form.usage === "always" || (form.usage !== "never" && asked);
  return [
    ...(form.first ?? []),
    choice({ role: "assistant", content: "" }),
    ...Object.entries(thought).flatMap(([name, value]) =>
      (typeof value === "string" ? pieces(value) : thoughtPieces(value)).map((one) => choice({ [name]: one })),
    ),
    ...(form.content && text !== ""
      ? [choice({ content: form.content(text) })]
      : pieces(text).map((one) => choice({ content: one }))),
    ...calls.flatMap((call, nth) => callChunks(form, call, nth).map((one) => choice({ tool_calls: [one] }))),
    choice({}, { finish_reason: finish }),
    ...(tells ? [{ choices: [], usage }] : []),
  ];
}

/** Its text in pieces, and the signature of all of it at the end. */
function thoughtPieces(value: unknown): unknown[] {
  const [only] = list(value).map(fields);
  if (!only || typeof only.text !== "string") return [value];
  const { text, signature, ...same } = only;
  return [...pieces(text).map((one) => [{ ...same, text: one, signature: null }]), [{ ...same, signature }]];
}

function callChunks(form: ChatForm, { id, name, text, extra }: Call, nth: number): Fields[] {
  const index = form.index ? form.index(nth) : nth;
  const at = index === undefined ? {} : { index };
  if (form.calls === "whole") return [{ ...at, id, type: "function", function: { name, arguments: text }, ...extra }];
  return [
    { ...at, id, type: "function", function: { name, arguments: "" }, ...extra },
    ...pieces(text).map((one) => ({ ...at, function: { arguments: one } })),
  ];
}

/** What all chat servers have in common, so that a record says only what is its own. */
export function chatDialect(
  parts: Pick<Dialect, "name" | "refuse" | "lessonsMax"> & Partial<Dialect> & { readonly form: ChatForm },
): Dialect {
  const { form, ...rest } = parts;
  return {
    entry: { api: "openai-chat" },
    path: "/v1/chat/completions",
    base: "/v1",
    parallel: true,
    lost: { status: 404, body: { error: { message: "Not found", type: "invalid_request_error", code: "not_found" } } },
    ...rest,
    answer: (said, request, kept) => chatAnswer(form, said, request, kept),
  };
}

export const messagesOf = (request: Sent): Fields[] => list(request.messages).map(fields);
export const callsOf = (message: Fields): Fields[] => list(message.tool_calls).map(fields);
export const argumentsOf = (call: Fields): unknown => fields(call.function).arguments;
export const nameOf = (call: Fields): unknown => fields(call.function).name;
