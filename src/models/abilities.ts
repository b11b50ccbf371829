import { BASICS, FAMILIES, familyAt } from "./families.ts";
import type { AdapterOptions, Capability } from "./spec.ts";

/**
 * What a server of the pool can do, as far as is known: the settings, and what its refusals taught since the process
 * began. A lesson costs one request that was turned down, which is free; `coop doctor --models` shows what was learnt and
 * the setting that says it beforehand.
 */
export type Abilities = {
  has(capability: Capability): boolean;
  /** Fields of requests that the server does not know. */
  readonly unknownFields: ReadonlySet<string>;
  readonly outputTokensMax: number;
  /** Ids of calls have to be nine letters and digits. */
  readonly nineCharIds: boolean;
  /** The address that works, where it is another one than the settings say. */
  readonly base: string | null;
  readonly learnt: readonly Lesson[];
  /** A call has come in a stream, so that its streams do not lose them. */
  streamedCall: boolean;
  /** So many calls in a row it could not read, and were asked for in words. */
  rescues: number;
  learn(lesson: Lesson): boolean;
};

export type Lesson =
  | { readonly what: "lacks"; readonly capability: Capability }
  | { readonly what: "has"; readonly capability: Capability }
  | { readonly what: "unknown-field"; readonly field: string }
  | { readonly what: "output-limit"; readonly tokens: number }
  | { readonly what: "nine-char-ids" }
  | { readonly what: "base-url"; readonly base: string };

export function abilitiesOf(options: AdapterOptions): Abilities {
  const family = FAMILIES[options.family ?? familyAt(options.api, options.baseUrl) ?? ""];
  const capabilities = new Set([...BASICS, ...options.capabilities, ...(family?.has ?? [])]);
  for (const lacking of options.lacks) capabilities.delete(lacking);
  const unknownFields = new Set<string>();
  const learnt: Lesson[] = [];
  let { outputTokensMax } = options;
  let nineCharIds = false;
  let base: string | null = null;
  const apply = (lesson: Lesson): boolean => {
    switch (lesson.what) {
      case "lacks":
        return capabilities.delete(lesson.capability);
      case "has":
        return capabilities.has(lesson.capability) ? false : Boolean(capabilities.add(lesson.capability));
      case "unknown-field":
        return unknownFields.has(lesson.field) ? false : Boolean(unknownFields.add(lesson.field));
      case "output-limit":
        if (lesson.tokens >= outputTokensMax || lesson.tokens < 1) return false;
        outputTokensMax = lesson.tokens;
        return true;
      case "nine-char-ids":
        if (nineCharIds) return false;
        return (nineCharIds = true);
      case "base-url":
        if (base === lesson.base) return false;
        base = lesson.base;
        return true;
    }
  };
  return {
    has: (capability) => capabilities.has(capability),
    unknownFields,
    get outputTokensMax() {
      return outputTokensMax;
    },
    get nineCharIds() {
      return nineCharIds;
    },
    get base() {
      return base;
    },
    learnt,
    streamedCall: false,
    rescues: 0,
    learn: (lesson) => {
      const changed = apply(lesson);
      if (changed) learnt.push(lesson);
      return changed;
    },
  };
}

/** The same without some, for one question: only when it helps is it a lesson. */
export function abilitiesWithout(abilities: Abilities, left: readonly Capability[]): Abilities {
  return {
    ...abilities,
    outputTokensMax: abilities.outputTokensMax,
    nineCharIds: abilities.nineCharIds,
    base: abilities.base,
    has: (capability) => !left.includes(capability) && abilities.has(capability),
  };
}

/** What is left out when a server turned something down without saying what. */
export const BARE: readonly Capability[] = [
  "strict-tools",
  "answer-schema-with-tools",
  "answer-schema",
  "cache-markers",
  "reasoning-items",
  "stream-usage",
  "streaming",
];

/** Where a server reads calls itself and cannot, none is left to it. */
export const IN_WORDS: readonly Capability[] = ["tools", "streaming"];
