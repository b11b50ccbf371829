import { typeOfLabel } from "./route-labels.ts";
import { signalsOf } from "./route-signals.ts";
import type { Reading } from "./route-text.ts";

/**
 * Whether there is enough to plan from, once the form is taken away. A title that says what to make or what fails, and
 * with what, is enough; "broken" and "improve UX" are not.
 */
export type Clarity = { readonly clarity: "clear" | "unclear"; readonly why: string | null };

/** A thing and what shall be with it. */
const WORDS_MIN = 3;
/** A deed without saying what of it is wrong needs more of a text. */
const WORDS_OF_VAGUE_MIN = 12;
/** A form has several headings; one alone is how some people begin a text. */
const FORM_HEADINGS_MIN = 2;
const FILLED_CHARACTERS_MIN = 15;
/** Longer texts have said it somewhere else. */
const DETAILED_CHARACTERS = 600;

const STOP = new Set(
  "a an the of to in on for and or is are be it its it's this that there with by as at my our we i you me us do does not no please so but from into was has have can will would should could add fix make improve change get need needs update better something somehow some any all more very really just also etc feature bug issue problem thing things stuff hi hello help dear team guys sir try tried error errors thanks thank urgent asap question see title video yesterday".split(
    " ",
  ),
);
const VAGUE =
  /(?<![\p{L}])(?:somehow|etc|and so on|maybe|not sure|tbd|to be (?:decided|discussed|investigated)|whatever|something(?:['’]s| is)? wrong|i can['’]t tell|okay-?ish|does ?n['’]?t work|not working|nothing works|broken(?! \p{L})|weird|strange|odd|as expected|see (?:the )?(?:title|video|image|screenshot|photo|picture|attached|attachment)|(?:please|pls|need|can someone|somebody) help|the thing|question about|urgent|asap|trouble|what can i do|better|improv\w+|has to be revised|needs? (?:work|improvement|love)|flaky|buggy|bug in|the \w+(?: \w+)? bug|old stuff|no idea(?: why)?|overhaul|make it (?:modern|nicer?|faster|pretty|cool)|sometimes it|general(?:ly)?|crap)(?![\p{L}])/giu;
const OPEN_ENDED = /\?{3}/;

/** @example clarityOf(readTicket("broken", "")).clarity // → "unclear" */
export function clarityOf(reading: Reading): Clarity {
  const said = `${reading.title}\n${reading.prose}`;
  const named = reading.tags.filter((tag) => typeOfLabel(tag) === null).join(" ");
  const words = new Set(
    (`${named}\n${said}`.toLowerCase().match(/[\p{L}\d][\p{L}\d'’_-]*/gu) ?? []).filter((word) => !STOP.has(word)),
  );
  // Words are not parted by blanks in every script.
  const enough =
    words.size >= WORDS_MIN || /[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}]{4}/u.test(said);
  const shows = reading.hasTrace || reading.hasCode || reading.namesCode;
  const filled = shows || reading.hasImage || reading.prose.trim().length >= FILLED_CHARACTERS_MIN;
  if (reading.headings >= FORM_HEADINGS_MIN && !filled)
    return { clarity: "unclear", why: "the form was not filled in" };
  if (!enough && !shows)
    return { clarity: "unclear", why: `the title and the text say ${words.size} words of substance` };
  if (OPEN_ENDED.test(reading.prose) && reading.prose.length < DETAILED_CHARACTERS)
    return { clarity: "unclear", why: 'the text asks "???"' };
  const vague = [...new Set((said.match(VAGUE) ?? []).map((word) => word.toLowerCase()))];
  const thin = words.size < WORDS_OF_VAGUE_MIN && !shows;
  if (vague.length >= 2 && reading.prose.length < DETAILED_CHARACTERS && !reading.reports)
    return { clarity: "unclear", why: `the text says "${vague.slice(0, 3).join('", "')}"` };
  if (vague.length === 1 && thin && !specific(reading))
    return { clarity: "unclear", why: `the text says "${vague[0]}" and little else` };
  return { clarity: "clear", why: null };
}

/** The title says when or where it happens, or what shall be there. */
function specific(reading: Reading): boolean {
  const signals = signalsOf(reading);
  return (["title-event", "title-makes", "title-reshapes", "title-swaps", "title-documents"] as const).some((name) =>
    signals.includes(name),
  );
}
