import { describe, expect, it } from "@jest/globals";
import { configuredPool } from "./configured-pool.ts";

const named = (name: string, more: object = {}) => ({
  ...{ name, vendor: "a", api: "openai-chat" as const, model: name, baseUrl: "https://models.example/v1" },
  ...more,
});
const far = (more: object = {}) => named("far", { apiKeyEnv: "FAR_KEY", ...more });
const MISSING = { outcome: "refused", sentence: 'FAR_KEY is missing, but the model "far" needs it.' };

describe("a model without its key", () => {
  it("is left out where two others are left, and told of", () => {
    const pool = [named("one"), named("two"), far()];
    expect(configuredPool(pool, {})).toMatchObject({
      pool: [{ name: "one" }, { name: "two" }],
      keyless: [{ name: "far", variable: "FAR_KEY" }],
    });
    expect(configuredPool(pool, { FAR_KEY: "k" })).toMatchObject({ pool: { length: 3 }, keyless: [] });
    expect(configuredPool([named("one"), far()], {})).toEqual(MISSING);
  });

  it("is missed where the others cannot fill every role without it", () => {
    const write = ["one", "two"].map((name) => named(name, { roles: ["implementer"] }));
    expect(configuredPool([...write, far({ roles: ["architect", "reviewer", "adversary", "navigator"] })], {})).toEqual(MISSING); // prettier-ignore
    // Each role has a model, and nobody but the author to doubt it.
    expect(configuredPool([named("one"), named("two", { roles: ["navigator"] }), far()], {})).toEqual(MISSING);
    // Nobody doubts here with its key either: what is open is left to a policy's pins.
    expect(configuredPool([...write, far({ roles: ["architect"] })], {})).toMatchObject({ keyless: [{ name: "far" }] });
  });

  it("of the default pool is told of by the vendor whose key is not there", () => {
    expect(configuredPool(null, { ANTHROPIC_API_KEY: "k" })).toMatchObject({
      pool: [{ vendor: "anthropic" }, { vendor: "anthropic" }],
      keyless: [{ variable: "OPENAI_API_KEY" }, { variable: "OPENAI_API_KEY" }],
    });
    expect(configuredPool(null, { OPENAI_API_KEY: "k" })).toMatchObject({
      keyless: [{ variable: "ANTHROPIC_API_KEY" }, { variable: "ANTHROPIC_API_KEY" }],
    });
    expect(configuredPool(null, { ANTHROPIC_API_KEY: "k", OPENAI_API_KEY: "k" })).toMatchObject({ keyless: [] });
  });
});
