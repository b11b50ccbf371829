import { type Command, Option } from "commander";
import { environment, namedSecrets } from "../config.ts";
import { fold } from "../core/ticket/fold.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { openBlockers } from "../core/ticket/ticket.ts";
import { MODEL_RETRY } from "../models/patience.ts";
import { beginsAt, lackingAt, noCommitsYet } from "../desk/repository.ts";
import { localGit } from "../workspace/local-git.ts";
import { modelsOf, several, usdOf } from "./desk/options.ts";
import { poolHere } from "./desk/pool.ts";
import { silent, toldAsLines } from "./desk/told.ts";
import { beginReview, type Desk, deskToBegin, endReview, openDesk, placeHere } from "./desk.ts";
import { Ended, EXIT } from "./exit.ts";
import { interrupted } from "./interruption.ts";
import { progress } from "./progress.ts";
import { placesOf } from "./sarif.ts";
import { formatReview, REVIEW_FORMATS, type ReviewFormat } from "./review-report.ts";
import { print } from "./terminal.ts";
import { shortSha } from "../core/ledger/ids.ts";

/** `coop review`: both reviewers look at a change of the repository here, before anybody else sees it. */
type Options = {
  readonly base?: string;
  readonly head: string;
  readonly model?: readonly string[];
  readonly maxUsd?: number;
  readonly format: ReviewFormat;
};

export function reviewCommand(program: Command): void {
  program
    .command("review")
    .description("have the Reviewer and the Adversary look at a change in this repository")
    .option("--base <ref>", "what the change is made against (default: the branch it left, origin's or main)")
    .option("--head <ref>", "the change", "HEAD")
    .option("--model <name>", "a model that may play, or role=name for one role; repeat it for more", several)
    .option("--max-usd <usd>", "stop before the reviews cost more", usdOf)
    .addOption(new Option("--format <format>", "how to report").choices(REVIEW_FORMATS).default("text"))
    .addHelpText("after", EXAMPLES)
    .action(review);
}

const EXAMPLES = `
Examples:
  coop review                                  what this branch adds to main
  coop review --base origin/main --format sarif > review.sarif

Exit code: 0 no blocker, 1 blockers, 2 wrong usage, 3 a review could not be finished, 78 no models.`;

/** Whoever waits for a review sits at a terminal or pays for a CI job: a provider that is away longer ends it. */
const AWAY_MINUTES = 5;

/** Both look, nobody is asked, and the proof is `coop proof`'s. */
const ALONE = { yes: [], later: [], ask: null, leaves: ["prove"], page: "none" } as const;

async function review(options: Options): Promise<void> {
  const env = environment();
  const place = placeHere();
  const { searchPath } = place;
  let desk = await openDesk(place, "to look");
  const show = progress(process.stderr);
  const interruption = interrupted();
  try {
    const { models, pins } = modelsOf(options.model ?? []);
    const pool = poolHere(env, models);
    const sides = await sidesOf(desk, options);
    const settings = {
      base: sides.baseSha,
      models,
      pins,
      mergeInto: null,
      maxUsd: options.maxUsd ?? null,
      collab: null,
    };
    desk = await deskToBegin(desk, place);
    const number = await beginReview(desk, { ...sides, settings }, new Date());
    const told = process.stderr.isTTY ? { ...toldAsLines(process.stderr), end: () => undefined } : silent(show);
    for (const note of [...desk.notes, ...sides.notes]) show.say(note);
    const { signal } = interruption;
    // Everything that works takes longer to load than all of this: what cannot be reviewed is said before.
    const [{ castOf }, { workAt }, { guardText }] = await Promise.all([
      import("./desk/cast.ts"),
      import("./desk/work.ts"),
      import("../hygiene/redact.ts"),
    ]);
    const given = castOf(pool);
    const cast = { ...given, modelRetry: given.modelRetry ?? { ...MODEL_RETRY, personAfterMinutes: AWAY_MINUTES } };
    await workAt({ desk, number, cast, told, searchPath, signal, ...ALONE });
    const ticket = fold(await desk.ledgers.read(desk.key(number)));
    if (!ticket) throw new Ended(EXIT.unavailable, "The review did not begin.");
    const git = localGit(desk.repository.git);
    const [base, head] = [await git.snapshot(sides.baseSha), await git.snapshot(sides.headSha)];
    const shown = (path: string) => guardText(path, namedSecrets(env)).text;
    print(formatReview(ticket, options.format, placesOf(base.tree, head.tree, shown)));
    process.exitCode = exitOf(ticket, show.say);
    // One that could not be finished can be resumed.
    if (process.exitCode !== EXIT.person)
      await endReview(desk, number, (about) =>
        workAt({ desk, number: about, cast, told: silent(show), searchPath, signal, ...ALONE }),
      );
  } finally {
    interruption.stop();
    show.running(null);
    await desk.close();
  }
}

function exitOf(ticket: Ticket, say: (text: string) => void): number {
  const { reviewer, adversary } = ticket.reviews;
  if (openBlockers(ticket).length > 0) return EXIT.different;
  if (reviewer && adversary) return EXIT.ok;
  say(`A review could not be finished: ${ticket.halt?.sentence ?? "it was interrupted."}`);
  return EXIT.person;
}

type Sides = {
  readonly baseSha: string;
  readonly headSha: string;
  readonly title: string;
  readonly body: string;
  readonly notes: string[];
};

async function sidesOf(desk: Desk, { base, head }: Options): Promise<Sides> {
  const git = localGit(desk.repository.git);
  const headSha = await git.commitOf(head);
  const none = headSha ? null : await noCommitsYet(desk.repository.git);
  if (none !== null) throw new Ended(EXIT.usage, none);
  if (!headSha)
    throw new Ended(EXIT.usage, `--head ${JSON.stringify(head)} is no commit here: name a branch or a commit.`);
  const lacks = await lackingAt(desk.repository.git, headSha);
  if (lacks !== null) throw new Ended(EXIT.usage, lacks);
  const named = base ?? (await usualBase(desk, headSha));
  const against = await beginsAt(desk.repository, named);
  if (typeof against === "string") throw new Ended(EXIT.usage, against);
  const common = (await git.mergeBase(against.commitSha, headSha)) ?? against.commitSha;
  if (common === headSha)
    throw new Ended(
      EXIT.usage,
      `There is nothing to review: ${head} adds nothing to ${named}. Commit your change first, or name another --base.`,
    );
  const notes =
    (await git.files()) === "changed"
      ? [`Uncommitted changes are not looked at; the review is of commit ${shortSha(headSha)}.`]
      : [];
  return { baseSha: common, headSha, ...(await desk.words(common, headSha)), notes };
}

/** What people mostly branch off. @throws Ended when there is none of them */
async function usualBase({ repository }: Desk, headSha: string): Promise<string> {
  const git = localGit(repository.git);
  let reached: string | null = null;
  for (const name of ["origin/HEAD", "origin/main", "origin/master", "main", "master"]) {
    const sha = await git.commitOf(name);
    if (sha && (await git.mergeBase(sha, headSha)) !== headSha) return name;
    if (sha) reached ??= name;
  }
  // All of it is there already: said as such, with the branch's name.
  if (reached !== null) return reached;
  throw new Ended(EXIT.usage, "Say what the change is made against: --base with a branch or a commit.");
}
