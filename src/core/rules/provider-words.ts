import { SOURCE_CHARS_MAX } from "../ledger/limits.ts";

/** What stands in answers of providers beside the answer, as one line that may be written down. */

/** The name of a model as its server says it; null where it says none. */
export function servedIn(value: unknown): string | null {
  if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value))) return null;
  const name = oneLine(String(value));
  return name === "" ? null : name.slice(0, SOURCE_CHARS_MAX);
}

const PAGE = /^\s*<(?:!doctype|!--|\?xml|(?:html|head|title|meta|body|center|div|h\d|p)\b)/i;
const TITLE = /<title[^>]{0,200}>([^<]{1,300})/i;
/** The title of an error page is a sentence at most. */
const TITLE_CHARS_MAX = 100;

/** A page for people, as proxies, firewalls and login walls send it in the place of an answer; null for anything else. */
export function pageIn(text: string): { readonly title: string | null } | null {
  if (!PAGE.test(text)) return null;
  const title = oneLine(TITLE.exec(text)?.[1] ?? "").slice(0, TITLE_CHARS_MAX);
  return { title: title === "" ? null : title };
}

/** Databases refuse NUL, and a line break would end the line of a record. */
function oneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, " ").trim();
}
