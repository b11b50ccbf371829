/**
 * What a person wrote in an issue, and what only looks like it. Code, logs, stack traces, paths and addresses are no
 * prose; of a form, neither its headings nor its boxes nor its placeholders are. One pass over the lines, and each pattern
 * looks at a bounded line, so that a body of a megabyte costs what its length costs.
 */
export type FormKind = "bug" | "feature" | "docs" | "refactor";

export type Reading = {
  /** Tags taken out of the title: `[Bug]:`, `feat(cli):`, `Docs:`. */
  readonly tags: readonly string[];
  /** The title without its tags; inline code and paths became a space, so that no word in them counts. */
  readonly title: string;
  /** The title has inline code, a call or a path. */
  readonly namesCode: boolean;
  readonly prose: string;
  /** Which forms the headings are from. A form for bugs can ask for features as well. */
  readonly forms: ReadonlySet<FormKind>;
  readonly hasTrace: boolean;
  readonly hasCode: boolean;
  readonly hasImage: boolean;
  readonly hasEnvironment: boolean;
  /** Sections of a report: what was expected, what happened, what to do to see it. */
  readonly reports: boolean;
  readonly listItems: number;
  readonly headings: number;
};

/** Whoever reads a ticket has made up their mind after so much prose; the rest is detail. */
const PROSE_CHARACTERS_MAX = 6_000;
/** Longer lines are data that somebody pasted. */
const LINE_CHARACTERS_MAX = 2_000;
const TITLE_CHARACTERS_MAX = 300;

const FORM_HEADINGS: readonly (readonly [FormKind, RegExp])[] = [
  ["bug", /\b(describe the (bug|issue|problem)|bug (report|description|summary)|the bug|to reproduce|how to reproduce|repro(duction)?( steps)?|reproducib\w+|actual (behaviou?r|result|outcome|output)|current behaviou?r|observed|what (went wrong|happened|happens|is happening)|what (did|do) you (expect|see)|stack ?trace|error (message|logs?)|possible (cause|fix))\b/i], // prettier-ignore
  ["feature", /\b(feature (request|description|proposal|idea|summary)|is your (feature )?request|(describe )?(the |a )?(possible|preferred|suggested|proposed) (solution|enhancement)|describe the enhancement|(describe )?(the |preferred )?(solution|feature|alternatives?)\b.{0,20}\b(like|considered|want\w*|propos\w*)|alternatives?( considered)?|use ?cases?|motivation|user (story|value)|what would you like|why (is|do we need|do you need) (this|it)|why this is needed|acceptance criteria|requested feature|proposed (feature|api))\b/i], // prettier-ignore
  ["docs", /\b(documentation (problem|issue|location|page|link|request|section|improvement)|(location|part|section|page) of the docs|location of the documentation|fix for documentation|which (page|part|section)|affected (page|documentation)|what (is|part of)\b.{0,30}\bdoc\w*|suggested (text|wording)|page (url|link))\b/i], // prettier-ignore
  ["refactor", /\b(tech(nical)? debt|refactor\w*|code ?smell|current (code|structure|design|implementation|state)|desired (structure|design|state)|debt (description|summary)|affected (files|modules|code)|files (to change|affected|involved))\b/i], // prettier-ignore
];
const REPORT_HEADING =
  /\b(expect(ed|ation)?|actual|reproduc\w*|repro|observed|current behaviou?r|what happen(s|ed)|steps)\b/i;
