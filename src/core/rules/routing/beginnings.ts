import type { Reading } from "./text.ts";

/** What the first sentence of a text says. People say first what they came for, and then what else they know. */
const word = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, "iu");

const WANTED = word("would (?:be|help|make|love|like|allow)|it['’]?d be|i['’]?d (?:love|like)|should (?:be|have|allow|support|also|show|offer|let|come|become)|(?:it )?(?:needs|has|have|ought) to be|must be possible|please (?:add|allow|support|let|make|consider|provide|implement)|(?:we|i|you|users?|people|they|one) (?:should|need|want|could use|must|shall)|there (?:should|could|must) be|(?:ability|possibility|option|way) to|be able to|let (?:users|people|me|us|the)|allow\\w*|can (?:you|we) (?:please )?(?:add|have|make|do|implement)|could (?:you|we|it|this|there)|feature|idea|proposal|suggest\\w*|propos\\w*|has (?:the team|anybody|anyone) (?:thought|considered)|for now|so far|as an? \\p{L}+,|needs? (?:an?|some|to)|nice|great|amazing|awesome|helpful|useful"); // prettier-ignore
const FAULTY = word("(?:does|do|did|is|are|was|were|has|have|wo|ca)(?:n['’]?t| not)|cannot|no longer|fails?|failed|failing|crash\\w*|errors?|wrong\\w*|broken|lost|gone|stuck|nothing happens|instead of|used to|unexpected\\w*|incorrect\\w*|but (?:it|then|nothing|when|the)|stops?|stopped|hangs?|freezes|whenever|every time|always|still|twice"); // prettier-ignore
const FIRST = /^[^.!?\n]{0,300}/;

type Prose = Pick<Reading, "prose">;
const first = ({ prose }: Prose) => FIRST.exec(prose.trimStart())?.[0] ?? "";

export const wants = ({ prose }: Prose) => WANTED.test(prose);
export const beginsWithWish = (reading: Prose) => WANTED.test(first(reading)) && !FAULTY.test(first(reading));
export const beginsWithFault = (reading: Prose) => FAULTY.test(first(reading)) && !WANTED.test(first(reading));
