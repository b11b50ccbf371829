/**
 * GitHub's "no" to a request. Thrown by acts and routes and turned into an answer in one place (the server), because a
 * refusal ends a request wherever it is found. A person of the scenario who tries what GitHub forbids gets it too.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, errors?: readonly unknown[], headers: Record<string, string> = {}) {
    super(errors ? `${message} ${JSON.stringify(errors)}` : message);
    this.name = "Refusal";
    this.status = status;
    this.headers = headers;
    this.body = {
      message,
      ...(errors ? { errors } : {}),
      documentation_url: "https://docs.github.com/rest",
      status: String(status),
    };
  }
}

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

export function notAccessible(): Refusal {
  return new Refusal(403, "Resource not accessible by integration");
}

/** One field is wrong: 422 in the form that GitHub uses for its own models. */
export function invalid(resource: string, field: string, code: string, message?: string): Refusal {
  const error = { resource, code, field, ...(message ? { message } : {}) };
  return new Refusal(422, "Validation Failed", [error]);
}

/** The whole request is unprocessable, with a sentence or a list of sentences: the form of reviews and merges. */
export function unprocessable(...sentences: string[]): Refusal {
  return new Refusal(422, "Unprocessable Entity", sentences);
}
