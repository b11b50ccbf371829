/** Everything that distinguishes one coding agent from another. Who adds one adds a record to `kinds.ts`. */
export type AgentKind = {
  /** The name under which its vendor installs the program; null where the entry says the command. */
  readonly program: string | null;
  /** How a person gets it. */
  readonly install: string;
  /** @param program where it stands in the sandbox */
  argv(program: string, to: AgentTarget): readonly string[];
  environment(to: AgentTarget): Readonly<Record<string, string>>;
  /** What it printed, as far as it is of the kind's form; unknown lines are nobody's fault and are passed over. */
  read(output: string): AgentSaid;
};

export type AgentTarget = {
  readonly api: "anthropic" | "openai-responses" | "openai-chat";
  /** As the provider spells it. */
  readonly model: string;
  /** Its window: tokens of a question and its answer. */
  readonly contextTokensMax: number;
  /** The way out of the sandbox, without the version. */
  readonly address: string;
  /** Of `agent: command`. */
  readonly command: string | null;
};

export type AgentSaid = {
  /** The last words, where the program says that it is done. */
  readonly message: string | null;
  /** Why it is not done, in its own words. */
  readonly problem: string | null;
  readonly turns: number;
  readonly toolCalls: Readonly<Record<string, number>>;
};

/** Stands where a key is wanted: the real one is put in outside, and nothing inside has it. */
export const NO_KEY = "put-in-outside";

/** Where the program names no longest answer: a budget is asked for it beforehand, and the provider is told. */
export const UNNAMED_OUTPUT_TOKENS_MAX = 32_000;

type Fields = Readonly<Record<string, unknown>>;

export function fieldsIn(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsIn) : [];
}

export function textIn(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The lines that are JSON objects; what programs print beside them is skipped. */
export function jsonLines(output: string): Fields[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .flatMap((line) => {
      try {
        return [fieldsIn(JSON.parse(line) as unknown)];
      } catch {
        return [];
      }
    });
}

export function countedBy(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
