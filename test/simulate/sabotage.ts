import type { Stage } from "../support/scenario.ts";

const REPEATED_EACH = 2;

/** Invariants that are broken on purpose, to see that the checker finds it: each takes one safeguard out of the program. */
export const SABOTAGE = {
  /** What was intended before a crash or a lost answer is not looked for. */
  "forget-intents": ({ app }) => {
    const publications = app().world.publications as { -readonly [K in "list"]: Publications["list"] };
    const { list } = publications;
    publications.list = async (ticket) => {
      const known = await list(ticket);
      for (const one of known.filter(({ state }) => state === "intended"))
        await app().world.publications.posted(ticket, one.firstSeq, 1, new Date());
      return known.filter(({ state }) => state === "posted");
    };
  },
  /** A create is repeated, as a client does that repeats whatever it got no answer to. */
  "post-twice": ({ app }) => {
    let count = 0;
    const world = app().world as { forge: ReturnType<Stage["app"]>["world"]["forge"] };
    const { forge } = world;
    world.forge = (repository) => {
      const real = forge(repository);
      return {
        ...real,
        comment: async (number, body) => {
          const made = await real.comment(number, body);
          return ++count % REPEATED_EACH === 0 ? real.comment(number, body) : made;
        },
      };
    };
  },
  /** Every worker may write every ticket at any time. */
  "leases-for-all": ({ app }) => {
    const leases = app().world.leases as { -readonly [K in keyof Leases]: Leases[K] };
    leases.take = leases.renew = async () => "yours";
    (app().world as { steady?: () => number }).steady = () => 0;
  },
} as const satisfies Readonly<Record<string, (stage: Pick<Stage, "app">) => void>>;

type Publications = ReturnType<Stage["app"]>["world"]["publications"];
type Leases = ReturnType<Stage["app"]>["world"]["leases"];
export type SabotageName = keyof typeof SABOTAGE;
