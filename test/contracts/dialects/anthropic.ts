import {
  type Dialect,
  event,
  type Fields,
  fields,
  type Kept,
  list,
  looseSchema,
  pieces,
  type Refusal,
  type Said,
  type Sent,
  type Told,
  unknownField,
} from "./dialect.ts";

const bad = (message: string): Refusal => ({
  status: 400,
  body: { type: "error", error: { type: "invalid_request_error", message }, request_id: "req_1" },
});
const KNOWN = [
  ...[
    "model",
    "max_tokens",
    "system",
    "messages",
    "tools",
    "tool_choice",
    "output_config",
    "stream",
    "metadata",
    "thinking",
  ],
  ...["temperature", "headers"],
];
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  text: ["type", "text", "citations", "cache_control"],
  thinking: ["type", "thinking", "signature"],
  redacted_thinking: ["type", "data"],
  tool_use: ["type", "id", "name", "input", "caller", "cache_control"],
  tool_result: ["type", "tool_use_id", "content", "is_error", "cache_control"],
};
/** What a system's words in the middle of a conversation may hold, and what has to be asked for by name. */
const SYSTEM_BLOCKS: Readonly<Record<string, string | null>> = {
  text: null,
  tool_addition: "mid-conversation-tool-changes-2026-07-01",
  tool_removal: "mid-conversation-tool-changes-2026-07-01",
};

/** Anthropic's Messages API: closed forms of all blocks, signed thoughts, results right behind their calls. */
export const ANTHROPIC_API: Dialect = {
  name: "anthropic",
  entry: { api: "anthropic" },
  path: "/v1/messages",
  base: "",
  parallel: true,
  lessonsMax: 0,
  lost: { status: 404, body: { type: "error", error: { type: "not_found_error", message: "Not Found" } } },
  refuse: (request, kept) => requestRefused(request) ?? messagesRefused(request, kept),
  answer,
};

function requestRefused(request: Sent): Refusal | null {
  if (
    (request.headers["x-api-key"] ?? request.headers.authorization) === undefined ||
    request.headers["anthropic-version"] === undefined
  )
    return {
      status: 401,
      body: { type: "error", error: { type: "authentication_error", message: "x-api-key header is required" } },
    };
  const unknown = unknownField(request, KNOWN);
  if (unknown) return bad(`${unknown}: Extra inputs are not permitted`);
  if (Number(request.max_tokens) > 64_000)
    return bad(
      `max_tokens: ${Number(request.max_tokens)} > 64000, which is the maximum allowed number of output tokens for model-1`,
    );
  const marks = JSON.stringify(request).match(/"cache_control"/g)?.length ?? 0;
  if (marks > 4) return bad(`A maximum of 4 blocks with cache_control may be provided. Found ${marks}.`);
  const strict = list(request.tools)
    .map(fields)
    .filter((tool) => tool.strict === true);
  const schemas = [
    ...strict.map((tool) => tool.input_schema),
    fields(fields(request.output_config).format).schema,
  ].filter((one) => one !== undefined);
  const loose = schemas.map((schema) => looseSchema(schema)).find((one) => one !== null);
  if (loose)
    return bad(
      `output_format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false (${loose})`,
    );
  const unions = JSON.stringify(schemas).match(/"anyOf"/g)?.length ?? 0;
  return unions > 16
    ? bad(
        `Schemas contains too many parameters with union types (${unions} parameters with type arrays or anyOf, limit: 16).`,
      )
    : null;
}

