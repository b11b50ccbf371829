import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AgentJob } from "../coding-agent.ts";
import { ASKING, asked, FREE } from "./asking.ts";
import { handOn, refuse, type Upstream } from "./hand-on.ts";

/**
 * The one way out of a coding agent's sandbox: a server at a Unix socket that hands what asks the one model on to the one
 * provider, and refuses everything else. The key is put in here. So whatever the repository's code talks the agent into,
 * it can neither read a key nor reach another place, and no call is uncounted.
 */
export type GatewayOptions = Upstream & {
  readonly model: string;
  readonly contextTokensMax: number;
  readonly outputTokensMax: number;
  readonly mayCall: AgentJob["mayCall"];
  /** What went wrong on our side, such as a journal that cannot be written: nothing more is let through then. */
  readonly onBroken: (error: unknown) => void;
  /** The provider said what no further try changes: some programs would go on asking for a quarter of an hour. */
  readonly onRefused: () => void;
};

export type Gateway = {
  /** What ended the run from our side, or the last thing that went wrong between agent and provider; null after an answer. */
  trouble(): Trouble | null;
  /** Comes back when every call that was made has been told. */
  close(): Promise<void>;
};
export type Trouble = { readonly is: "denied" } | ProviderTrouble;
export type ProviderTrouble = {
  readonly is: "provider";
  readonly status: number | null;
  readonly sentence: string;
};

/** A window of a million tokens, with images. */
const REQUEST_BYTES_MAX = 32 * 1024 * 1024;
/** All requests under way together: they are in this server's memory, outside the sandbox's limits. */
const HELD_BYTES_MAX = 96 * 1024 * 1024;
/** More than any agent's helpers at once. */
const CONNECTIONS_MAX = 32;
/** A wrong key, an empty account, a model that may not be asked or is not there, a firewall on the way. */
const FINAL = [401, 402, 403, 404, 407, 451];
const PATH_CHARS_SHOWN = 100;

type State = {
  readonly options: GatewayOptions;
  readonly running: Set<Promise<void>>;
  denied: boolean;
  trouble: ProviderTrouble | null;
  over: boolean;
  heldBytes: number;
};

export async function openGateway(socket: string, options: GatewayOptions): Promise<Gateway> {
  const state: State = { options, running: new Set(), denied: false, trouble: null, over: false, heldBytes: 0 };
  // Nothing listens for CONNECT and upgrades, so Node closes such connections.
  const server = createServer((request, response) => {
    // A program that goes away is nobody's fault.
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    const answered: Promise<void> = answer(state, request, response)
      .catch((error: unknown) => {
        state.over = true;
        options.onBroken(error);
        response.destroy();
      })
      .finally(() => state.running.delete(answered));
    state.running.add(answered);
  });
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
  return {
    trouble: () => (state.denied ? { is: "denied" } : state.trouble),
    close: async () => {
      state.over = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, ...state.running]);
    },
  };
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [address = "", query] = (request.url ?? "").split("?", 2);
  const path = address.startsWith("/v1/") ? address.slice("/v1".length) : address;
  const method = request.method ?? "";
  const wanted = ASKING.includes(path) ? "POST" : FREE.includes(path) ? "GET" : null;
  if (wanted === null)
    return refuse(response, 403, `${address.slice(0, PATH_CHARS_SHOWN)} cannot be reached from here.`);
  // The same paths list stored answers of the whole account when they are read.
  if (method !== wanted) return refuse(response, 405, `${path} can only be asked by ${wanted}.`);
  const held = { bytes: 0 };
  try {
    const text = await bodyOf(state, held, request);
    if (text === "gone") return;
    if (text === "too-large") return refuse(response, 413, "The request is too large.");
    await pass(state, { path, query, text: text.body }, request, response);
  } finally {
    state.heldBytes -= held.bytes;
  }
}

type Asking = { readonly path: string; readonly query: string | undefined; readonly text: string };

async function pass(
  state: State,
  { path, query, text }: Asking,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { options } = state;
  const address = `${path}${path.startsWith("/messages") && query === "beta=true" ? "?beta=true" : ""}`;
  const exchange = { path, address, headers: request.headers, response };
  if (path === "/models") {
    await handOn(options, { ...exchange, body: null, paid: null });
    return;
  }
  const made = asked(path, text, options);
  if (made.outcome === "refused") return refuse(response, 403, made.why);
  if (made.outcome === "too-long") {
    state.trouble = { is: "provider", status: 400, sentence: made.why };
    return refuse(response, 400, made.why);
  }
  if (FREE.includes(path)) {
    await handOn(options, { ...exchange, body: made.body, paid: null });
    return;
  }
  const permission = state.over ? DENIED : await options.mayCall(made.size);
  if (permission.outcome === "denied") {
    state.denied ||= !state.over;
    return refuse(response, 403, "The budget of this ticket allows no further call.");
  }
  try {
    // While it was asked for, the run may have come to its end.
    if (state.over || response.destroyed) return refuse(response, 503, "The run is over.");
    const came = await handOn(options, { ...exchange, body: made.body, paid: made.size });
    if (came.outcome === "trouble") state.trouble = { is: "provider", status: came.status, sentence: came.sentence };
    if (came.outcome === "answered") state.trouble = null;
    if (came.outcome === "trouble" && came.status !== null && FINAL.includes(came.status)) options.onRefused();
  } finally {
    permission.release();
  }
}

const DENIED = { outcome: "denied" } as const;

/** Reads what is too large to its end without keeping it, so that the program hears why; much more than that it does not. */
async function bodyOf(
  state: State,
  held: { bytes: number },
  request: IncomingMessage,
): Promise<{ readonly body: string } | "too-large" | "gone"> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > 2 * REQUEST_BYTES_MAX) return "gone";
      if (bytes > REQUEST_BYTES_MAX || state.heldBytes + chunk.length > HELD_BYTES_MAX) {
        chunks.length = 0;
        bytes = Math.max(bytes, REQUEST_BYTES_MAX + 1);
        state.heldBytes -= held.bytes;
        held.bytes = 0;
        continue;
      }
      chunks.push(chunk);
      held.bytes += chunk.length;
      state.heldBytes += chunk.length;
    }
  } catch {
    return "gone";
  }
  return bytes > REQUEST_BYTES_MAX ? "too-large" : { body: Buffer.concat(chunks).toString("utf8") };
}
