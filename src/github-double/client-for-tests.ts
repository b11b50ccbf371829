/** Asks a local GitHub as any HTTP client would, without a library that repeats, follows or hides anything. */
export type Reply = { readonly status: number; readonly body: any; readonly headers: Headers }; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers are as varied as the API

export type Ask = (line: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

/** `line` is such as "GET /repos/acme/shop"; a token of null asks without any. */
export function client(url: string, token: string | null): Ask {
  return async (line, body, headers = {}) => {
    const [method = "GET", path = "/"] = line.split(" ");
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: "manual",
      headers: { "User-Agent": "test", ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json");
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  };
}
