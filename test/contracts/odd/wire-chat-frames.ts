import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { event } from "../dialects/dialect.ts";
import type { Bytes } from "./loopback.ts";
import { DONE, GOOD, json, wired } from "./on-the-wire.ts";

const USAGE = { prompt_tokens: 500, completion_tokens: 20 };
const chunk = (delta: object, reason: unknown = null, more: object = {}) =>
  event({ id: "c1", model: "model-1", choices: [{ index: 0, delta, finish_reason: reason }], ...more });
const end = (reason: unknown = "tool_calls") => [chunk({}, reason), event({ choices: [], usage: USAGE }), DONE];

const said = (text: string) => chunk({ content: text });
const answer = [said(GOOD.slice(0, 20)), said(GOOD.slice(20))];
const whole = (over: object = {}, choice: object = {}) =>
  JSON.stringify({
    id: "c1",
    model: "model-1",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: GOOD }, ...choice }],
    usage: USAGE,
    ...over,
  });
const stream = [...answer, ...end("stop")].join("");
const packed = (encoding: string, pack: (text: string) => Buffer, text = stream): Bytes => ({
  headers: { "content-encoding": encoding },
  chunks: [pack(text)],
});

/** Streams and bodies as proxies and small servers frame them. */
// prettier-ignore
export const FRAMES = wired("openai-chat", "reviewer", "accept", [
  ["ends of lines with a return", [stream.replaceAll("\n", "\r\n")]],
  ["ends of lines that are returns", [stream.replaceAll("\n", "\r")]],
  ["a return and its line end in two chunks", stream.replaceAll("\n", "\r\n").split(/(?<=\r)(?=\n)/)],
  ["a mark of bytes", [`\uFEFF${stream}`]],
  ["a mark of bytes in a body", json(`\uFEFF${whole()}`)],
  ["every byte alone", [...Buffer.from(stream.replace("empty input", "leere Eingabe — ü 🧮"))].map((byte) => Buffer.from([byte]))],
  ["no blank behind the colon", [stream.replaceAll("data: ", "data:")]],
  ["comments between", [": OPENROUTER PROCESSING\n\n", ...answer.flatMap((one) => [one, ": ping\n\n"]), ...end("stop")]],
  ["fields of an event that nobody needs", [answer.map((one) => `id: 1\nretry: 100\nevent: message\n${one}`).join(""), ...end("stop")]],
  ["data over many lines", [event(0).replace("0", JSON.stringify({ choices: [{ index: 0, delta: { content: GOOD }, finish_reason: "stop" }] }, null, 2).replaceAll("\n", "\ndata: ")), DONE]],
  ["events that nobody knows", [event({ type: "queue.position", position: 3 }, "queue"), ...answer, event({ object: "weather", degrees: 7 }), ...end("stop")]],
  ["no empty line between", [stream.replaceAll("\n\n", "\n")]],
  ["no end of the last line", [stream.replace(/\n+$/, "")]],
  ["a stream that was not asked for", [stream]],
  ["a stream called JSON", json(stream)],
  ["a body where a stream was asked for", json(whole())],
  ["a body called a stream", [whole()]],
  ["blanks before a body", json(`${"\n".repeat(2_000)}${whole()}`)],
  ["gzip", packed("gzip", gzipSync)],
  ["deflate", packed("deflate", deflateSync)],
  ["brotli", packed("br", brotliCompressSync)],
  ["half of gzip", { headers: { "content-encoding": "gzip" }, chunks: [gzipSync(stream).subarray(0, 60)] }, "retry"],
  ["gzip that is none", { headers: { "content-encoding": "gzip" }, chunks: [stream] }, "retry"],
  ["no end but the mark", [...answer, DONE]],
  ["no end at all", answer, "retry"],
  ["an end without its mark", [...answer, chunk({}, "stop")]],
  ["a connection that breaks", { chunks: answer, breaks: true }, "retry"],
  ["an error in the middle", [...answer.slice(0, 1), event({ error: { message: "Upstream crashed", code: 502 } }), DONE], "retry"],
  ["an error as text in the middle", [...answer.slice(0, 1), event({ error: "out of memory" })], "retry"],
  ["an error beside a choice", [...answer.slice(0, 1), event({ error: { code: 502, message: "Provider disconnected" }, choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }] }), DONE], "retry"],
  ["a page in the middle", [...answer.slice(0, 1), "<html><body>502 Bad Gateway</body></html>"], "retry"],
  ["no reason but null", [...answer, chunk({}, null), DONE]],
  ["an empty reason", [...answer, chunk({}, ""), DONE]],
  ["thoughts in a field", [chunk({ reasoning_content: "Hm. {" }), ...answer, ...end("stop")]],
  ["thoughts in parts", [chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "{" }] }] }), chunk({ content: [{ type: "text", text: GOOD }] }), ...end("stop")]],
  ["the text at once again at the end", [...answer, event({ choices: [{ index: 0, message: { role: "assistant", content: GOOD }, delta: { content: "" }, finish_reason: "stop" }], usage: USAGE }), DONE]],
  ["the whole message instead of a last piece", [...answer, event({ choices: [{ index: 0, message: { role: "assistant", content: GOOD }, finish_reason: "stop" }], usage: USAGE }), DONE]],
  ["no choices but usage", json(JSON.stringify({ id: "c1", choices: [], usage: USAGE })), "retry"],
  ["null for choices", json(JSON.stringify({ id: "c1", choices: null, usage: USAGE })), "retry"],
  ["a stream of usage only", [event({ choices: [], usage: USAGE }), DONE], "retry"],
]);

/** What a stream says of what it took. */
// prettier-ignore
export const COUNTS = wired("openai-chat", "reviewer", "accept", [
  ["with every chunk, growing", [...answer.map((one, nth) => one.replace('"id"', `"usage":{"prompt_tokens":500,"completion_tokens":${nth + 1}},"id"`)), ...end("stop")]],
  ["null at the end", [answer[0]?.replace('"id"', `"usage":${JSON.stringify(USAGE)},"id"`) ?? "", answer[1] ?? "", chunk({}, "stop"), event({ choices: [], usage: null }), DONE]],
  ["zeros at the end", [answer[0]?.replace('"id"', `"usage":${JSON.stringify(USAGE)},"id"`) ?? "", answer[1] ?? "", chunk({}, "stop"), event({ choices: [], usage: { prompt_tokens: 0, completion_tokens: 0 } }), DONE]],
  ["in the choice", [...answer, event({ choices: [{ index: 0, delta: {}, finish_reason: "stop", usage: USAGE }] }), DONE]],
  ["never", [...answer, chunk({}, "stop"), DONE]],
]);
