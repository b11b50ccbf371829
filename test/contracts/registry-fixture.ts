import { createHash } from "node:crypto";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { create } from "tar";

/** A package registry on this machine's loopback: npm's protocol, as much of it as an install asks for. */
export type Registry = {
  readonly url: string;
  readonly host: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  /** From now on. */
  becomes(mood: Mood): void;
  close(): Promise<void>;
};

export type Package = {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly more?: object;
};
type Packed = { readonly tarball: Buffer; readonly integrity: string; readonly manifest: object };

/** All of it, or nothing and then silence, or bytes without an end, or a byte now and then, or what is no package. */
export type Mood = "answers" | "hangs" | "never-ends" | "drips" | "fails" | "forbids" | "wants-a-login";

const LOGIN = "<!DOCTYPE html><html><body><form action=/login><input name=user></form></body></html>";

/** Of a registry that is never silent for as long as a proxy waits. */
const DRIP_MS = 200;

export async function openRegistry(packages: readonly Package[], mood: Mood = "answers"): Promise<Registry> {
  const packed = new Map(await Promise.all(packages.map(async (one) => [one.name, await pack(one)] as const)));
  const asked: string[] = [];
  let now = mood;
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(now, packed, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const becomes = (other: Mood) => void (now = other);
  return { url: `http://${host}/`, host, asked, becomes, close };
}

function answer(
  mood: Mood,
  packed: ReadonlyMap<string, Packed>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (mood === "hangs") return;
  if (mood === "fails") return void response.writeHead(503).end();
  if (mood === "forbids") return void response.writeHead(401).end();
  if (mood === "wants-a-login") return void response.writeHead(200, { "content-type": "text/html" }).end(LOGIN);
  if (mood === "drips") {
    response.writeHead(200, { "content-type": "application/json" });
    const drops = setInterval(() => void response.write(" "), DRIP_MS);
    return void response.once("close", () => clearInterval(drops));
  }
  if (mood === "never-ends") {
    const more = () => void response.write(Buffer.alloc(64 * 1024), (error) => (error ? undefined : more()));
    response.writeHead(200, { "content-type": "application/json" });
    return more();
  }
  const [, name = "", isTarball] = /^\/([\w-]+)(\/-\/.*)?$/.exec(request.url ?? "") ?? [];
  const found = packed.get(name);
  if (!found) return void response.writeHead(404).end("{}");
  if (isTarball) return void response.end(found.tarball);
  const at = `http://${request.headers.host}/${name}/-/${name}-1.0.0.tgz`;
  const version = { ...found.manifest, dist: { tarball: at, integrity: found.integrity } };
  response.end(JSON.stringify({ name, "dist-tags": { latest: "1.0.0" }, versions: { "1.0.0": version } }));
}

async function pack({ name, files, more }: Package): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "coop-package-"));
  const manifest = { name, version: "1.0.0", ...more };
  for (const [path, text] of Object.entries({ ...files, "package.json": JSON.stringify(manifest) })) {
    mkdirSync(dirname(join(folder, "package", path)), { recursive: true });
    writeFileSync(join(folder, "package", path), text);
  }
  await create({ gzip: true, cwd: folder, file: join(folder, "tgz"), portable: true }, ["package"]);
  const tarball = readFileSync(join(folder, "tgz"));
  rmSync(folder, { recursive: true });
  return { tarball, manifest, integrity: `sha512-${createHash("sha512").update(tarball).digest("base64")}` };
}
