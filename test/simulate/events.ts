import type { Failure } from "../../src/github-double/failures.ts";
import type { Stage } from "../support/scenario.ts";
import type { Chance } from "./chance.ts";
import type { Crew } from "./crew.ts";
import type { MortalDatabase } from "./mortal-database.ts";

/** What can happen to a ticket at any moment. Each event is one line of the story that a failing seed prints. */
export type Scene = {
  readonly stage: Stage;
  readonly issue: number;
  readonly process: MortalDatabase;
  readonly chance: Chance;
  readonly script: "adapts" | "is fixed";
  /** Sets the clock of the process that lives now. */
  readonly setClock: (byMs: number) => void;
  /** The workers beside the first one; null where there are none. */
  readonly crew: Crew | null;
};
type Event = { readonly name: string; readonly weight: number; happen(scene: Scene): void | Promise<void> };

const WRITES: readonly (readonly [method: string, path: RegExp])[] = [
  ["POST", /issues\/\d+\/comments$/],
  ["POST", /pulls\/\d+\/reviews$/],
  ["POST", /\/pulls$/],
  ["POST", /git\/refs$/],
  ["POST", /check-runs$/],
  ["POST", /git\/commits$/],
  ["PATCH", /git\/refs\//],
  ["PATCH", /issues\/comments\/\d+$/],
  ["PUT", /\/merge$/],
  ["POST", /\/labels$/],
];

const HOUR_MS = 3_600_000;

/** What somebody pushes to the ticket's branch. */
export const PUSHED = "docs/news.md";

const order = (scene: Scene, failure: Omit<Failure, "method" | "path">, on = WRITES) => {
  const [method, path] = scene.chance.pick(on);
  scene.stage.forge.fail({ method, path, ...failure });
};
const pullIn = ({ stage }: Scene): number | null => {
  const pull = stage.repo.numbers("pull").at(-1);
  return pull !== undefined && stage.repo.thread(pull).state === "open" ? pull : null;
};

/** What a person does that GitHub forbids just now does not happen. */
const quietly = (work: () => unknown) => {
  try {
    work();
  } catch {
    // Closed, gone or merged meanwhile: then nobody can do it.
  }
};

export const EVENTS: readonly Event[] = [
  {
    name: "answers are lost after the act",
    weight: 4,
    happen: (scene) => order(scene, { times: scene.chance.between(1, 3), status: 502, after: "done" }),
  },
  {
    name: "the answer to a comment is lost after the act",
    weight: 4,
    happen: (scene) => order(scene, { times: 1, status: 502, after: "done" }, [["POST", /\/comments$/]]),
  },
  {
    name: "requests fail before the act",
    weight: 3,
    happen: (scene) => order(scene, { times: scene.chance.between(1, 3), status: scene.chance.pick([500, 502, 503]) }),
  },
  {
    name: "reads fail",
    weight: 2,
    happen: (scene) =>
      order(scene, { times: scene.chance.between(1, 9), status: 503 }, [
        ["GET", /./],
        ["POST", /graphql$/],
      ]),
  },
  {
    name: "a secondary limit is reached",
    weight: 2,
    happen: (scene) => {
      const message = "You have exceeded a secondary rate limit";
      order(scene, { times: 1, status: 403, message, headers: { "retry-after": "30" } });
    },
  },
  {
    name: "a token is taken back",
    weight: 1,
    happen: (scene) => order(scene, { times: 1, status: 401, message: "Bad credentials" }, [...WRITES, ["GET", /./]]),
  },
  { name: "webhooks are lost", weight: 2, happen: ({ stage }) => stage.forge.setDelivery("drop") },
  { name: "webhooks come twice", weight: 2, happen: ({ stage }) => stage.forge.setDelivery("duplicate") },
  { name: "webhooks are held back", weight: 2, happen: ({ stage }) => stage.forge.setDelivery("hold") },
  { name: "webhooks come in reverse", weight: 2, happen: ({ stage }) => stage.forge.release("reversed") },
  { name: "webhooks come as they should", weight: 2, happen: ({ stage }) => stage.forge.release() },
  {
    name: "an old webhook comes again",
    weight: 2,
    happen: ({ stage, chance }) => {
      const { deliveries } = stage.forge;
      if (deliveries.length > 0) stage.forge.redeliver(chance.pick(deliveries));
    },
  },
  {
    name: "the process dies soon",
    weight: 6,
    happen: ({ process, chance }) => process.dieIn(chance.between(0, 120)),
  },
  {
    name: "the clock of the process is set back an hour",
    weight: 1,
    happen: ({ setClock }) => setClock(-HOUR_MS),
  },
  {
    name: "the clock of the process is set an hour ahead",
    weight: 1,
    happen: ({ setClock }) => setClock(HOUR_MS),
  },
  {
    name: "somebody edits the issue",
    weight: 1,
    happen: ({ stage, issue, chance }) =>
      quietly(() => stage.repo.edit("mona", issue, { body: `Louder, please (${chance.between(1, 99)}).` })),
  },
  {
    name: "somebody pushes to the branch",
    weight: 1,
    happen: (scene) =>
      quietly(() => {
        const pull = pullIn(scene);
        if (pull === null) return;
        const { headBranch } = scene.stage.repo.pull(pull);
        scene.stage.repo.push("mona", headBranch, { [PUSHED]: `# ${scene.chance.between(1, 99)}\n` });
      }),
  },
  {
    name: "somebody pushes to the base branch",
    weight: 1,
    happen: ({ stage, chance }) =>
      quietly(() => stage.repo.push("mona", "main", { "docs/base.md": `# ${chance.between(1, 99)}\n` })),
  },
  {
    name: "somebody closes the pull request",
    weight: 0.5,
    happen: (scene) =>
      quietly(() => {
        const pull = pullIn(scene);
        if (pull !== null) scene.stage.repo.close("mona", pull);
      }),
  },
  {
    name: "somebody closes the issue and opens it again",
    weight: 0.5,
    happen: ({ stage, issue }) =>
      quietly(() => {
        stage.repo.close("mona", issue);
        stage.repo.reopen("mona", issue);
      }),
  },
  {
    name: "somebody takes the label away and puts it back",
    weight: 0.5,
    happen: ({ stage, issue }) =>
      quietly(() => {
        stage.repo.removeLabel("mona", issue, "coop");
        stage.repo.addLabel("mona", issue, "coop");
      }),
  },
  {
    name: "somebody says something",
    weight: 4,
    happen: (scene) =>
      quietly(() => {
        const words = ["/coop approve", "/coop park", "/coop resume", "/coop retry", "/coop status", "Looks good."];
        const at = scene.chance.pick([scene.issue, pullIn(scene) ?? scene.issue]);
        scene.stage.repo.comment(scene.chance.pick(["mona", "mona", "rita"]), at, scene.chance.pick(words));
      }),
  },
];

const CREW_EVENTS: readonly Event[] = [
  {
    name: "another worker freezes soon",
    weight: 12,
    happen: ({ crew, chance }) =>
      chance.pick(crew?.processes ?? []).freezeIn(chance.between(0, 60), chance.pick(["before", "after"])),
  },
  {
    name: "another worker dies soon",
    weight: 8,
    happen: ({ crew, chance }) => chance.pick(crew?.processes ?? []).dieIn(chance.between(0, 60)),
  },
];

/** A model that plays a script for a round of fixes cannot take in what somebody else changes meanwhile. */
const CHANGES_CODE = ["somebody pushes to the branch", "somebody edits the issue"];

export function anyEvent({ chance, script, crew }: Pick<Scene, "chance" | "script" | "crew">): Event {
  const all = crew ? [...EVENTS, ...CREW_EVENTS] : EVENTS;
  const events = script === "adapts" ? all : all.filter(({ name }) => !CHANGES_CODE.includes(name));
  let at = chance.next() * events.reduce((sum, { weight }) => sum + weight, 0);
  return events.find(({ weight }) => (at -= weight) < 0) ?? (events[0] as Event);
}
