import { callProvider } from "./call.ts";
import type { ProviderError } from "./failure.ts";
import type { Model, Question, Reply } from "./model.ts";
import type { AdapterOptions } from "./spec.ts";

/** What a protocol brings of its own; everything else is the same for all models. */
export type Protocol<Request> = {
  /** Made before the call, so that a bug in making it is thrown and not taken for a failure outside. */
  readonly request: (question: Question) => Request;
  /** Only the SDK's call: everything that it throws is taken for a failure outside. */
  readonly send: (request: Request, sending: { signal: AbortSignal; timeout: number }) => Promise<Response>;
  /** An HTTP answer that is not a success, out of the SDK's own error; `null` for every other error. */
  readonly providerError: (error: unknown) => ProviderError | null;
  /** @returns null when the answer is not of the documented form */
  readonly read: (body: unknown, question: Question) => Reply | null;
};

export function adapter<Request>(options: AdapterOptions, protocol: Protocol<Request>): Model {
  return {
    name: options.name,
    vendor: options.vendor,
    contextTokensMax: options.contextTokensMax,
    prices: options.prices,
    ask: (question, signal) => {
      const request = protocol.request(question);
      const { timeoutMs } = question;
      return callProvider(
        {
          culprit: { name: options.name, secrets: [options.apiKey] },
          timeoutMs,
          send: (ending) => protocol.send(request, { signal: ending, timeout: timeoutMs }),
          providerError: protocol.providerError,
          read: (body) => protocol.read(body, question),
        },
        signal,
      );
    },
  };
}
