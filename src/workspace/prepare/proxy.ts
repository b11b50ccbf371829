import { lookup } from "node:dns/promises";
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect, isIPv6, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { leadsTo } from "./addresses.ts";
import { type Answers, answers, type BadAnswer } from "./answers.ts";

/**
 * The one way out of the fetch step: a proxy that lets through what goes to the package registries and refuses the rest.
 * It sees names and not contents (TLS stays between the package manager and the registry), and holds no secret.
 */
export type ProxyOptions = {
  readonly registries: readonly Registry[] | "whatever-is-asked-for";
  /** Of everything that comes in together; a registry that never stops sending ends here. */
  readonly bytesMax: number;
  /** Silence of a registry, after which the connection is closed. */
  readonly idleMs: number;
  /** Called with every host that is asked for and may be reached. */
  readonly onAsked?: (registry: Registry) => void;
};

export type Registry = {
  /** Its name, with a port after a colon unless that is 443: what else listens on a registry's machine is no registry. */
  readonly host: string;
  /** It may also be a neighbour: the operator named it, in the server file or a package manager's settings. */
  readonly configured: boolean;
};

export type Traffic = {
  /** Hosts that somebody asked for and did not get, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
  readonly bytes: number;
  readonly overflowed: boolean;
  /** Registries that fell silent or could not be reached. */
  readonly away: ReadonlyMap<string, string>;
  /** Registries whose answers are under way, or were until a moment ago, with the bytes that came from each. */
  readonly busy: ReadonlyMap<string, number>;
  /** Registries whose last answers without TLS were a refusal, a failure or a page for people. */
  readonly bad: ReadonlyMap<string, BadAnswer>;
};

export type Proxy = {
  /** Null at a socket file. */
  readonly port: number | null;
  readonly traffic: () => Traffic;
  close(): Promise<void>;
};

/** Where it listens: a socket file that is shown to one sandbox, or a port of this machine's loopback for its own tools. */
export type Listening = { readonly path: string } | { readonly port: number };

/** Package managers open some fifty at once. */
const CONNECTIONS_MAX = 256;
/** Names come from repository code: a list without an end would fill the memory. */
const REFUSED_NAMES_MAX = 20;
const TLS_PORT = 443;
/** Said of a host that also the operator cannot allow. */
export const LEADS_NOWHERE = "its name leads where no registry can be, such as a cloud's own services";

export async function openProxy(listening: Listening, options: ProxyOptions): Promise<Proxy> {
  const state = stateOf(options);
  const server = createServer((request, response) => void forward(request, response, state));
  server.on(
    "connect",
    (request: IncomingMessage, client: Duplex, head: Buffer) => void tunnel(request, client, head, state),
  );
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    if ("path" in listening) server.listen(listening.path, resolve);
    else server.listen(listening.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : null,
    traffic: () => ({
      ...{ refused: state.refused, bytes: state.bytes, overflowed: state.overflowed, away: state.away },
      ...{ busy: busy(state), bad: state.answers.bad() },
    }),
    close: () => closed(server, state),
  };
}

type State = {
  readonly options: ProxyOptions;
  readonly refused: Map<string, string>;
  readonly away: Map<string, string>;
  readonly open: Set<Duplex>;
  readonly answers: Answers;
  /** By registry: what came, and when the last of its connections ended. */
  readonly upstreams: Map<string, { bytes: number; open: number; endedAt: number }>;
  bytes: number;
  overflowed: boolean;
};

function stateOf(options: ProxyOptions): State {
  const upstreams: State["upstreams"] = new Map();
  const counted = { bytes: 0, overflowed: false };
  return { options, refused: new Map(), away: new Map(), open: new Set(), answers: answers(), upstreams, ...counted };
}

/** From the end of whoever asked, by a kill too, until it is asked here. */
const JUST_ENDED_MS = 3_000;

function busy({ upstreams }: State): Map<string, number> {
  const from = performance.now() - JUST_ENDED_MS;
  const found = [...upstreams].filter(([, one]) => one.open > 0 || one.endedAt >= from);
  return new Map(found.map(([host, { bytes }]) => [host, bytes]));
}

