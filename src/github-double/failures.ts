import type { Answer } from "./route.ts";

/** Failures that a test orders: the next requests of a kind answer with an error, before or after doing the act. */
export type Failure = {
  readonly method: string;
  readonly path: RegExp;
  readonly times: number;
  /** So many of them are served before. */
  readonly skip?: number;
  readonly status: number;
  /** "done": the act happens and only its answer is lost, which is why creates are not safe to repeat. */
  readonly after?: "done";
  readonly message?: string;
  /** What comes in place of GitHub's form of an error: an answer of GraphQL, a proxy's page (a text), or nothing (""). */
  readonly body?: unknown;
  /** Such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
};

export class Failures {
  readonly #waiting: { readonly failure: Failure; skip: number; left: number }[] = [];

  order(failure: Failure): void {
    this.#waiting.push({ failure, skip: failure.skip ?? 0, left: failure.times });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The failure that this request has to meet, used up by asking. */
  take(method: string, path: string): Failure | null {
    const found = this.#waiting.find(
      ({ failure, left }) => left > 0 && failure.method === method && failure.path.test(path),
    );
    if (!found) return null;
    if (found.skip-- > 0) return null;
    found.left--;
    return found.failure;
  }
}

export function failed(failure: Failure): Answer {
  const headers = failure.headers ?? {};
  if (typeof failure.body === "string")
    return {
      status: failure.status,
      raw: Buffer.from(failure.body),
      headers: { "content-type": "text/html", ...headers },
    };
  if (failure.body !== undefined) return { status: failure.status, body: failure.body, headers };
  const message = failure.message ?? (failure.status >= 500 ? "Server Error" : "Forbidden");
  return { status: failure.status, body: { message, status: String(failure.status) }, headers };
}
