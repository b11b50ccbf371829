import { expect, it } from "@jest/globals";
import type { Response } from "../core/rules/heard.ts";
import { utter } from "../core/rules/each-command.ts";
import type { Trigger } from "../core/rules/trigger.ts";
import type { Forge } from "../forge/forge.ts";
import { outcomeSign, showSign } from "./sign.ts";
import type { World } from "./world.ts";

/** Signs stand below commands, where the forge lets a comment carry one. */
async function shown(trigger: Partial<Trigger> & Pick<Trigger, "kind">, react?: Forge["react"]) {
  const signs: unknown[] = [];
  const logged: unknown[] = [];
  const world = { log: { info: (what: unknown) => logged.push(what) } } as unknown as World;
  const forge = { react: react ?? (async (to: unknown, sign: unknown) => void signs.push([to, sign])) } as Forge;
  await showSign(world, forge, utter({ source: "comment:5", ...trigger } as unknown as Trigger), "eyes");
  return { signs, logged };
}

it.each<[string, Record<string, unknown>, unknown]>([
  ["a command", { kind: "commented", commentId: 5, body: "/coop status" }, { place: "comment", id: 5 }],
  ["ordinary words", { kind: "commented", commentId: 5, body: "Fine by me." }, null],
  ["a command below a line", { kind: "commented", commentId: 5, body: "/coop status", source: "inline:77/1" }, { place: "inline", id: 77 }],
  ["words below a line", { kind: "commented", commentId: 5, body: "Why?", source: "inline:77/1" }, null],
  ["a command below a line of a review", { kind: "reviewed", body: "/coop status", source: "inline:78/x" }, { place: "inline", id: 78 }],
  ["a command in a review, which carries none", { kind: "reviewed", body: "/coop status", source: "review:9" }, null],
  ["a label", { kind: "labelled", label: "coop", body: "/coop status" }, null],
  ["a source that only looks like one", { kind: "commented", commentId: 5, body: "/coop status", source: "x inline:77/1" }, { place: "comment", id: 5 }],
])("%s", async (_what, trigger, to) => {
  const { signs } = await shown(trigger as Partial<Trigger> & Pick<Trigger, "kind">);
  expect(signs).toEqual(to === null ? [] : [[to, "eyes"]]);
}); // prettier-ignore

it("is a courtesy: one that cannot be put there holds nothing up", async () => {
  const { logged } = await shown({ kind: "commented", commentId: 5, body: "/coop status" }, () =>
    Promise.reject(new Error("away")),
  );
  expect(logged).toEqual([{ source: "comment:5", sign: "eyes", error: "Error: away" }]);
});

it.each<[Response["do"], string | null]>([
  ["refuse", "confused"],
  ["guard", "eyes"],
  ["record", "+1"],
  ["inform", "+1"],
  ["ignore", null],
])("after %s it is %s", (what, sign) => expect(outcomeSign({ do: what } as Response)).toBe(sign));
