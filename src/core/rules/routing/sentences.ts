import { FIX, MAKE, RESHAPE, STATEMENT, SWAP, TAKE_AWAY } from "./deeds.ts";
import type { Reading } from "./text.ts";

/**
 * What kind of sentence a title is when no well-known verb says so: an order to somebody, people who do something, things that
 * do something, or what became of a thing.
 */
const ORDERS =
  "answer|apply|arrange|ask|blur|call|check|choose|clear|close|collapse|collect|combine|compute|count|cut|declare|detect|divide|don['’]t|do not|draw|emit|expand|fall back|find|fold|forbid|get rid|give|go|grey out|group|hold|ignore|increase|insert|invite|jump|keep|know|leave|let|limit|lock|lower|make|mark|match|move|name|never|offer|omit|open|order|pass|pick|pin|play|present|print|propagate|put|raise|read|recogni[sz]e|reject|remember|render|replace|require|reserve|respect|return|reuse|roll back|run|say|select|separate|set|shorten|show|sign|skip|spread|start|stop|store|swipe|take|tell|throw|toggle|treat|trim|turn|understand|use|validate|wait|wrap|write|round|colou?r|quick|allow|raise|lift|override|overrule|tune|remake|surface|attach|adapt|follow|align|assign|link|load|refresh|register|resolve|serve|strip|sync|trigger|unify|watch|disallow|restrict|hint|expire|cap|capture|cache|compare|connect|cancel|customi[sz]e|configure|consider|defer|distinguish|fetch|infer|inject|integrate|launch|maximi[sz]e|minimi[sz]e|monitor|navigate|parse|poll|prefer|preserve|prompt|protect|randomi[sz]e|redirect|re-?enable|reload|repeat|resize|restart|retain|reveal|reverse|revert|rotate|specify|submit|suppress|truncate|unlock|upload|verify|visuali[sz]e|adopt|opt|postpone|disable|fall ?back|peek|prune|snap|suggest|throttle|tolerate|await|report"; // prettier-ignore
const ORDER = new RegExp(`^[^\\p{L}]{0,3}(?:${ORDERS})(?![\\p{L}])(?! (?:is|are|was|were|has|does|fails?|button|page|list)(?![\\p{L}]))`, "iu"); // prettier-ignore

const PEOPLE =
  "i|we|you|any(?:body|one)|every(?:body|one)|some(?:body|one)|people|others|guests?|users?|customers?|students?|members?|parents|admins?|administrators?|moderators?|readers?|visitors?|clients?|subscribers?|employees?|players?|editors?|owners?|workers?|strangers?"; // prettier-ignore
const PEOPLE_DO = new RegExp(
  `^[^\\p{L}]{0,3}(?:(?:an?|the|our|my|former|kicked|old|new|active|two|some|other|trial|logged[- ]in|reader|staff) ){0,3}(?:${PEOPLE})(?: \\p{L}+){0,4}? (?:can|could|may|get|gets|got|see|sees|saw|read|reads|keep|still|open|reach|reaches|receive|have|lose|go|are|is|grab|pay|must|find|edit|see|wait)(?![\\p{L}])`,
  "iu",
);

