import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { tarEnd, tarEntry } from "../../src/workspace/drivers/tar-writer.ts";

/** An image for containers, made of this machine's own files: a shell, small programs and Node. Nothing is fetched. */
const PROGRAMS = [
  ...["sh", "cat", "ls", "mkdir", "rm", "cp", "mv", "echo", "sleep", "find", "tar", "head", "tail", "env", "id", "wc"],
  ...["prlimit", "grep", "timeout", "seq", "dd", "tr", "yes", "touch", "chmod", "nohup", "setsid", "unshare", "mount"],
];
export const IMAGE = "localhost/coop-contract:1";

/** @returns why there is none here, or null when the image is there */
export function makeImage(program: string): string | null {
  const folder = mkdtempSync(join(tmpdir(), "coop-image-"));
  try {
    writeFileSync(join(folder, "image.tar"), archive());
    execFileSync(program, ["import", join(folder, "image.tar"), IMAGE], { stdio: "pipe" });
    return null;
  } catch (error) {
    const said = (error as { stderr?: Buffer }).stderr?.toString("utf8").trim().split("\n").at(-1);
    return said ?? String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function archive(): Buffer {
  const files = new Map<string, string>([["usr/bin/node", realpathSync(process.execPath)]]);
  for (const name of PROGRAMS) {
    const from = ["/usr/bin", "/bin"].map((at) => join(at, name)).find((path) => existsSync(path));
    if (from) files.set(`usr/bin/${name}`, realpathSync(from));
  }
  for (const from of [...files.values()]) for (const library of librariesOf(from)) files.set(library.slice(1), library);
  const ends = ["proc", "dev", "sys", "etc", "opt/coop/run", "opt/coop/copies", ...[...files.keys()].map(dirname)];
  // docker shuts every folder that an archive does not name.
  const folders = [...new Set(ends.flatMap(parents))].sort();
  return Buffer.concat([
    ...folders.flatMap((path) => [...tarEntry({ path, mode: "folder", content: Buffer.alloc(0) })]),
    ...[...files].flatMap(([path, from]) => [...tarEntry({ path, mode: "program", content: readFileSync(from) })]),
    ...tarEntry({ path: "bin", mode: "link", content: Buffer.from("usr/bin") }),
    tarEnd(),
  ]);
}

function parents(path: string): string[] {
  return path.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"));
}

function librariesOf(file: string): string[] {
  const said = execFileSync("ldd", [file], { encoding: "utf8" });
  return [...said.matchAll(/(?:=> )?(\/\S+)/g)].flatMap(([, path]) => (path ? [path] : []));
}
