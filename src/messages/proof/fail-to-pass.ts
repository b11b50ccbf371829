import type { FoundFacts } from "../../core/ticket/proof-facts.ts";
import type { FoundSentences } from "./by-code.ts";
import { cannot } from "./cannot.ts";
import { names, pass, plural } from "./spelled.ts";

type Facts = FoundFacts["fail-to-pass"];

export const FAIL_TO_PASS: FoundSentences<"fail-to-pass"> = {
  "fails-before": failsBefore,
  "cannot-load-before": ({ files, fresh, old = [], notRun }) => {
    const before = notRun
      ? `On the code before the change nothing runs ${names(files)}`
      : `${onOldCode(files)} ${files.length === 1 ? "it" : "they"} could not even load`;
    if (typeof fresh === "number") return `${before}; ${passNow(fresh)}.`;
    const added = fresh.filter((name) => !old.includes(name));
    const [news, olds] = [
      `${plural(added.length, "new test")} ${pass(added.length)}: ${names(added)}`,
      `${plural(old.length, "old test")} that ${old.length === 1 ? "asks" : "ask"} for more ${pass(old.length)}: ${names(old)}`,
    ];
    const told = [...(added.length > 0 ? [news] : []), ...(old.length > 0 ? [olds] : [])];
    return `${before}; on this commit ${told.join(", and ")}.`;
  },
  "no-code": ({ only, files }) =>
    only === "tests"
      ? `Only tests changed, as the plan says (${names(files)}): there is no code whose new behaviour they could show.`
      : `Only documents, settings or versions changed (${names(files)}): there is no code whose new behaviour a test could show.`,
  "cannot-run": ({ because }) => cannot(because),
  "no-runner": () => "No command of this repository is known to run its tests.",
  "no-count": () => "Nothing shows that any test ran on this commit.",
  "no-test-ran": () => "Nothing shows that any test ran on this commit.",
  "names-lost": ({ tests }) =>
    `Tests that fail on the code before the change are only counted on this commit, so nobody knows whether they pass: ${names(tests)}.`,
  "red-before-unnamed": () =>
    "Tests fail on this commit as they did before the change, and they cannot be told apart by name.",
  "red-before-anyway": () =>
    "Tests fail on the code before the change even without the new ones, so the new ones show nothing.",
  "unfinished-before": ({ files }) =>
    `The tests in ${names(files)} could not be run to their end on the code before the change.`,
  "only-loads-untried": ({ files, notRun }) =>
    `${onlyNew(files, notRun)} on the code before the change, and what they notice could not be tried.`,
  "only-loads": ({ files, notRun }) =>
    `${onlyNew(files, notRun)} on the code before the change, and they notice nothing when the new code does less.`,
  "passes-by-chance": passesByChance,
  "inside-code": ({ files }) =>
    `The new tests stand inside ${names(files)}, beside the code, and cannot be run without it: the file is new, or its parts cannot be told apart.`,
  "no-test-unasked": () => "No test was added or changed, so none shows what the change does.",
  "no-test": ({ planned }) =>
    planned.length > 0
      ? `The plan names code (${names(planned)}), and only documents or settings changed.`
      : "No test was added or changed, so none shows what the change does.",
  "passes-before": ({ files }) =>
    `The tests in ${names(files)} pass without the change too, so they show nothing of it.`,
  "red-on-head": (facts) =>
    "tests" in facts
      ? `Tests do not pass on this commit: ${names(facts.tests)}.`
      : `The tests in ${names(facts.files)} do not pass on this commit.`,
  flaky: ({ tests, runs }) =>
    `New tests are flaky: ${names(tests)} failed in at least one of ${runs} runs on this commit. Make them certain.`,
};

function failsBefore(facts: Facts["fails-before"]): string {
  if ("files" in facts) {
    const { files, failed, passed } = facts;
    return `${onOldCode(files)} ${plural(failed, "test")} failed; ${passNow(passed)}.`;
  }
  const { shown } = facts;
  if ("ran" in facts)
    return `${plural(shown.length, "new test")} failed at times in ${plural(facts.ran, "run")} on the code before the change and in none of ${facts.wanted} on this commit: ${names(shown)}.`;
  if ("seconds" in facts)
    return `${onOldCode(facts.stoppedIn)} the tests do not come to an end: they were stopped twice, after ${plural(facts.seconds, "second")}. On this commit ${plural(shown.length, "new test")} ${pass(shown.length)}: ${names(shown)}.`;
  const { vacuous, flaky } = facts;
  const also = vacuous.length > 0 ? ` New tests that pass without the change too: ${names(vacuous)}.` : "";
  const not = flaky.length > 0 ? ` Flaky, and counted for nothing: ${names(flaky)}.` : "";
  return `${plural(shown.length, "test")} failed on the code before the change and ${pass(shown.length)} on this commit: ${names(shown)}.${also}${not}`;
}

const CERTAIN = "so that they fail every time without the change; or a person accepts this item.";

function passesByChance(facts: Facts["passes-by-chance"]): string {
  const tests = names(facts.tests);
  switch (facts.as) {
    case "without-order":
      return `New tests failed on the code before the change and then passed there: ${tests}. The change synchronizes nothing, so this may be luck. Make them fail every time without the change; or a person accepts this item.`;
    case "never-failed":
      return `The change synchronizes concurrent code, but the new tests also passed without it, in ${plural(facts.times, "run")}: ${tests}. Make one side wait until the other has started, ${CERTAIN}`;
    case "too-seldom": {
      const why = facts.held === "too-long" ? "which takes too long" : "but could not be run so often";
      return `New tests failed at times in ${plural(facts.ran, "run")} on the code before the change: ${tests}. On this commit they would have to pass ${facts.wanted} times to rule out luck, ${why}. Make them fail every time without the change; or a person accepts this item.`;
    }
  }
}

function onOldCode(files: readonly string[]): string {
  return `With ${names(files)} on the code before the change,`;
}

function passNow(tests: number): string {
  return `on this commit ${tests === 1 ? "the 1 test passes" : `all ${tests} pass`}`;
}

function onlyNew(files: readonly string[], notRun: true | undefined): string {
  return notRun
    ? `Nothing runs the new tests in ${names(files)}`
    : `The new tests in ${names(files)} only fail to load`;
}