/** Things in the plural, and what they do. */
const THINGS_DO =
  /^(?:[\p{L}\d'’-]+ ){0,4}?\p{L}{3,}s (?:get|gets|overwrite|open|read|send|show|lose|contain|go|come|describe|reach|leave|keep|print|take|write|have|need|make|start|stop|run|fail|end|appear|disappear|vanish|stay|jump|look|say|return|ignore|match|move|stick|hang|overlap|accept|refuse|miss|cut|receive|render|differ|flicker|grow|point|die|break|crash|load|double|mix|change|work|sort|use|fall|blink)(?![\p{L}])/iu;
/** One thing and what it does or did, with a verb that is not in the long list of statements. */
const THING_DOES =
  /^(?:[\p{L}\d'’`_./-]+ ){1,6}(?:contains|complains|flashes|works|speaks|describes|loads|fills|tells|replaces|clears|cleared|removed|deleted|overwrote|connects|stays|forgets|ends|cuts|plays|changed|stopped|ran|went|came|became|paid|writes|prints|freezes|waits|kills|calls|mixes|falls|stands|sits|slides|thinks|wants|finds|refuses|sticks|blinks|fades|switches|asks|quits|exits|dies|died|broke|ate|lets|comes|tries)(?![\p{L}])/iu; // prettier-ignore
const NO_SUBJECT =
  /^[^\p{L}]{0,3}(?:stays|hangs|crashes|shows|loses|lost|does ?n['’]?t|does not|can['’]?t|cannot|won['’]?t|did ?n['’]?t|fails|gives|keeps|forgets|stops|returns|prints|goes|gets|is|was|still|stuck|opens|takes|wrong|same|no longer|trailing|unexpected|duplicate|random|missing|incorrect|infinite|broken|two|half)(?![\p{L}])/iu;
const BECAME =
  /(?<!(?:can|could|may|should|must|to|let (?:it|them)) (?:be |get )?)(?<![\p{L}])(?:vanish|disappear|doubled|visible|available|reachable|readable|gone|missing|lost|swapped|wiped|sold|upside down|misplaced|garbled|unreadable|guessable|cleared|overwritten|mixed up|cut off|dropped|truncated|double-booked|off)(?: (?:to|for|from|by|after|in|on|over|with|until|by direct)(?![\p{L}])[^,;]{0,60})?[.!?]{0,3}$/iu;
const CAN_HAPPEN =
  /^(?!let|allow|make|it should|users should|as an? )\S.{2,80}? (?:can|may|could) (?:(?:still|also|now|even|only|again) )?(?:be \p{L}+ed|be (?:read|seen|sent|set|found|shown)|see|read|open|edit|change|reach|make|get|give)(?![\p{L}])/iu;
const FIRST_PERSON = /^[^\p{L}]{0,3}(?:my|mine|our|i|we|me)(?![\p{L}])/iu;
/** Tells what one would like to have by naming it: "Line numbers in the preview". */
const A_THING_IN_A_PLACE =
  /^(?!same|wrong|two|trailing|missing|no )\p{L}+(?: \p{L}+){0,3} (?:in|on|for|at|beside|below|above|to|of|between) (?:the|a|an|my|its|each|every|all)(?![\p{L}])/iu;
/** One of them and what it may do: so user stories begin. */
const ONE_CAN = new RegExp(`^[^\\p{L}]{0,3}(?:(?:an?|the|each|every) (?:\\p{L}+ )?(?:${PEOPLE}|\\p{L}+(?:er|or|ist|ant|ian|coach|chef|guide|host|guest|child|owner)) (?:can|may|must|should)|(?:an?|the|all)? ?(?:${PEOPLE}) (?:(?:must|should|shall|needs? to|have to) be|(?:is|are)) able to)(?! not|n['’]t)(?![\\p{L}])`, "iu"); // prettier-ignore
const WHAT_FOR = /(?<![\p{L}])so (?:that )?(?:[^\s,.;]+ ){1,6}(?:can|could|is|are|does|do|need|needs)(?![\p{L}])/iu;
const NOT_WORKING = /(?<![\p{L}])(?:(?:does|do|did|is|are)(?: not|n['’]?t)(?: seem to)?|not|stopped|never|no longer) work(?:s|ing|ed)?(?![\p{L}])/iu; // prettier-ignore
/** Asks whether something can be had, or how. */
const ASKS_POSSIBLE =
  /(?<![\p{L}])(?:(?:is|would|could) (?:it|this|that) (?:be )?(?:possible|feasible)|it['’]?s possible (?:to )?(?:[^\s.]+ ?){0,4}\?|is (?:there|that) (?:a|any|some) (?:way|option|possibility|setting|plan|chance)|any (?:chance|plans?|way) (?:of|to|that|you|for|we|i)|(?:please|could you|would you|can you) (?:please )?(?:consider|add|support)|how (?:can|do|could|would) (?:i|we) (?:make|get|keep|have|add|achieve|do)|what would be involved|(?:i|we)(?: would|['’]d) (?:really )?love (?:it )?if|would make sense|worth adding)(?![\p{L}])/iu;
const ASKS_WHICH = /^[^\p{L}]{0,3}(?:which|what|where|how|why|who)(?![\p{L}])/iu;

const states = (title: string) =>
  [PEOPLE_DO, THINGS_DO, THING_DOES, NO_SUBJECT, BECAME, CAN_HAPPEN].some((pattern) => pattern.test(title));
const isKnownDeed = (title: string) => [MAKE, RESHAPE, SWAP, TAKE_AWAY].some((pattern) => pattern.test(title));
const isOrder = (title: string) => ORDER.test(title) || isKnownDeed(title);
const FAULT = /(?<![\p{L}])(?:fails?|wrong|lost|missing|empty|errors?|slow|crash\w*|never|not|no|n['’]t|skipped|twice|stale|broken|late|without|instead)(?![\p{L}])/iu; // prettier-ignore

type Told = { readonly says: string; readonly holds: (reading: Reading) => boolean };
const titled = (says: string, holds: (title: string) => boolean): Told => ({
  says,
  holds: ({ title }) => holds(title),
});

export const SENTENCES = {
  "title-orders": titled("the title tells somebody to do something", (title) => ORDER.test(title)),
  "title-orders-at-fault": titled("the title tells what to do about a fault", (title) => isOrder(title) && FAULT.test(title)), // prettier-ignore
  "title-people-do": titled("the title says what people do or get", (title) => PEOPLE_DO.test(title) && !isOrder(title)), // prettier-ignore
  "title-things-do": titled("the title says what things do", (title) => (THINGS_DO.test(title) || THING_DOES.test(title)) && !isOrder(title)), // prettier-ignore
  "title-no-subject": titled("the title begins with what happens", (title) => NO_SUBJECT.test(title) && !isOrder(title)), // prettier-ignore
  "title-became": titled("the title says what became of something", (title) => BECAME.test(title) && !isOrder(title)),
  "title-can-happen": titled("the title says what can happen", (title) => CAN_HAPPEN.test(title) && !isOrder(title)),
  "title-first-person": titled("the title speaks of the author's own", (title) => FIRST_PERSON.test(title)),
  "title-thing-in-place": titled(
    "the title names a thing and its place",
    (title) =>
      A_THING_IN_A_PLACE.test(title) && !states(title) && !STATEMENT.test(title) && !isOrder(title) && !FIX.test(title),
  ),
  "title-one-can": titled("the title says what one may do", (title) => ONE_CAN.test(title)),
  "title-what-for": titled("the title says what for", (title) => WHAT_FOR.test(title)),
  "title-not-working": titled("the title says that something does not work", (title) => NOT_WORKING.test(title)),
  "text-asks-possible": {
    says: "the text asks whether it is possible",
    holds: ({ prose }) => ASKS_POSSIBLE.test(prose),
  },
  "title-asks-which": titled("the title asks which, what or where", (title) => ASKS_WHICH.test(title)),
} as const satisfies Readonly<Record<string, Told>>;
