/** Of something thrown that is no error. */
const THROWN_CHARS_SHOWN = 500;
/** Lists of errors are cut, and so is what is nested in each other. */
const NESTED_MAX = 4;

/**
 * What was thrown, as one line of a log. Drivers also throw lists of errors, whose own message is empty, and plain objects,
 * which would read `[object Object]`.
 */
export function inWords(thrown: unknown, depth = 0): string {
  if (depth > NESTED_MAX) return "and more";
  if (thrown instanceof AggregateError && thrown.errors.length > 0)
    return thrown.errors
      .slice(0, NESTED_MAX)
      .map((one) => inWords(one, depth + 1))
      .join("; ");
  if (thrown instanceof Error) {
    const cause = thrown.cause === undefined ? "" : ` (${inWords(thrown.cause, depth + 1)})`;
    return `${thrown.name}: ${thrown.message || "without a message"}${cause}`;
  }
  if (typeof thrown !== "object" || thrown === null) return String(thrown);
  if ("message" in thrown && typeof thrown.message === "string" && thrown.message !== "") return thrown.message;
  try {
    return JSON.stringify(thrown).slice(0, THROWN_CHARS_SHOWN);
  } catch {
    return "an object that cannot be shown";
  }
}
