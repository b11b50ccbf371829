/** Of what a probe saw: an error code or one sentence. */
const SAW_CHARS_MAX = 120;

/**
 * The program that attacks the sandbox from inside. It is plain CommonJS because it runs there, without us. Every probe
 * names what must not be possible; `blocked` is true when it was not. One of them (`writes to its own workspace`) is
 * turned round: a sandbox in which nothing works would block everything.
 */
export const PROBE_PROGRAM = String.raw`
const fs = require("node:fs"), net = require("node:net"), os = require("node:os");
const { spawnSync } = require("node:child_process");
const settings = JSON.parse(fs.readFileSync("settings.json", "utf8"));
const probes = [];
const note = (name, blocked, saw) => probes.push({ name, blocked, saw: String(saw).slice(0, ${SAW_CHARS_MAX}) });
const fails = (name, act) => {
  try { note(name, false, act() ?? "it worked"); } catch (error) { note(name, true, error.code || error.message); }
};
const read = (path) => { try { return fs.readFileSync(path, "utf8"); } catch { return ""; } };
const write = (path) => () => { fs.writeFileSync(path, "x"); return "wrote " + path; };

const allowed = new Set(["PATH", "HOME", "LANG", "CI", "PWD", "OLDPWD", "SHLVL", "_", "HOSTNAME", "TERM", "container"]);
const names = (text) => text.split("\0").map((line) => line.split("=")[0]).filter(Boolean);
const foreign = [...names(read("/proc/1/environ")), ...Object.keys(process.env)].filter((name) => !allowed.has(name));
note("the host's environment is visible", foreign.length === 0, foreign.join(" "));

const status = read("/proc/self/status");
const field = (name) => (status.match(new RegExp("^" + name + ":\\s+(\\S+)", "m")) || [])[1];
note("it runs as root", process.getuid() !== 0, process.getuid());
note("it has capabilities", /^0+$/.test(field("CapEff")) && /^0+$/.test(field("CapBnd")), field("CapBnd"));
note("it can gain privileges", field("NoNewPrivs") === "1", field("NoNewPrivs"));
note("system calls are not filtered", field("Seccomp") === "2", field("Seccomp"));
note("other processes are visible", fs.readdirSync("/proc").filter((n) => /^\d+$/.test(n)).length < 12, "many");

for (const path of settings.absent)
  note("the host's " + path + " is visible", !fs.existsSync(path), "it exists");
// A private place within a folder that is shown has something empty over it.
const holds = ({ path, but }) => { try { const at = fs.statSync(path); return at.isDirectory() ? fs.readdirSync(path).some((name) => !but.includes(name)) : at.size > 0; } catch { return false; } };
for (const one of settings.privatePlaces) note("the private " + one.path + " is visible", !holds(one), "it holds something");
for (const path of ["/escape", "/usr/escape", "/etc/escape", "/etc/passwd", "/opt/coop/bin/node", "/dev/escape", "/source/escape"])
  fails(path + " can be written", write(path));
fails("kernel settings can be written", () => { fs.closeSync(fs.openSync("/proc/sys/kernel/core_pattern", "r+")); });
fails("its own limits can be raised", () => {
  const run = spawnSync("sh", ["-c", "ulimit -n 1000000"]);
  if (run.status !== 0) throw new Error("refused");
});
for (const [name, file, args] of [
  ["a further user namespace can be made", "/usr/bin/unshare", ["-U", "true"]],
  ["a file system can be mounted", "/usr/bin/mount", ["-t", "tmpfs", "none", "/tmp"]],
]) if (fs.existsSync(file)) note(name, spawnSync(file, args).status !== 0, "it worked");
const vsock = [
  ["/usr/bin/python3", ["-c", "import socket; socket.socket(40, 1)"]],
  ["/usr/bin/perl", ["-e", "socket(my $s, 40, 1, 0) or exit 1"]],
].find(([file]) => fs.existsSync(file));
const keys = [
  ["/usr/bin/python3", ["-c", "import ctypes; c = ctypes.CDLL(None); exit(0 if max(c.syscall(n, 0, -3, 0, 0, 0) for n in settings) >= 0 else 1)".replace("settings", JSON.stringify(process.arch === "arm64" ? [219] : [250]))]],
  ["/usr/bin/perl", ["-e", "exit(syscall(" + (process.arch === "arm64" ? 219 : 250) + ", 0, -3, 0, 0, 0) >= 0 ? 0 : 1)"]],
].find(([file]) => fs.existsSync(file));
if (keys) note("the server's keyring can be reached", spawnSync(keys[0], keys[1]).status === 1, "keyctl");
if (vsock) note("sockets to the machine below can be made", spawnSync(vsock[0], vsock[1]).status !== 0, "AF_VSOCK");

const open = spawnSync("/bin/sh", ["-c", "for f in /proc/self/fd/*; do echo \"$f $(readlink $f)\"; done"], { encoding: "utf8" }).stdout || "";
const left = open.split("\n").map((line) => line.split(" ")).filter(([fd, to]) => Number((fd || "").slice(14)) > 2 && /^(?:\/(?!dev\/null$|proc\/)|socket:)/.test(to || ""));
note("files of the server are open", left.length === 0, left.join(" "));

try { fs.writeFileSync("own", "x"); fs.writeFileSync("/tmp/own", "x"); note("it cannot write its own workspace", true, ""); }
catch (error) { note("it cannot write its own workspace", false, error.message); }
const interfaces = Object.keys(os.networkInterfaces()).filter((name) => name !== "lo");
note("the network has interfaces", interfaces.length === 0, interfaces.join(" "));

const reach = (name, options) => new Promise((resolve) => {
  const socket = net.connect({ ...options, timeout: 1500 });
  const end = (blocked, saw) => { note(name, blocked, saw); socket.destroy(); resolve(); };
  socket.once("connect", () => end(false, "connected"));
  socket.once("error", (error) => end(true, error.code));
  socket.once("timeout", () => end(true, "timeout"));
});
Promise.all([
  reach("the host's loopback can be reached", { host: "127.0.0.1", port: settings.port }),
  reach("the internet can be reached", { host: "1.1.1.1", port: 53 }),
  reach("cloud metadata can be reached", { host: "169.254.169.254", port: 80 }),
  reach("the internet can be reached over IPv6", { host: "2606:4700:4700::1111", port: 53 }),
]).then(() => console.log("PROBES " + JSON.stringify(probes)));
`;
