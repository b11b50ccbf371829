import { abilitiesWithout, type Abilities, BARE, IN_WORDS } from "./abilities.ts";
import { saidText } from "./answer-text.ts";
import { type Answer, callProvider } from "./call.ts";
import { SDK_TIMEOUT_MS } from "./call-timeouts.ts";
import { failed, type Failed, type Failure } from "./failure.ts";
import { lessonOf, type Sent } from "./lessons.ts";
import { isBlank, unframed } from "./lenient.ts";
import type { Cause, Question, Reply, Turn, Usage, Watch } from "./model.ts";
import { nineChars, normalTurns, oneCallATurn, plainTurns } from "./normal.ts";
import { toldTurns } from "./in-words.ts";
import { causeOf, errorIn, isElsewhere, type ProviderError } from "./provider-error.ts";
import { mayStream, without } from "./shapes.ts";
import { shortened, SHORTENINGS_MAX } from "./shorter.ts";
import type { AdapterOptions } from "./spec.ts";
import { numbered, writtenCalls } from "./heard-calls.ts";
import { hostOf } from "./unreachable.ts";
import { affordedIn, heardIn, isUnreadCall } from "./unread.ts";
import { countsOf, priced, withOwnPrice } from "./usage.ts";
import type { Heard, Wire } from "./wires/wire.ts";

/** A server teaches one thing with each refusal; more than this is one that knows nothing that we speak. */
const LESSONS_MAX = 10;
/** What no other form of the same question changes. */
const FINAL: readonly Cause[] = ["money", "key", "barred", "moderation", "too-fast"];
/** A server that failed so often to read calls is not given them any more: each time costs an answer that is lost. */
const RESCUES_MAX = 2;
/** Each time a gateway can afford less, somebody else spends what is left. */
const AFFORDINGS_MAX = 2;

/** One question, asked until a server takes it; only what was turned down, and so not paid, is asked again. */
export class Asking {
  readonly #options: AdapterOptions;
  readonly #wire: Wire;
  readonly #abilities: Abilities;
  readonly #question: Question;
  readonly #signal: AbortSignal | undefined;
  readonly #watch: Watch | undefined;
  #history: "whole" | "plain" | "told" = "whole";
  #shortenings = 0;
  #lessons = 0;
  #bare = false;
  /** Tools are offered in words: `once`, because the server could not read a call, or because it took no other form. */
  #inWords: "no" | "once" | "tried" = "no";
  #outputTokensMax = Infinity;
  #affordings = 0;
  #base: string | null = null;
  #first: Reply | null = null;

  constructor(
    options: AdapterOptions,
    wire: Wire,
    abilities: Abilities,
    question: Question,
    signal: AbortSignal | undefined,
    watch: Watch | undefined,
  ) {
    this.#options = options;
    this.#wire = wire;
    this.#abilities = abilities;
    this.#question = question;
    this.#signal = signal;
    this.#watch = watch;
  }

