import { typeOfLabel } from "./labels.ts";
import { signalsOf } from "./signals.ts";
import type { Reading } from "./text.ts";

/**
 * What the router looks at to tell whether there is enough to plan from, once the form is taken away. What each is worth is
 * learnt and stands in `route-clarity-weights.ts`: above zero it speaks for asking.
 */
const STOP = new Set(
  "a an the of to in on for and or is are be it its it's this that there with by as at my our we i you me us do does not no please so but from into was has have can will would should could add fix make improve change get need needs update better something somehow some any all more very really just also etc feature bug issue problem thing things stuff hi hello help dear team guys sir try tried error errors thanks thank urgent asap question see title video yesterday".split(
    " ",
  ),
);
const VAGUE =
  /(?<![\p{L}])(?:somehow|etc|and so on|maybe|not sure|tbd|to be (?:decided|discussed|investigated)|whatever|something(?:['’]s| is)? wrong|i can['’]t tell|okay-?ish|does ?n['’]?t work|(?:does|did|do)(?: still)? not work|not working|nothing (?:works|is working)|stopped working|broken(?! \p{L})|weird|strange|odd|as expected|see (?:the )?(?:title|video|image|screenshot|photo|picture|attached|attachment)|(?:please|pls|need|can someone|somebody) help|the thing|question about|urgent|asap|trouble|what can i do|better(?! support for)|improv\w+|has to be revised|needs? (?:work|improvement|love)|flaky|buggy|bug in|the \w+(?: \w+)? bug|old stuff|no idea(?: why)?|overhaul|make it (?:modern|nicer?|faster|pretty|cool)|sometimes it|general(?:ly)?|crap|has issues|(?:is|are)n['’]t (?:right|good|displayed properly)|properly|strangely|weirdly|randomly|smarter|nicer|a mess|(?:more|be|look) modern|slow lately|out of date|outdated|clean up|bad)(?![\p{L}])/giu;
/** Words that leave open how much is meant. */
const HEDGES =
  /(?<![\p{L}])(?:somehow|etc|and so on|maybe|not sure|tbd|to be decided|whatever|or something|or so|and the like|perhaps)(?![\p{L}])/giu;
/** Asks people instead of telling them something. */
const PLEADS =
  /(?<![\p{L}])(?:any(?:body|one) (?:else|having|know)|any (?:hope|idea|help|news)|what happened|what is the reason|how do i find|could not find out|can['’]?t find (?:anything|it)|for whatever reason|don['’]t know why|does ?n['’]?t seem to|please (?:fix|improve|help|check|look)|can you do something|you know which|same here|thanks? a lot|thank you|help me|take a look|some (?:customers?|users?|files|items|people)|give up|gave up)(?![\p{L}])/iu;
/** Names no particular thing. */
const GENERAL =
  /(?<![\p{L}])(?:certain (?:features|things|settings)|some (?:sort|kind) of|more options|(?:improve|clean up|problems? with|better|tidy|update|trouble with|ux|quality) (?:of )?(?:the )?(?:code|app|docs|layout|design|ui|ux|dashboard|search|export|import|list|data|map)|config(?:uration)? options|some configuration|configurab\w+|performance|^mobile|old documentation|changes to|power users|the other (?:tool|one|app))(?![\p{L}])/iu;
/** A deed whose object could be anything: "Refactor code", "Improve performance". */
const DEED_ON_ANYTHING =
  /^[^\p{L}]{0,6}(?:(?:general |major |big |some |more |further |various |minor )?(?:refactor\w*|re-?structur\w*|clean(?:ing)?[- ]?up|improve\w*|better|nicer|new|enhance\w*|optimi[sz]\w*|update\w*|fix(?:es|ing)?|rework|redesign|polish|moderni[sz]e|change\w*|look into)(?: (?:the|all|some|our|of|in|this|up|existing|old|general|overall|package|folder|file|directory|project|source|user))*(?: (?:code ?base|code(?: quality| style| structure)?|structure|efforts?|quality|stuff|things|everything|project|app|application|design|ui|ux|layout|look|style|styling|performance|speed|docs?|documentation|readme|architecture|system|website|site|page|pages|experience|bugs?|issues?|problems?|errors?|tests?|player|editor|version|experience))?|code quality|technical debt|tech debt|performance|documentation|readme|docs|design|ui|ux|player|misc\w*|various(?: fixes| improvements)?)[^\p{L}]{0,4}$/iu;
/** "Add a flag": with a text below it says which, alone it does not. */
const NEW_ANYTHING =
  /^[^\p{L}]{0,6}(?:add|create|implement|new|more)(?: (?:an?|the|some|more|new|few))*(?: (?:flags?|options?|features?|buttons?|fields?|settings?|commands?|parameters?|columns?|functions?|things?|stuff|functionality|support))[^\p{L}]{0,4}$/iu;
const NUMBER = /\d/;
const QUOTED = /["“„«'‘`][^"“”„«»'’`\n]{2,60}["”“»'’`]/u;
const OPEN_ENDED = /\?{3}/;
/** A form has several headings; one alone is how some people begin a text. */
const FORM_HEADINGS_MIN = 2;
const FILLED_CHARACTERS_MIN = 15;
const SHORT_CHARACTERS = 60;
const MIDDLE_CHARACTERS = 160;
/** Longer texts have said it somewhere else. */
const DETAILED_CHARACTERS = 600;

export const CLARITY_SIGNALS = {
  "words-none": "next to no word of substance",
  "words-few": "few words of substance",
  "words-some": "not many words of substance",
  "text-none": "no text below the title",
  "text-short": "one short line of text",
  "text-middle": "a few lines of text",
  "text-long": "a long text",
  "title-one-word": "a title of one word",
  "title-bare": "a title that names a thing and no deed",
  "title-specific": "a title that says when, where or what",
  "title-complains": "a title that complains",
  "form-empty": "a form that was not filled in",
  "form-partly": "a form with little in it",
  "asks-open": '"???"',
  "vague-one": "a vague word",
  "vague-more": "several vague words",
  "vague-thin": "a vague word and little else",
  pleads: "a call for help",
  general: "no particular thing",
  "hedges-more": "several words that leave open how much is meant",
  "deed-on-anything": "a deed whose object could be anything",
  "deed-on-thing": "a deed and what it is done to",
  "picture-only": "a picture instead of words",
  shows: "code or output",
  numbers: "numbers",
  quotes: "quoted words",
  reports: "what was expected and what happened",
} as const;
export type ClaritySignalName = keyof typeof CLARITY_SIGNALS;
export const CLARITY_SIGNAL_NAMES = Object.keys(CLARITY_SIGNALS) as ClaritySignalName[];

/** @property vague the words themselves, as the ticket has them */
export type ClarityRead = { readonly signals: readonly ClaritySignalName[]; readonly vague: readonly string[] };

export function claritySignalsOf(reading: Reading): ClarityRead {
  const said = `${reading.title}\n${reading.prose}`;
  const words = wordsOf(reading, said);
  const chars = reading.prose.trim().length;
  const shows = reading.hasTrace || reading.hasCode || reading.namesCode;
  const vague = [...new Set((said.match(VAGUE) ?? []).map((word) => word.toLowerCase()))];
  const hedges = new Set(said.match(HEDGES)?.map((word) => word.toLowerCase()));
  const signals = new Set(signalsOf(reading));
  const isSpecific = (["title-event", "title-makes", "title-reshapes", "title-swaps", "title-documents"] as const).some((name) => signals.has(name)); // prettier-ignore
  const isDeed = (["title-makes", "title-reshapes", "title-swaps", "title-takes-away", "title-explains", "title-orders"] as const).some((name) => signals.has(name)); // prettier-ignore
  const complains = (["title-fails", "title-wrong", "title-negates"] as const).some((name) => signals.has(name));
  const isForm = reading.headings >= FORM_HEADINGS_MIN;
  const filled = shows || reading.hasImage || chars >= FILLED_CHARACTERS_MIN;
  const holds: Record<ClaritySignalName, boolean> = {
    "words-none": words < 3 && !shows,
    "words-few": words >= 3 && words < 6 && !shows,
    "words-some": words >= 6 && words < 12 && !shows,
    "text-none": chars < FILLED_CHARACTERS_MIN,
    "text-short": chars >= FILLED_CHARACTERS_MIN && chars < SHORT_CHARACTERS,
    "text-middle": chars >= SHORT_CHARACTERS && chars < MIDDLE_CHARACTERS,
    "text-long": chars >= DETAILED_CHARACTERS,
    "title-one-word": signals.has("title-short") && !isSpecific && reading.title.trim().split(/\s+/).length < 3,
    "title-bare": signals.has("title-noun"),
    "title-specific": isSpecific,
    "title-complains": complains && words < 12,
    "form-empty": isForm && !filled,
    "form-partly": isForm && filled && chars < MIDDLE_CHARACTERS && !shows,
    "asks-open": OPEN_ENDED.test(reading.prose) && chars < DETAILED_CHARACTERS,
    "vague-one": vague.length === 1,
    "vague-more": vague.length > 1 && chars < DETAILED_CHARACTERS,
    "vague-thin": vague.length > 0 && words < 12 && !shows && !isSpecific,
    pleads: PLEADS.test(said),
    general: GENERAL.test(said) && words < 12,
    "hedges-more": hedges.size > 1 && chars < DETAILED_CHARACTERS,
    "deed-on-anything":
      !shows &&
      ((DEED_ON_ANYTHING.test(reading.title) && chars < MIDDLE_CHARACTERS) ||
        (NEW_ANYTHING.test(reading.title) && chars < FILLED_CHARACTERS_MIN)),
    "deed-on-thing":
      isDeed &&
      !DEED_ON_ANYTHING.test(reading.title) &&
      vague.length === 0 &&
      reading.title.trim().split(/\s+/).length > 2,
    "picture-only": reading.hasImage && chars < SHORT_CHARACTERS,
    shows,
    numbers: NUMBER.test(said),
    quotes: QUOTED.test(said),
    reports: reading.reports && chars < MIDDLE_CHARACTERS,
  };
  return { signals: CLARITY_SIGNAL_NAMES.filter((name) => holds[name]), vague };
}

/** How many different words say something. Words are not parted by blanks in every script. */
function wordsOf(reading: Reading, said: string): number {
  const named = reading.tags.filter((tag) => typeOfLabel(tag) === null).join(" ");
  const words = `${named}\n${said}`.toLowerCase().match(/[\p{L}\d][\p{L}\d'’_-]*/gu) ?? [];
  const signs = said.match(/[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return Math.max(new Set(words.filter((word) => !STOP.has(word))).size, Math.floor(signs / 2));
}
