import { gzipSync } from "node:zlib";
import type { Files } from "./objects.ts";
import { type Repository, fullName } from "./state.ts";

/**
 * The archive that GitHub makes with `git archive`: one folder on top, the commit in a global comment, long paths in
 * extended headers, and no paths that `.gitattributes` marks `export-ignore`. A client that takes the archive for the
 * whole tree without checking is wrong here as it is there.
 */
const BLOCK = 512;
/** A ustar header holds names up to 100 bytes; longer ones need an extended header. */
const NAME_BYTES_MAX = 100;

export function tarball(repo: Repository, commitSha: string): Buffer {
  const top = `${fullName(repo).replace("/", "-")}-${commitSha.slice(0, 7)}`;
  const files = repo.git.filesOf(commitSha);
  const isIgnored = exportIgnored(repo, files);
  const parts = [extended("g", { comment: commitSha }), entry(`${top}/`, "5", 0o775, Buffer.alloc(0))];
  for (const [path, { mode, sha }] of files) {
    if (isIgnored(path)) continue;
    const name = `${top}/${path}`;
    if (mode === "160000") parts.push(entry(`${name}/`, "5", 0o775, Buffer.alloc(0)));
    else if (mode === "120000")
      parts.push(entry(name, "2", 0o777, Buffer.alloc(0), repo.git.blob(sha).toString("utf8")));
    else parts.push(entry(name, "0", mode === "100755" ? 0o775 : 0o664, repo.git.blob(sha)));
  }
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

/** Plain paths, folders and `*.ext` of the root's `.gitattributes`: enough to meet the trap. */
function exportIgnored(repo: Repository, files: Files): (path: string) => boolean {
  const attributes = files.get(".gitattributes");
  const lines = attributes ? repo.git.blob(attributes.sha).toString("utf8").split("\n") : [];
  const patterns = lines
    .filter((line) => /\sexport-ignore\b/.test(line))
    .map((line) => (line.split(/\s/)[0] ?? "").replace(/^\/|\/(\*\*)?$/g, ""));
  return (path) =>
    patterns.some((pattern) => {
      if (pattern.startsWith("*.")) return path.endsWith(pattern.slice(1));
      return path === pattern || path.startsWith(`${pattern}/`);
    });
}

function entry(name: string, type: string, mode: number, data: Buffer, link = ""): Buffer {
  const records: Record<string, string> = {};
  if (Buffer.byteLength(name) > NAME_BYTES_MAX) records["path"] = name;
  if (Buffer.byteLength(link) > NAME_BYTES_MAX) records["linkpath"] = link;
  const before = Object.keys(records).length > 0 ? extended("x", records) : Buffer.alloc(0);
  return Buffer.concat([before, header(name, type, mode, data.length, link), padded(data)]);
}

function extended(type: "g" | "x", records: Record<string, string>): Buffer {
  const data = Buffer.from(
    Object.entries(records)
      .map(([key, value]) => record(key, value))
      .join(""),
  );
  return Buffer.concat([header("pax_global_header", type, 0o666, data.length, ""), padded(data)]);
}

/** `length key=value\n`, where the length counts its own digits. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (String(length).length > String(bytes).length) length = bytes + String(length).length;
  return `${length}${rest}`;
}

function header(name: string, type: string, mode: number, size: number, link: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(Buffer.from(name).subarray(0, NAME_BYTES_MAX).toString("latin1"), 0, "latin1");
  block.write(octal(mode, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(0, 11) + " ".repeat(8), 100);
  block.write(type, 156);
  block.write(Buffer.from(link).subarray(0, NAME_BYTES_MAX).toString("latin1"), 157, "latin1");
  block.write("ustar\x0000root", 257);
  block.write("root", 297);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);
}