function messagesRefused(request: Sent, kept: Kept): Refusal | null {
  const messages = list(request.messages).map(fields);
  if (messages[0]?.role !== "user") return bad('messages: first message must use the "user" role');
  for (const [index, message] of messages.entries()) {
    const wrong = message.role === "system" ? systemRefused(message, messages[index - 1], request) : null;
    if (wrong) return bad(`messages.${index}${wrong}`);
  }
  if (messages.at(-1)?.role === "assistant")
    return bad("This model does not support assistant message prefill. The conversation must end with a user message.");
  const used = new Set<unknown>();
  for (const [index, message] of messages.entries()) {
    const blocks = blocksOf(message);
    const at = `messages.${index}`;
    if (blocks.length === 0)
      return bad(`${at}: all messages must have non-empty content except for the optional final assistant message`);
    if (message.role === "system") continue;
    const wrong = blocks
      .map((block, nth) => blockRefused(block, `${at}.content.${nth}`, kept))
      .find((one) => one !== null);
    if (wrong) return bad(wrong);
    if (message.role === "assistant" && blocks.at(-1)?.type === "thinking")
      return bad(`${at}: The final block in an assistant message cannot be \`thinking\`.`);
    const calls = blocks.filter(({ type }) => type === "tool_use").map(({ id }) => id);
    if (calls.some((id) => used.has(id)) || new Set(calls).size < calls.length)
      return bad(`${at}: \`tool_use\` ids must be unique`);
    for (const id of calls) used.add(id);
    const results = blocksOf(messages[index + 1] ?? {}).filter(({ type }) => type === "tool_result");
    const lacking = calls.find((id) => !results.some((one) => one.tool_use_id === id));
    if (lacking !== undefined)
      return bad(
        `${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${String(lacking)}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      );
    const stray = results.find((one) => !calls.includes(one.tool_use_id));
    if (stray)
      return bad(
        `messages.${index + 1}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${String(stray.tool_use_id)}.`,
      );
    if (message.role === messages[index + 1]?.role && message.role === "assistant")
      return bad(`${at}: roles must alternate between "user" and "assistant"`);
  }
  return null;
}

/** Words alone are one block of text. */
function blocksOf({ content }: Fields): readonly Fields[] {
  return typeof content === "string" && content !== "" ? [{ type: "text", text: content }] : list(content).map(fields);
}

/** They stand right behind a user's, and what they change beside words is a version to try. */
function systemRefused(message: Fields, before: Fields | undefined, request: Sent): string | null {
  const betas = String(request.headers["anthropic-beta"] ?? "");
  if (before?.role !== "user") return ': a message with the role "system" must immediately follow a "user" message';
  const unknown = unknownField(message, ["role", "content", "output_config"]);
  if (unknown) return `.${unknown}: Extra inputs are not permitted`;
  if (message.output_config !== undefined && !betas.includes("per-turn-control-2026-07-01"))
    return ".output_config: Extra inputs are not permitted";
  for (const [nth, block] of blocksOf(message).entries()) {
    const beta = SYSTEM_BLOCKS[String(block.type)];
    if (beta === undefined || (beta !== null && !betas.includes(beta)))
      return `.content.${nth}: Input tag '${String(block.type)}' found using 'type' does not match any of the expected tags`;
  }
  return null;
}

function blockRefused(block: Fields, at: string, kept: Kept): string | null {
  const known = BLOCKS[String(block.type)];
  if (!known)
    return `${at}: Input tag '${String(block.type)}' found using 'type' does not match any of the expected tags`;
  const unknown = unknownField(block, known);
  if (unknown) return `${at}.${String(block.type)}.${unknown}: Extra inputs are not permitted`;
  switch (block.type) {
    case "text":
      if (typeof block.text !== "string" || block.text === "") return `${at}: text content blocks must be non-empty`;
      return block.text.trim() === "" ? `${at}: text content blocks must contain non-whitespace text` : null;
    case "thinking":
      return kept.given.has(JSON.stringify([block.thinking, block.signature]))
        ? null
        : `${at}: Invalid \`signature\` in \`thinking\` block`;
    case "tool_use":
      if (!/^[a-zA-Z0-9_-]+$/.test(String(block.id)))
        return `${at}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`;
      if (!/^[a-zA-Z0-9_-]{1,128}$/.test(String(block.name)))
        return `${at}.tool_use.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
      return typeof block.input === "object" && block.input !== null && !Array.isArray(block.input)
        ? null
        : `${at}.tool_use.input: Input should be a valid dictionary`;
    default:
      return null;
  }
}

function answer(said: Said, request: Sent, kept: Kept): Told {
  const thinking = { type: "thinking", thinking: `I think ${kept.count}.`, signature: `c2ln${kept.count}` };
  kept.given.set(JSON.stringify([thinking.thinking, thinking.signature]), true);
  const calls = (said.calls ?? []).map(({ name, args }) => ({
    type: "tool_use",
    id: `toolu_${String((kept.count += 1)).padStart(20, "0")}`,
    name,
    input: args,
    caller: { type: "direct" },
  }));
  const text = said.text ? [{ type: "text", text: said.text, citations: null }] : [];
  const content = [thinking, ...text, ...calls];
  const reason = said.ended === "length" ? "max_tokens" : calls.length > 0 ? "tool_use" : "end_turn";
  const usage = { input_tokens: 500, cache_read_input_tokens: 400, cache_creation_input_tokens: 0, output_tokens: 40 };
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: request.model,
    content,
    stop_reason: reason,
    stop_sequence: null,
    usage,
  };
  return {
    body: message,
    events: [
      event(
        {
          type: "message_start",
          message: { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
        },
        "message_start",
      ),
      event({ type: "ping" }, "ping"),
      ...content.flatMap((block, index) => blockEvents(block, index)),
      event(
        { type: "message_delta", delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 40 } },
        "message_delta",
      ),
      event({ type: "message_stop" }, "message_stop"),
    ],
  };
}

function blockEvents(block: Fields, index: number): string[] {
  const start =
    block.type === "text"
      ? { ...block, text: "" }
      : block.type === "thinking"
        ? { ...block, thinking: "", signature: "" }
        : { ...block, input: {} };
  const deltas: Fields[] =
    block.type === "text"
      ? pieces(String(block.text)).map((text) => ({ type: "text_delta", text }))
      : block.type === "thinking"
        ? [
            { type: "thinking_delta", thinking: block.thinking },
            { type: "signature_delta", signature: block.signature },
          ]
        : ["", ...pieces(JSON.stringify(block.input))].map((one) => ({ type: "input_json_delta", partial_json: one }));
  return [
    event({ type: "content_block_start", index, content_block: start }, "content_block_start"),
    ...deltas.map((delta) => event({ type: "content_block_delta", index, delta }, "content_block_delta")),
    event({ type: "content_block_stop", index }, "content_block_stop"),
  ];
}