function closed(server: Server, state: State): Promise<void> {
  for (const one of state.open) one.destroy();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** `CONNECT host:port`: everything that goes by TLS. */
async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer, state: State): Promise<void> {
  keep(client, state);
  const [, host = "", port = ""] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(request.url ?? "") ?? [];
  const target = await permitted(host, Number(port), state);
  if ("why" in target) return void client.end(`HTTP/1.1 403 Forbidden\r\n\r\n${target.why}\r\n`);
  const upstream = connect({ host: target.address, port: Number(port) });
  keep(upstream, state);
  watch(upstream, host, state);
  upstream.once("connect", () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) upstream.write(head);
    client.pipe(upstream);
    upstream.pipe(client);
  });
  upstream.once("close", () => client.destroy());
  client.once("close", () => upstream.destroy());
}

/** A plain request, for registries that speak HTTP only. */
async function forward(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const url = URL.canParse(request.url ?? "") ? new URL(request.url ?? "") : null;
  if (url?.protocol !== "http:") return void response.writeHead(400).end("Ask for a whole http address.\n");
  const port = Number(url.port || 80);
  const target = await permitted(url.hostname.replace(/^\[|\]$/g, ""), port, state);
  if ("why" in target) return void response.writeHead(403).end(`${target.why}\n`);
  const { method, headers } = request;
  const forwarded = { ...headers, host: url.host, connection: "close" };
  const options = { host: target.address, port, path: `${url.pathname}${url.search}`, method, headers: forwarded };
  const upstream = httpRequest(options, (answer) => {
    state.answers.note(hostAt(url.hostname, port), url.pathname, answer);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("error", () => undefined);
    // Cut off in the middle, by the registry or by us: then the asker has to see that, and not wait for the rest.
    answer.once("close", () => (answer.complete ? undefined : response.destroy()));
    answer.pipe(response);
  });
  upstream.on("socket", (socket) => {
    keep(socket, state);
    watch(socket, url.hostname, state);
  });
  upstream.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  request.pipe(upstream);
}

function keep(stream: Duplex, state: State): void {
  state.open.add(stream);
  stream.on("error", () => undefined);
  stream.once("close", () => state.open.delete(stream));
}

/** Counts what comes in, and ends what is too much or says nothing. */
function watch(socket: Socket, host: string, state: State): void {
  socket.setTimeout(state.options.idleMs, () => {
    note(state.away, host, "it stopped answering");
    socket.destroy();
  });
  socket.on("error", (error: NodeJS.ErrnoException) => note(state.away, host, error.code ?? error.message));
  const upstream = state.upstreams.get(host) ?? { bytes: 0, open: 0, endedAt: 0 };
  state.upstreams.set(host, upstream);
  upstream.open++;
  socket.once("close", () => {
    upstream.open--;
    upstream.endedAt = performance.now();
  });
  socket.on("data", (chunk: Buffer) => {
    upstream.bytes += chunk.length;
    state.bytes += chunk.length;
    if (state.bytes <= state.options.bytesMax) return;
    state.overflowed = true;
    for (const one of state.open) one.destroy();
  });
}

type Target = { readonly address: string } | { readonly why: string };

/** The address that was judged is the one that is connected to: a name may lead elsewhere a moment later. */
async function permitted(asked: string, port: number, state: State): Promise<Target> {
  const name = asked.toLowerCase().replace(/\.$/, "");
  const host = hostAt(name, port);
  const refuse = (why: string): Target => {
    note(state.refused, host, why);
    return { why: `${host}: ${why}` };
  };
  if (state.overflowed) return refuse("this repository's packages are larger than the server allows");
  const { registries, onAsked = () => undefined } = state.options;
  const registry =
    registries === "whatever-is-asked-for" ? { host, configured: true } : registries.find((one) => one.host === host);
  if (!registry) return refuse("it is no package registry of this server");
  const found = await lookup(name, { all: true }).catch(() => []);
  const [first] = found;
  if (!first) {
    // Where a manager is only watched, it is enough that it wanted to go there.
    if (registries === "whatever-is-asked-for") onAsked({ host, configured: false });
    note(state.away, name, "its name is not known");
    return { why: `${name}: its name is not known` };
  }
  const places = new Set(found.map(({ address }) => leadsTo(address)));
  if (places.has("nowhere")) return refuse(LEADS_NOWHERE);
  if (places.has("neighbour") && !registry.configured) return refuse("its name leads into a private network");
  onAsked({ host, configured: places.has("neighbour") });
  return { address: first.address };
}

/** A host as registries are named. */
export function hostAt(name: string, port: number): string {
  const bare = isIPv6(name) ? `[${name}]` : name;
  return port === TLS_PORT ? bare : `${bare}:${port}`;
}

function note(names: Map<string, string>, name: string, why: string): void {
  if (names.size < REFUSED_NAMES_MAX) names.set(name, why);
}