  async reply(): Promise<Reply> {
    for (;;) {
      const { reply, error, sent } = await this.#once();
      if (!error) {
        this.#helped(reply);
        return this.#first && "cause" in reply && reply.cause === "network" ? this.#first : reply;
      }
      // The first refusal speaks of the question as it was meant; those of mended forms may speak of the mending.
      this.#first ??= reply;
      if (!this.#mend(error, sent)) return this.#first;
    }
  }

  async #once(): Promise<{ reply: Reply; error: ProviderError | null; sent: Sent }> {
    const abilities = this.#able();
    const question = this.#normal(abilities);
    const fields = this.#wire.request(question, abilities);
    const request = without(
      { ...fields, ...this.#options.extraBody, ...(mayStream(question, abilities) ? { stream: true } : {}) },
      abilities.unknownFields,
    );
    const streamed = request.stream === true;
    const sent: Sent = {
      tools: question.tools.length > 0,
      schema: ["response_format", "output_config", "text"].some((field) => field in request),
      streamed,
      outputTokensMax: Math.min(question.outputTokensMax, this.#abilities.outputTokensMax),
      fields: Object.keys(request),
    };
    const base = this.#base ?? this.#abilities.base ?? this.#wire.base;
    const answer = await callProvider(
      {
        firstMs: this.#options.firstTokenMs ?? question.timeoutMs,
        idleMs: this.#options.idleMs,
        // Without a timeout an SDK refuses a request with a large output limit before it is sent.
        send: (signal) => this.#wire.send(request, { signal, timeout: SDK_TIMEOUT_MS, base }),
        assembly: this.#wire.assembly(),
        watch: this.#watch,
      },
      this.#signal,
    );
    const judged = this.#judged(answer, question);
    this.#noteStream(judged.reply, sent);
    return { ...judged, sent };
  }

  /** Where tools are offered, some servers lose the calls of a stream and end it as if nothing had been said. */
  #noteStream(reply: Reply, { streamed, tools }: Sent): void {
    if (!streamed || !tools || reply.outcome !== "answered") return;
    if (reply.toolCalls.length > 0) this.#abilities.streamedCall = true;
    else if (isBlank(reply.text) && !this.#abilities.streamedCall)
      this.#abilities.learn({ what: "lacks", capability: "streaming-with-tools" });
  }

  #able(): Abilities {
    const left = [...(this.#bare ? BARE : []), ...(this.#inWords === "no" ? [] : IN_WORDS)];
    return left.length > 0 ? abilitiesWithout(this.#abilities, left) : this.#abilities;
  }

  #normal(abilities: Abilities): Question {
    const whole = this.#shortenings > 0 ? shortened(this.#question, this.#shortenings) : this.#question;
    const question = { ...whole, outputTokensMax: Math.min(whole.outputTokensMax, this.#outputTokensMax) };
    let turns: readonly Turn[] = normalTurns(question.turns);
    if (this.#history !== "whole") turns = plainTurns(turns);
    if (!abilities.has("parallel-calls")) turns = oneCallATurn(turns);
    if (abilities.nineCharIds) turns = nineChars(turns);
    if (this.#history === "told" || !abilities.has("tools")) turns = toldTurns(turns);
    return { ...question, turns };
  }

  /** @returns whether there is another form to ask in */
  #mend(error: ProviderError, sent: Sent): boolean {
    if (isElsewhere(error.status)) return false;
    const afforded = affordedIn(error);
    if (afforded !== null && afforded < sent.outputTokensMax && this.#affordings < AFFORDINGS_MAX) {
      this.#affordings += 1;
      return Boolean((this.#outputTokensMax = afforded));
    }
    const cause = causeOf(error);
    if (FINAL.includes(cause)) return false;
    if (isUnreadCall(error) && sent.tools && this.#inWords === "no") return Boolean((this.#inWords = "once"));
    const lesson = this.#lessons < LESSONS_MAX ? lessonOf(error, sent, this.#abilities) : null;
    if (lesson) {
      this.#lessons += 1;
      this.#first = null;
      return this.#abilities.learn(lesson);
    }
    if (cause === "too-large") return (this.#shortenings += 1) <= SHORTENINGS_MAX;
    if (cause === "missing") return this.#tryOtherBase(error);
    if (cause !== "request") return false;
    if (this.#question.turns.length > 0 && this.#history !== "told") {
      this.#history = this.#history === "whole" ? "plain" : "told";
      return true;
    }
    // A server that broke down said nothing of the form: whatever is asked next may help, and teaches nothing.
    if (error.status === 500) return false;
    if (!this.#bare) {
      this.#bare = true;
      if (BARE.some((capability) => this.#abilities.has(capability))) return true;
    }
    if (this.#inWords !== "no" || !sent.tools || !this.#abilities.has("tools")) return false;
    return Boolean((this.#inWords = "tried"));
  }

  /** What was only tried is remembered when it helped. */
  #helped(reply: Reply): void {
    if (!("usage" in reply)) return;
    if (this.#base !== null) this.#abilities.learn({ what: "base-url", base: this.#base });
    if (this.#bare) for (const capability of BARE) this.#abilities.learn({ what: "lacks", capability });
    if (this.#inWords === "once") this.#abilities.rescues += 1;
    else if (reply.outcome === "answered" && reply.toolCalls.length > 0) this.#abilities.rescues = 0;
    if (this.#inWords === "tried" || this.#abilities.rescues >= RESCUES_MAX)
      this.#abilities.learn({ what: "lacks", capability: "tools" });
  }

  /** With or without `/v1`: what was given is tried first. A server that names the model was found. */
  #tryOtherBase(error: ProviderError): boolean {
    const known = this.#base !== null || this.#abilities.base !== null || this.#options.baseUrl === null;
    if (known || /model/i.test(`${error.code} ${error.message}`)) return false;
    this.#base = this.#wire.otherBase(this.#wire.base);
    return this.#base !== null;
  }

  #judged(answer: Answer, question: Question): { reply: Reply; error: ProviderError | null } {
    const { name, apiKey, api, baseUrl } = this.#options;
    // A cloud's own library finds the address.
    const host = baseUrl === null && /-(?:bedrock|vertex)$/.test(api) ? null : hostOf(this.#wire.base);
    const fail = (failure: Failure, paid?: Usage): { reply: Failed; error: ProviderError | null } => ({
      reply: failed(failure, { name, secrets: [apiKey], host }, Date.now(), paid),
      error: failure.kind === "status" && paid === undefined ? failure.error : null,
    });
    const refusal = answer.kind === "failure" && answer.failure.kind === "status" ? answer.failure.error : null;
    if (refusal?.generated)
      return { reply: this.#replyOf(heardIn(refusal.generated, question), question), error: null };
    if (answer.kind === "failure") {
      const partial = answer.partial === null ? null : this.#wire.read(answer.partial);
      if (answer.failure.kind === "broken-off" && answer.closed) this.#brokeOff();
      // The count of a message that broke off is the one that it began with.
      const begun = partial && { ...partial, reported: { ...partial.reported, output: null, total: null } };
      // What was paid is not asked again at once; without a stream such a failure costs nothing.
      if (begun && refusal && isUnreadCall(refusal))
        this.#abilities.learn({ what: "lacks", capability: "streaming-with-tools" });
      return fail(answer.failure, begun ? this.#usage(begun) : undefined);
    }
    const heard = unframed(answer.body).reduce<Heard | null>((known, body) => known ?? this.#wire.read(body), null);
    if (!heard) {
      const error = errorIn(answer.body, null, null);
      return fail(error ? { kind: "status", error } : { kind: "unreadable" });
    }
    if (typeof heard.ended === "object" && "failed" in heard.ended)
      return fail({ kind: "status", error: heard.ended.failed }, heard.all === "" ? undefined : this.#usage(heard));
    return { reply: this.#replyOf(heard, question), error: null };
  }

  /** A server that ends its streams without a last word is asked without streaming from then on. */
  #brokeOff(): void {
    this.#abilities.learn({ what: "lacks", capability: "streaming" });
  }

  #usage(heard: Heard): Usage {
    // Of the question as it came: its turns are the same ones with each answer, and measured once.
    const usage = priced(
      countsOf(heard.reported, this.#question, heard.all, this.#options.contextTokensMax),
      this.#options.prices,
    );
    return withOwnPrice(usage, heard.dollars);
  }

  #replyOf(heard: Heard, question: Question): Reply {
    const usage = this.#usage(heard);
    const served = heard.served === null ? {} : { served: heard.served };
    const names = question.tools.map((tool) => tool.name);
    const written = heard.calls.length > 0 ? [] : writtenCalls(heard, names);
    const calls = heard.calls.length > 0 ? heard.calls : written;
    const text = saidText(heard.text, calls.length > 0 ? null : question.answer);
    if (typeof heard.ended === "object" && "refused" in heard.ended)
      return { outcome: "refused", reason: heard.ended.refused, usage, ...served };
    if (heard.ended === "cut-off") return { outcome: "cut-off", text, usage, ...served };
    if (heard.ended === "unread") return { outcome: "cut-off", text, usage, unread: true, ...served };
    const toolCalls = numbered(calls, this.#question.turns, names);
    // What was read from text has no form of the provider's.
    const echo = written.length > 0 ? null : heard.echo;
    return { outcome: "answered", text: written.length > 0 ? "" : text, toolCalls, echo, usage, ...served };
  }
}
