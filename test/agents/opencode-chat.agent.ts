import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { DIALECTS } from "../contracts/dialects/index.ts";
import { standUp } from "../support/desk.ts";
import { LOUD, LOUD_TEST } from "../support/stories.ts";
import { type Case, closeServers, described, DONE, KEY, providerOf, sandbox, worked, written } from "./working.ts";

/** opencode writes its requests itself; every family that speaks Chat Completions has to take them. Its prompt alone takes most of a small window. */
const CASES = DIALECTS.filter(({ entry }) => entry.api === "openai-chat" && entry.contextTokensMax === undefined).map(
  (dialect): Case => {
    const target = { api: "openai-chat", model: "model-1", contextTokensMax: 200_000, command: null } as const;
    return { name: "opencode", dialect, target, shell: (command) => ({ name: "bash", args: described(command) }), served: "" }; // prettier-ignore
  },
);

afterEach(standUp);
afterAll(closeServers);

(sandbox ? describe : describe.skip).each(CASES.map((one) => [one.dialect.name, one] as const))(
  "opencode at %s",
  (_name, one) => {
    it("writes a ticket to its end", async () => {
      const provider = await providerOf(one);
      const write = `${written("src/greet.js", LOUD)} && ${written("test/loud.test.js", LOUD_TEST)}`;
      const script = [{ text: "I write it.", calls: [one.shell(write)] }, { calls: [one.shell("ls")] }, DONE];
      const { seat, phase, entries } = await worked(one, provider, script);
      expect(provider.refused.slice(one.dialect.templateLessons ?? 0)).toEqual([]);
      expect(phase).toBe("merged");
      expect(seat.git("show", "coop/1:src/greet.js")).toBe(LOUD.trim());
      const implemented = entries.find((entry) => entry.kind === "implemented");
      expect(implemented?.data).toMatchObject({ model: "agent", spend: { calls: 3, outputTokens: 120 } });
      expect(provider.taken.every(({ headers }) => headers["authorization"] === `Bearer ${KEY}`)).toBe(true);
    });
  },
);
