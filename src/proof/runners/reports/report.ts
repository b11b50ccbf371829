import type { Tally } from "../test-case.ts";
import { readJson } from "./json.ts";
import { isTap, readTap } from "./tap.ts";
import { readXml } from "./xml.ts";

/** A run of ten thousand tests with their output; a larger report is not worth the memory, the text is read instead. */
const REPORT_BYTES_MAX = 16 * 1024 * 1024;

/** Told by its content, not its name. @returns null for what is no report of tests, or is damaged */
export function readReport(content: Buffer): Tally | null {
  if (content.length === 0 || content.length > REPORT_BYTES_MAX) return null;
  const text = content
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (text.startsWith("<")) return readXml(text);
  if (text.startsWith("{") || text.startsWith("[")) return readJson(text);
  return isTap(text) ? readTap(text) : null;
}
