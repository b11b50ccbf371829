import { readFileSync } from "node:fs";
import { BYTE_ORDER_MARK, unmarked } from "./byte-order-mark.ts";
import { pathTrouble } from "./path-trouble.ts";

/** What the operator has to mend: a sentence each. */
export class Refusal extends Error {
  readonly problems: readonly string[];
  constructor(...problems: readonly string[]) {
    super(problems[0]);
    this.problems = problems;
  }
}

/** Collects what the operator has to mend, so that everything is said at once. */
export function attempt<T>(problems: string[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Secrets that may be given as files, as Docker and Kubernetes hand them over: other programs see an environment more easily. */
const IN_FILES =
  /^(PRIVATE_KEY|WEBHOOK_SECRET|COOP_LEDGER_SECRET|COOP_LEDGER_SECRETS_BEFORE|COOP_KEYS_SECRET|GITHUB_CLIENT_SECRET|DATABASE_URL|\w+_API_KEY)_FILE$/;

/** Of a marked `.env`, Node takes the mark for the beginning of the first name. */
export function withoutMark(env: Environment): Environment {
  const marked = Object.keys(env).find((name) => name.startsWith(BYTE_ORDER_MARK));
  return marked === undefined ? env : { [unmarked(marked)]: env[marked], ...env };
}

/** An empty variable is what a compose file gives for an unset one. */
export function givenIn(env: Environment): Environment {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== "");
  const set = new Set(given.map(([name]) => name));
  return Object.fromEntries(
    given.map(([name, path = ""]) => {
      const secret = IN_FILES.exec(name)?.[1];
      if (secret === undefined) return [name, path];
      if (set.has(secret)) throw new Refusal(`${secret} and ${name} are both set. Unset one of them.`);
      return [secret, readText(name, path).trim()];
    }),
  );
}

export function readText(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const why = pathTrouble(error);
    throw new Refusal(`${name} names ${path}, which cannot be read (${why}). Name a file that exists, or unset it.`);
  }
}