/** Sections that hold facts about a machine, or boxes, or ways not taken. */
const SILENT_HEADING = /\b(environment|system( info)?|versions?|device|desktop|smartphone|your setup|platform|browsers?|operating system|prerequisites|preconditions|check ?list|before (submitting|you)|code of conduct|alternatives?|are you willing|additional context|screenshots?|logs?|labels|severity|priority|how to contribute|anything else)\b/i; // prettier-ignore
const ENVIRONMENT = /^\W*(os|operating system|version|browser|device|platform|node|npm|python|java|go|rustc?|kernel|architecture|arch|environment|build|app version|\w+ version|phone|smartphone|model|runtime|distro|distribution|docker|kubernetes|affected versions?)\b[^:]{0,30}[:=]/i; // prettier-ignore
const VERSION = /\bv?\d{1,4}\.\d{1,4}(\.\d{1,6})?\b/;
const PLACEHOLDER = /^\W*(_?no response_?|n\/?a|none|nothing|nope|not applicable|see above|tbd|todo|-|yes|no)?\W*$/i;
const BOX = /^[ \t]{0,8}[-*+][ \t]{1,3}\[[ xX]?\][ \t]*/;
/** What a form makes people tick. Other boxes are the author's own tasks. */
const VOW = /\b(i|i['’]ve|i['’]m|we|my)\b.{0,60}\b(have|am|will|agree|read|search\w*|look\w*|check\w*|confirm\w*|understand|willing|want|tried|using|went|made|did)\b|\b(i['’](ve|d)|code of conduct|not a (question|duplicate)|already (been )?(reported|asked)|duplicates?|latest (version|release)|this is a\b|submit a (pr|pull request)|check this box|search\w* (the|for|existing))\b/i; // prettier-ignore
/** Sentences of well-known templates, which people leave where they stand. */
const TEMPLATE = /a clear and concise description|^\W*steps to reproduce the behaviou?r:?\W*$|add any other context|if applicable,? add|i['’]m always frustrated when|^\W*(\d\.\W*)?(go to|click on|scroll down to) ['"‘“`]?\.{2,4}|^\W*\d?\.?\W*see error\W*$|please (describe|provide|fill|include|add|make sure|complete|check|search|read|note|do not|don['’]t)\b|thank(s| you) for (taking|reporting|filing|opening|your)|do you want to request a|this (issue )?(template|form)|delete (this|if not)|tell us|let us know (what|how)|what (did you|do you) (expect|see)|replace this|before (opening|submitting|filing|you)|^\W*(e\.?g\.?|ex\.)[ :]?\W*\[?(ios|chrome|windows|iphone|22|1\.)/i; // prettier-ignore
const HEADING =
  /^[ \t]{0,3}(?:#{1,6}[ \t]*([^\n]+?)[# \t]*|(?:\d{1,2}\.[ \t]*)?\*\*([^*]{2,120})\*\*[ \t]*[:?.]?[ \t]*|([A-Z][\w '’/?-]{2,60}:))$/;
const UNDERLINE = /^[ \t]{0,3}(-{3,200}|={3,200})[ \t]*$/;
const FENCE = /^[ \t>]{0,8}(`{3,}|~{3,})/;
const LOG_LINE = /^\s{0,20}(at \S{1,200}[( ]|File "|goroutine \d|\$ |> ?\$ |PS [A-Z]:|[A-Z]:\\|panic: |Traceback|Caused by:|\d{4}-\d\d-\d\d[T ]\d\d:|\[?\d\d:\d\d:\d\d|\[(ERROR|WARN|INFO|DEBUG)|(ERROR|WARN|INFO|DEBUG|FATAL)[: ]|npm ERR|error\[E\d|\w{1,40}(Error|Exception): |[{}<>|\\;]{1,3}\s*$|\t| {4}\S.*[;{}()=])/; // prettier-ignore
const TRACE = /^\s{0,20}(at [\w$.<>]{1,200} ?\(|File "[^"]{1,300}", line|goroutine \d|panic: |thread '[^']{1,80}' panicked|Traceback|Caused by:|error\[E\d|#\d{1,3}\s{1,3}0x)|\b\w{1,60}(Error|Exception)\b|\b(fatal|segmentation fault|SIGSEGV|core dumped|undefined reference|npm ERR!)\b|\bError: /; // prettier-ignore
const IMAGE = /!\[[^\]]{0,200}\]\(|<img\b|^\W*\(?(image|screen ?shots?|photo|picture|video|gif)s?\)?\W*$|\(image\)/i;
const TITLE_TAG =
  /^\s{0,4}(?:[[(【]\s{0,3}([^\])】\n]{1,40})\s{0,3}[\])】]\s{0,3}[:：-]?\s{0,3}|([A-Za-z][\w /-]{1,24}(?:\([^)\n]{1,40}\))?!?)\s{0,2}[:：]\s{1,4})/;

/** @example readTicket("[Bug]: it dies", "### Version\n1.2").tags // → ["Bug"] */
export function readTicket(title: string, body: string): Reading {
  const { tags, rest } = titleTags(title.slice(0, TITLE_CHARACTERS_MAX));
  const found = {
    forms: new Set<FormKind>(),
    hasTrace: false,
    hasCode: false,
    hasImage: false,
    hasEnvironment: false,
    reports: false,
    listItems: 0,
    headings: 0,
    isForAllKinds: false,
  };
  const prose: string[] = [];
  let characters = 0;
  for (const line of lines(body, found, tags)) {
    if (characters < PROSE_CHARACTERS_MAX) prose.push(line);
    characters += line.length;
  }
  const { isForAllKinds, forms, ...noted } = found;
  return {
    ...noted,
    forms: isForAllKinds ? new Set() : forms,
    tags,
    title: withoutCode(rest),
    namesCode: /`[^`]+`|\w\(\)|\w::\w|\w\.\w{2,}\(|\b\w+\.(ts|js|py|go|rs|java|c|h|cpp|rb|php|tsx|jsx)\b/.test(rest),
    prose: prose.join("\n").slice(0, PROSE_CHARACTERS_MAX),
  };
}

/** The title with its tags: "Stripe: accept debit" is about money. */
export function titleOf({ tags, title }: Pick<Reading, "tags" | "title">): string {
  return [...tags, title].join(": ");
}

type Found = {
  -readonly [
    K in "hasTrace" | "hasCode" | "hasImage" | "hasEnvironment" | "reports" | "listItems" | "headings"
  ]: Reading[K];
} & {
  readonly forms: Set<FormKind>;
  isForAllKinds: boolean;
};

/** Lines of prose. What else the lines say is noted on the way. */
function* lines(body: string, found: Found, tags: string[]): Generator<string> {
  let fence = "";
  let silent = false;
  let before = "";
  /** The line above was a form's question of what kind the ticket is. */
  let asked = false;
  for (const raw of withoutComments(body).split("\n")) {
    const line = raw.length > LINE_CHARACTERS_MAX ? raw.slice(0, LINE_CHARACTERS_MAX) : raw.trimEnd();
    const mark = FENCE.exec(line)?.[1];
    if (fence ? mark?.startsWith(fence) : mark) {
      fence = fence ? "" : (mark ?? "").slice(0, 3);
      continue;
    }
    if (TRACE.test(line)) found.hasTrace = true;
    if (line.trim() === "") continue;
    if (fence) {
      found.hasCode = true;
      continue;
    }
    const kind = /^\/kind (\S{1,30})/.exec(line)?.[1];
    if (kind) tags.push(kind);
    const stated = statedKind(asked, line);
    if (stated !== null) tags.push(stated);
    asked = ASKS_KIND.test(line);
    if (asked && ASKS_ANY_KIND.test(line)) found.isForAllKinds = true;
    const heading = headingOf(line);
    if (UNDERLINE.test(line) && before !== "") noteHeading(before, found);
    before = line;
    if (heading !== null) {
      silent = noteHeading(heading, found);
      if (isSaid(heading)) yield heading;
      continue;
    }
    if (IMAGE.test(line)) found.hasImage = true;
    if (ENVIRONMENT.test(line) || (silent && VERSION.test(line))) found.hasEnvironment = true;
    const said = silent ? "" : prosaic(line, found);
    if (said !== "") yield said;
  }
}

/** `Issue type: bug`, `### Type`, "Do you want to request a *feature* or report a *bug*?": what a form asks in its own words. */
const ASKS_KIND =
  /^[^\p{L}\n]{0,8}(?:(?:(?:issue|ticket|report|request) )?(?:type|kind|category)(?: of (?:issue|ticket|report|request|change))?|(?:do you want to |is this an? |are you )?(?:request\w*|report\w*|propos\w*)?\W{0,3}(?:an?\W{1,4})?(?:feature|bug)\b[^?\n]{0,60}\bor\b[^?\n]{0,40}\b(?:feature|bug)\b[^?\n]{0,20}\?)[^\p{L}\n]{0,8}(.{0,60})$/iu;
/** "Bug report", "I want to request a feature", "Feature / use case": words around the kind say nothing else. */
const KIND_ANSWER =
  /^(?:(?:i (?:want|would like|wish)(?: to)? |i['’]?m )?(?:request(?:ing)?|report(?:ing)?|propos(?:e|ing)|asking for) )?(?:an? )?(bug(?: report)?|feature(?: (?:request|idea|proposal))?|enhancement|documentation(?: \w+){0,2}|docs|refactor\w*)(?: ?[/,(;–-](?!.{0,80}\b(?:bug|feature)\b).{0,80})?$/i;
/** A form for all kinds has the headings of all kinds: that one is "current behaviour" does not make the ticket a bug. */
const ASKS_ANY_KIND = /\b(?:(?:issue|ticket|report) (?:type|kind)|type of (?:issue|ticket|report)|(?:feature|bug)\b[^?\n]{0,60}\bor\b[^?\n]{0,40}\b(?:feature|bug)\b[^?\n]{0,20}\?)/i; // prettier-ignore

/** The kind that a form's field holds, on the line of its question or on the one below. */
function statedKind(asked: boolean, line: string): string | null {
  const plain = line.replace(/<\/?\w{1,10}>/g, "");
  const said = asked ? plain : (ASKS_KIND.exec(plain)?.[1] ?? "");
  return (
    KIND_ANSWER.exec(
      said
        .replace(/[*_`.!:]/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    )?.[1] ?? null
  );
}

function headingOf(line: string): string | null {
  const match = HEADING.exec(line);
  return match ? (match[1] ?? match[2] ?? match[3] ?? "") : null;
}

/** Remembers which form the heading is from, and says whether its section holds no text. */
function noteHeading(heading: string, found: Found): boolean {
  for (const [form, pattern] of FORM_HEADINGS) if (pattern.test(heading)) found.forms.add(form);
  found.headings += 1;
  if (REPORT_HEADING.test(heading)) found.reports = true;
  return SILENT_HEADING.test(heading) && heading.length < 60;
}

/** A heading as long as a sentence and in no form's words is what the author says. */
function isSaid(heading: string): boolean {
  return heading.split(" ").length >= 6 && !FORM_HEADINGS.some(([, pattern]) => pattern.test(heading)) && !TEMPLATE.test(heading); // prettier-ignore
}

function prosaic(line: string, found: Found): string {
  const box = BOX.exec(line)?.[0];
  if (box !== undefined && VOW.test(line)) return "";
  if (box !== undefined || /^[ \t]{0,8}([-*+]|\d{1,3}[.)])[ \t]+\S/.test(line)) found.listItems += 1;
  if (LOG_LINE.test(line)) {
    found.hasCode = true;
    return "";
  }
  const text = withoutCode(line.slice(box?.length ?? 0).replace(/^\s*(?:[-*+>|]|\d{1,3}[.)])\s*/, "")).trim();
  return PLACEHOLDER.test(text) || TEMPLATE.test(text) || ENVIRONMENT.test(line) ? "" : text;
}

/** Comments of HTML; an open one reaches to the end. */
function withoutComments(body: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const open = body.indexOf("<!--", at);
    if (open === -1) return kept.join("") + body.slice(at);
    kept.push(body.slice(at, open));
    const close = body.indexOf("-->", open + 4);
    if (close === -1) return kept.join("");
    at = close + 3;
  }
}

/** Without inline code, addresses, paths, tags of HTML and images. */
function withoutCode(line: string): string {
  return line
    .replace(/`[^`]*`/g, " ")
    .replace(/!?\[([^\]]{0,200})\]\([^)]{0,500}\)/g, "$1")
    .replace(/\bhttps?:\/\/\S+/g, " ")
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, " ")
    .replace(/(?<!\S)[\w.@~-]{0,80}(?:[/\\][\w.@~-]{1,80}){2,20}/g, " ");
}

function titleTags(title: string): { tags: string[]; rest: string } {
  const tags: string[] = [];
  let rest = title;
  for (let match = TITLE_TAG.exec(rest); match && tags.length < 4; match = TITLE_TAG.exec(rest)) {
    const tag = match[1] ?? match[2] ?? "";
    // A sentence with a colon is no tag.
    if (match[1] === undefined && tag.split(/\s+/).length > 2) break;
    tags.push(tag);
    rest = rest.slice(match[0].length);
  }
  return { tags, rest: rest.trim() === "" ? title : rest };
}
