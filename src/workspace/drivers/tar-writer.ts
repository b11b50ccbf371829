import type { Blobs, Tree } from "../../trees/tree.ts";

/** The old header's field for a name; the whole one stands in a record of its own. */
const NAME_BYTES_MAX = 99;

/**
 * A tree as a tar archive, for a machine that shares no folder with this one. Names of any length go into extended
 * headers.
 */
const BLOCK = 512;

export type TarEntry = {
  readonly path: string;
  readonly mode: "file" | "program" | "link" | "folder";
  readonly content: Buffer;
};

/** @throws when a content is not in the blob store */
export async function* tarOf(tree: Tree, blobs: Blobs): AsyncGenerator<Buffer> {
  // Links come last, so that no file is ever written through one.
  const links: TarEntry[] = [];
  for (const [path, file] of tree) {
    if (file.mode === "160000") {
      yield* tarEntry({ path, mode: "folder", content: Buffer.alloc(0) });
      continue;
    }
    const content = await blobs.get(file.sha);
    if (!content) throw new Error(`The content of ${path} could not be found, so nothing was run.`);
    if (file.mode === "120000") links.push({ path, mode: "link", content });
    else yield* tarEntry({ path, mode: file.mode === "100755" ? "program" : "file", content });
  }
  for (const link of links) yield* tarEntry(link);
  yield tarEnd();
}

export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

export function* tarEntry({ path, mode, content }: TarEntry): Generator<Buffer> {
  const target = mode === "link" ? content.toString("utf8") : "";
  const long = [...extended("path", path), ...extended("linkpath", target)].join("");
  const more = Buffer.from(long);
  if (more.length > 0) yield* block(header("x", "coop", 0o644, more.length, ""), more);
  const kind = { file: "0", program: "0", link: "2", folder: "5" }[mode];
  const body = mode === "link" || mode === "folder" ? Buffer.alloc(0) : content;
  yield* block(header(kind, path, mode === "file" ? 0o644 : 0o755, body.length, target), body);
}

function* block(head: Buffer, body: Buffer): Generator<Buffer> {
  yield head;
  if (body.length === 0) return;
  yield body;
  const rest = body.length % BLOCK;
  if (rest > 0) yield Buffer.alloc(BLOCK - rest);
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function extended(key: string, value: string): string[] {
  if (Buffer.byteLength(value) < 100 && /^[\x20-\x7e]*$/.test(value)) return [];
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const digits = `${bytes + `${bytes}`.length}`.length;
  return [`${bytes + digits}${rest}`];
}

function header(kind: string, path: string, mode: number, size: number, target: string): Buffer {
  const head = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, width: number) =>
    head.write(value.toString(8).padStart(width - 1, "0"), at, "latin1");
  head.write(Buffer.from(path).toString("latin1").slice(0, NAME_BYTES_MAX), 0, "latin1");
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  head.write("        ", 148, "latin1");
  head.write(kind, 156, "latin1");
  head.write(Buffer.from(target).toString("latin1").slice(0, NAME_BYTES_MAX), 157, "latin1");
  head.write("ustar\u000000", 257, "latin1");
  octal(
    head.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  head.write("\0 ", 154, "latin1");
  return head;
}
