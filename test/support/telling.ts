import { everyText } from "../../src/hygiene/every-text.ts";
import type { Script } from "../../src/models/script.ts";

/** Models that know secrets and say them wherever they can: into each sentence another one, and into none of the code that is cited. */
export function telling(script: Script, secrets: readonly string[]): Script {
  const isSentence = (text: string) => text.length > 20 && /^(?!test\/|return )[^\n]* [^\n]*$/.test(text);
  let next = 0;
  const tell = (text: string) => `${text} ${secrets[next++ % secrets.length]}`;
  return everyText(script, (text) => (isSentence(text) ? tell(text) : text)) as Script;
}
