/**
 * The way out of a sandbox that has one: a Unix socket of the host, at which a proxy of ours decides what may be reached.
 * Programs only know proxies by host and port, so this program listens on the sandbox's own loopback, which nobody else
 * can see, and hands every connection on to the socket. It runs the command as its child and ends with its status.
 */
export const FORWARDER_FILE = "/opt/coop/run/forwarder.cjs";
export const PROXY_SOCKET_INSIDE = "/opt/coop/run/proxy.sock";
/** Fixed, so that a tool which knows no environment variable can be told by an option; the loopback is empty. */
const PROXY_PORT = 3128;

export const FORWARDER_PROGRAM = String.raw`
const net = require("node:net"), os = require("node:os");
const { spawn } = require("node:child_process");
const [file, ...args] = process.argv.slice(2);
const server = net.createServer((inside) => {
  const outside = net.connect("${PROXY_SOCKET_INSIDE}");
  inside.on("error", () => outside.destroy());
  outside.on("error", () => inside.destroy());
  inside.pipe(outside).pipe(inside);
});
server.once("error", (error) => { console.error("The way to the packages could not be opened: " + error.message); process.exit(126); });
server.listen(${PROXY_PORT}, "127.0.0.1", () => {
  const child = spawn(file, args, { stdio: ["ignore", "inherit", "inherit"] });
  child.once("error", (error) => { console.error(error.message); process.exit(127); });
  child.once("exit", (code, signal) => process.exit(code === null ? 128 + os.constants.signals[signal] : code));
});
`;

/** The variables by which programs find a proxy; some read only the small, some only the capital names. */
export function proxyVariables(): Readonly<Record<string, string>> {
  const url = `http://127.0.0.1:${PROXY_PORT}`;
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
  return Object.fromEntries(names.flatMap((name) => [name, name.toLowerCase()]).map((name) => [name, url]));
}
