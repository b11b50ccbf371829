/**
 * Reads a tar archive that came out of a sandbox: regular files only, as written by GNU tar or busybox. Whatever does
 * not parse ends the reading; a file that was cut is left out.
 */
const BLOCK = 512;
/** Kinds of entries in the byte at 156: a file, a GNU long name for the next entry, extended headers (`path=…`). */
const FILE = new Set(["0", "\0"]);
const LONG_NAME = "L";
const EXTENDED = "x";

export type TarFile = { readonly path: string; readonly content: Buffer };

export function* readTar(archive: Buffer): Generator<TarFile> {
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK);
    const size = octal(header.subarray(124, 136));
    // Two blocks of zeros end an archive.
    if (header[0] === 0 || size === null || at + BLOCK + size > archive.length) return;
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === LONG_NAME) longName = text(content);
    else if (kind === EXTENDED) longName = extendedPath(content) ?? longName;
    else {
      if (FILE.has(kind)) yield { path: longName ?? shortName(header), content: Buffer.from(content) };
      longName = null;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function octal(field: Buffer): number | null {
  const digits = text(field).trim();
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

function shortName(header: Buffer): string {
  const prefix = header.toString("latin1", 257, 262) === "ustar" ? text(header.subarray(345, 500)) : "";
  const name = text(header.subarray(0, 100));
  // GNU's own format keeps times where ustar has the prefix.
  return prefix && header[263] === 0x30 ? `${prefix}/${name}` : name;
}

function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}

/** Lines of `<length> <key>=<value>\n`. */
function extendedPath(content: Buffer): string | null {
  for (let at = 0; at < content.length;) {
    const length = Number.parseInt(content.toString("latin1", at, at + 20), 10);
    if (!(length > 0)) return null;
    const line = content.toString("utf8", at, at + length - 1);
    const path = /^\d+ path=([^]*)$/.exec(line)?.[1];
    if (path !== undefined) return path;
    at += length;
  }
  return null;
}
