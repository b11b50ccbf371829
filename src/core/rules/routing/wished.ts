import { beginsWithWish, wants } from "./beginnings.ts";
import { isSubject } from "./deeds.ts";
import type { Reading } from "./text.ts";

/**
 * What speaks of a wish though a word of the ticket also occurs in complaints: the first thing the text says, a title that makes
 * something of a limit or a level, and a question that is not about documents.
 */
type Wish = { readonly says: string; readonly holds: (reading: Reading) => boolean };
const word = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, "iu");

/** What is set: "Request timeout", "Log level", "Password store". */
const KNOB = word("timeouts?|limits?|levels?|verbosity|verbose|thresholds?|intervals?|defaults?|flags?|options?|settings?|switch|toggle|modes?|preferences?|parameters?|config(?:uration)?|configurable|template|presets?|units?"); // prettier-ignore
const COMPLAINT = word("(?:does|do|did|is|are|was|were|has|have)(?:n['’]?t| not)|not|cannot|can['’]?t|no longer|fails?|failed|wrong\\w*|incorrect\\w*|broken|ignored|lost|missing|errors?|crash\\w*|never|resets?|when|after|invalid|bug"); // prettier-ignore
/** A thing that does something new: "Hook that runs before saving". */
const THING_THAT = /^[^\p{L}]{0,6}(?:an? |the )?(?:[\p{L}-]+ ){1,3}(?:that|which|who|to) \p{L}/iu;
const SOMEBODY_NEEDS = word("(?:we|i|you|users?|people|players?|students?|admins?|customers?|developers?|teams?|they|one|clients?|members?) (?:also |often |really )?(?:need|want|wish|would like|should be able)(?:s|ed)?"); // prettier-ignore
const SHOULD_TELL = word("(?:messages?|errors?|warnings?|exceptions?|logs?) (?:should|must|could) (?:say|name|tell|mention|include|show|contain|list|give|point|explain|state)|(?:say|tell|name|show|print|list|mention) (?:which|what|where|who|why|how many)|descriptive|human[- ]readable|self-?explanatory"); // prettier-ignore
const DOCUMENT = word(
  "docs?|documentation|readme|guides?|tutorials?|manual|wiki|documented|explain\\w*|instructions?|page|section|chapter",
);
const ASKS_HOW = /^[^\p{L}]{0,6}(?:how|which|what|where)(?![\p{L}])/iu;
/** What a product would be able to take, read or speak. */
const CAPACITY = word("support|compatib\\w+|integration|provider|backend|operators?|formats?|completion|shortcut|keybinding|hints?|filters?|sorting|export|import|preview|picker|slider|seeking|scrolling|tooltip|notifications?|history|restore|template"); // prettier-ignore

/** What somebody saw: "I set it to 5 and it takes 50", "they come twice", "the rows were gone". */
const SEEN_FACT = new RegExp("(?:^|[.;:,!?]\\s+|(?<!\\p{L})(?:and|but|then|so|after that|although|though|while|since) )(?:on [\\p{L} ]{2,20} |here |today |with \\S+ |after \\S+ \\S+ )?(?:i|we|it|they|this|nothing|each|one|the [\\p{L} -]{2,30}|\\p{L}+s) (?:is|are|was|were|am|get|gets|got|came|comes?|went|goes?|see|saw|ran|runs?|takes?|took|says?|said|shows?|prints?|opens?|ends?|stands?|jumps?|keeps?|kept|holds?|set|put|gave|gives?|\\p{L}{2,}ed)(?!\\p{L})", "iu"); // prettier-ignore
const CONCEDED = word("whatever|although|even though|anyway|all the same|regardless|nevertheless|each time|every time|two times|twice|again|instead|still|already|only once|last night|since (?:the|my|our|monday|tuesday|wednesday|thursday|friday|last|yesterday)|yesterday|afterwards"); // prettier-ignore
/** A wish in any place of the text, also as a purpose. */
const ANY_WISH = word("would|could|should|want\\w*|need\\w*|please|let|allow\\w*|like to|so that|help\\w*|make|add|configurable|choose|pick|option|easier|nice|good|at the moment|for now|by hand|instead of"); // prettier-ignore
const isSeen = ({ prose }: Reading) => SEEN_FACT.test(prose) || CONCEDED.test(prose);
const promises = (title: string) =>
  KNOB.test(title) || CAPACITY.test(title) || /(?<!\p{L})(?:should|must|needs? to|wants? to)(?!\p{L})/iu.test(title);

export const WISHED = {
  "text-first-wish": { says: "the text begins with a wish", holds: beginsWithWish },
  "title-knob": { says: "the title names something to be set", holds: ({ title }) => KNOB.test(title) && !COMPLAINT.test(title) },
  "title-knob-text-wish": {
    says: "the title names something to be set, the text is a wish",
    holds: (r) => KNOB.test(r.title) && !COMPLAINT.test(r.title) && wants(r),
  },
  "title-capacity": { says: "the title names an ability", holds: ({ title }) => CAPACITY.test(title) && !COMPLAINT.test(title) },
  "text-seen-no-wish": { says: "the text tells what happened and wishes nothing", holds: (r) => isSeen(r) && !ANY_WISH.test(r.prose) },
  "title-promise-text-seen": {
    says: "the title names what is promised, the text what happened",
    holds: (r) => promises(r.title) && isSeen(r) && !wants(r),
  },
  "title-promise-no-wish": {
    says: "the title names what is promised, the text wishes nothing",
    holds: (r) => promises(r.title) && r.prose.trim() !== "" && !ANY_WISH.test(r.prose),
  },
  "title-thing-that": {
    says: "the title names a thing and what it would do",
    holds: ({ title }) => THING_THAT.test(title) && !COMPLAINT.test(title) && !isSubject(title),
  },
  "title-somebody-needs": { says: "the title says what somebody needs", holds: ({ title }) => SOMEBODY_NEEDS.test(title) },
  "title-should-tell": { says: "the title says what a message should tell", holds: ({ title }) => SHOULD_TELL.test(title) && !DOCUMENT.test(title) },
  "title-asks-no-docs": {
    says: "the title asks, and nothing is said of documents",
    holds: ({ title, prose }) => ASKS_HOW.test(title) && !DOCUMENT.test(title) && !DOCUMENT.test(prose),
  },
} as const satisfies Readonly<Record<string, Wish>>; // prettier-ignore
