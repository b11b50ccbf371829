import { objectsIn } from "./balanced.ts";
import { jsonOrNull } from "./lenient.ts";

/** One event of a stream; `data` is parsed. */
export type StreamEvent = { readonly event: string; readonly data: unknown };

/**
 * Reads server-sent events as they come, and tells from the first bytes whether the answer is a stream at all: servers
 * send JSON when a stream was asked for, and streams under any content type. Comments keep a connection alive and say
 * nothing. An event without an empty line behind it is understood when its data is whole.
 */
export class EventReader {
  #rest = "";
  /** The last chunk ended with a return, whose line end may come with the next one. */
  #returned = false;
  #data = "";
  #lines = 0;
  #event = "";
  #kind: "unknown" | "events" | "plain" = "unknown";
  /** `data: [DONE]` was seen. */
  done = false;

  get kind(): "unknown" | "events" | "plain" {
    return this.#kind;
  }

  /** What came, when it is no stream. */
  get plain(): string {
    return this.#rest;
  }

  push(chunk: string): StreamEvent[] {
    this.#rest += chunk;
    if (this.#kind === "unknown") {
      // Blanks that keep a connection alive are looked at once.
      this.#rest = this.#rest.trimStart();
      this.#kind = kindOf(this.#rest);
    }
    // A line may have megabytes; it is looked at when it ends, and not with each chunk of it.
    const mayEnd = this.#returned || /[\r\n]/.test(chunk);
    this.#returned = chunk.endsWith("\r") || (chunk === "" && this.#returned);
    if (this.#kind !== "events" || !mayEnd) return [];
    const lines = this.#rest.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#line(line));
  }

  /** The last line may lack its end. */
  end(): StreamEvent[] {
    if (this.#kind !== "events") return [];
    const last = this.#rest;
    this.#rest = "";
    return [...this.#line(last), ...this.#line("")];
  }

  #line(line: string): StreamEvent[] {
    if (line === "") {
      const data = jsonOrNull(this.#data);
      // Data that is whole and still no JSON may be several; else it says nothing.
      const events = data === null ? this.#several() : this.#dispatch(data);
      this.#forget();
      return events;
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    // A proxy that frames what is framed already says `data: data: …`.
    const value =
      colon < 0
        ? ""
        : line
            .slice(colon + 1)
            .replace(/^ /, "")
            .replace(/^data: ?(?=[[{])/, "");
    if (name === "event") this.#event = value;
    if (name !== "data") return [];
    if (/^(?:data: ?)?\[done\]$/i.test(value.trim())) {
      this.done = true;
      return [];
    }
    this.#data += this.#data === "" ? value : `\n${value}`;
    this.#lines += 1;
    // Data of many lines waits for the empty one, lest it be read again with each of them.
    return this.#lines === 1 ? this.#dispatch(jsonOrNull(this.#data)) : [];
  }

  #dispatch(data: unknown): StreamEvent[] {
    if (data === null) return [];
    const event = { event: this.#event, data };
    this.#forget();
    return [event];
  }

  #several(): StreamEvent[] {
    const event = this.#event;
    return this.#data.startsWith("{") ? objectsIn(this.#data).map((data) => ({ event, data })) : [];
  }

  #forget(): void {
    this.#data = "";
    this.#lines = 0;
    this.#event = "";
  }
}

function kindOf(text: string): "unknown" | "events" | "plain" {
  if (text === "") return "unknown";
  if (/^(?:data|event|id|retry|:)/.test(text)) return "events";
  // The first bytes may be the beginning of one of those words.
  return text.length < "retry:".length && /^[a-z]+$/.test(text) ? "unknown" : "plain";
}
