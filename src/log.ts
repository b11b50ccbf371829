import pino, { type DestinationStream, type Logger } from "pino";
import { guardText } from "./hygiene/redact.ts";

/** Fields whose values are secrets whatever they look like. */
const FIELDS = ["privateKey", "apiKey", "token", "authorization", "password", "secret", "cookie"];

/**
 * The server's log. Whole lines pass one gate on their way out, so that it does not matter how deep in a field, an error or a
 * child's bindings a secret stands: more people read logs than the server's settings.
 */
export function serverLog(
  level: string,
  secrets: readonly string[],
  to: DestinationStream = pino.destination(1),
): Logger {
  const paths = FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const guarded = { write: (line: string) => to.write(guardText(line, secrets).text) };
  return pino({ level, redact: { paths, censor: "[redacted]" } }, guarded);
}
