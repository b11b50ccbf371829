import pino, { type DestinationStream, type Logger } from "pino";
import { guardText } from "./hygiene/redact.ts";

/** Fields whose values are secrets whatever they look like, a text or a list of them, at any depth. */
const FIELDS =
  /("(?:private_?key|x-api-key|api_?key|(?:access_?)?token|authorization|password|secret|(?:set-)?cookie)":)(?:"[^"\\]*(?:\\.[^"\\]*)*"|\[[^[\]]{0,4000}\])/gi;

/**
 * The server's log. Whole lines pass one gate on their way out, so that it does not matter how deep in a field, an error or a
 * child's bindings a secret stands: more people read logs than the server's settings.
 */
export function serverLog(
  level: string,
  secrets: readonly string[],
  to: DestinationStream = pino.destination(1),
): Logger {
  // pino's own way by paths ends at a depth, and throws where a field holds bytes.
  const guarded = {
    write: (line: string) => to.write(whole(line, guardText(line.replace(FIELDS, '$1"[redacted]"'), secrets).text)),
  };
  return pino({ level }, guarded);
}

/** A list of numbers that spelled a secret is none any more: whoever reads the log line by line must not stumble over it. */
function whole(line: string, told: string): string {
  if (told === line || isJson(told)) return told;
  const { level, time } = JSON.parse(line) as { level?: unknown; time?: unknown };
  return `${JSON.stringify({ level, time, msg: told.trim() })}\n`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
