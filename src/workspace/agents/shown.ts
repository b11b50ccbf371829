import { seen } from "../../hygiene/seen.ts";

/** A provider signs what its model thought, and takes it back only unchanged. */
const SIGNED = ["thinking", "redacted_thinking", "reasoning"];
/** Most strings are of these characters alone, and an image in base64 has millions of them. */
const OF_KEYS_ONLY = /^[\n\r\t -~]*$/;

/**
 * A request of a coding agent as its model may read it. The program itself reads files, runs tests and asks servers inside the sandbox, so
 * its texts come in here: each character that nobody can see is named, in names of fields too, as in a file that is shown to a model
 * of ours.
 */
export function shown(value: unknown): unknown {
  if (typeof value === "string") return OF_KEYS_ONLY.test(value) ? value : seen(value, "code");
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (SIGNED.includes(String(fields["type"]))) return value;
  return Object.fromEntries(Object.entries(fields).map(([name, one]) => [String(shown(name)), shown(one)]));
}
