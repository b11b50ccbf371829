import { phaseOf } from "../../core/ticket/ticket.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import type { Cast } from "./models.ts";
import type { DemoOptions } from "./options.ts";
import { asksFor } from "../asks-for.ts";
import type { Ending } from "./run.ts";
import { MAINTAINER, PORT_TO_KEEP, type Site } from "./site.ts";
import type { Example } from "../example.ts";
import { type Progress, wrapped } from "../progress.ts";
import { plain } from "../terminal.ts";

/** What the demo says around the story: what this is, where it runs, what went wrong, where to look. */
export type Run = {
  readonly options: DemoOptions;
  readonly example: Example;
  readonly cast: Cast;
  readonly out: Progress;
};

const SCRIPTED =
  "The models of this run are SCRIPTED: they say what examples/%/example.yml has them say. No provider is asked, and the costs are simulated.";
const LIVE = "The models of this run are REAL: they are asked over the network, and their providers charge for it.";

/** Said at the start and at the end: nobody should take a script for a model. */
export function sayModels({ options, out }: Run): void {
  const sentence = options.models === "live" ? LIVE : SCRIPTED.replace("%", options.example);
  for (const line of wrapped(sentence, out.columns)) out.say(out.paint("yellow", line));
}

export function sayOpening(the: Run): void {
  const { example, cast, out } = the;
  out.say(`${out.paint("bold", "Cooperations")}  one model writes, two models doubt, nothing merges without proof`);
  out.say();
  out.say(`Example  ${out.paint("bold", example.name)}: ${plain(example.summary)}`);
  out.say(`Models   ${cast.pool.map(({ name, vendor }) => `${name} (${vendor})`).join(", ")}`);
  sayModels(the);
  out.say();
}

export function sayWhere({ options, out }: Run, site: Site): void {
  const { sandbox } = site;
  const how =
    sandbox.state === "available"
      ? howItHolds(sandbox.sandbox)
      : `none, so the program runs no repository code and proof comes from the CI (${sandbox.why})`;
  out.say(`GitHub   on this machine, ${site.forge.url}, repository ${site.repo.fullName}`);
  for (const [at, line] of wrapped(how, out.columns - 9).entries()) out.say(`${at ? "         " : "Sandbox  "}${line}`);
  if (options.afterwards === "keep") {
    if (!site.url.endsWith(`:${PORT_TO_KEEP}`)) out.say(`Port ${PORT_TO_KEEP} is in use here, so a free one is taken.`);
    out.say(`Pages    ${site.url}`);
  }
  out.say();
}

function howItHolds({ driver }: Sandbox): string {
  if (driver !== "direct") return `${driver}; every probe from inside was blocked`;
  return "none works on this machine; this bundled example, and nothing else, runs without one";
}

export function sayWrong({ out }: Run, site: Site, { ticket }: Ending, wrong: readonly string[]): void {
  const lines = (title: string, all: readonly string[]) => {
    if (all.length === 0) return;
    out.say(title);
    for (const one of all) out.say(`  ${plain(one)}`);
  };
  lines("This is not what the example expects:", wrong);
  if (ticket && ["question", "blocked", "parked"].includes(phaseOf(ticket)))
    lines("The ticket waits for a person (run with --keep to answer it):", asksFor(ticket));
  lines("The program's log warned of:", site.troubles());
}

export function sayKept({ out }: Run, site: Site, ending: Ending): void {
  const [path, number] = ending.key.split("#") as [string, string];
  const pull = ending.ticket?.pull?.number;
  out.say(`\n${out.paint("bold", "Still running.")} Ctrl-C ends it and removes its files.`);
  out.say(`This ticket   ${site.url}/tickets/${path}/${number}`);
  out.say(`All tickets   ${site.url}/`);
  out.say(`Say something as ${MAINTAINER}${pull ? ` (the pull request is #${pull})` : ""}:`);
  out.say(`  curl -s -H 'authorization: token ${site.forge.tokenFor(MAINTAINER)}' -d '{"body": "/coop status"}' \\`);
  out.say(`    ${site.forge.url}/repos/${path}/issues/${pull ?? number}/comments\n`);
}
