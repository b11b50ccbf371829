import { beginsWithFault } from "./beginnings.ts";
import { begin, MAKE, RESHAPE } from "./deeds.ts";
import type { Reading } from "./text.ts";

/**
 * What speaks of a fault though the title orders something or only names a thing: a run that was seen to go wrong, another version
 * or place where it goes well, or what must hold of every run. Someone who wishes for something new has no such thing to tell.
 */
type Evidence = { readonly says: string; readonly holds: (reading: Reading) => boolean };
const word = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, "iu");

/** Names of exceptions and what systems print. */
const ERROR_NAME = /(?<![\p{L}])(?:\p{Lu}\p{L}+(?:Error|Exception|Fault|Panic)|SIG(?:SEGV|ABRT|KILL)|E[A-Z]{4,}|exit (?:code|status) \d+|status (?:code )?[45]\d\d|[45]\d\d (?:error|response)s?|(?:ends?|answers?|responds?|fails?) (?:in|with) (?:an? )?[45]\d\d|stack ?traces?|traceback)(?![\p{L}])/u; // prettier-ignore
const ELSEWHERE = word("v?\\d+(?:\\.\\d+)+ (?:works?|worked|is fine|was fine|did(?: not|n['’]t)|does(?: not|n['’]t)|had|has)|(?:in|with|on|before|until|up to) v?\\d+(?:\\.\\d+)+ (?:it|this|that|everything|the \\p{L}+) (?:works?|worked|was|were|is)|(?:works?|is|are|was|were) fine|although|even though|worked (?:in|with|on|before|until)"); // prettier-ignore
/** In the present tense and of a thing: what the writer has seen. */
const SEEN_GO_WRONG = word("(?:throws?|hangs|crashes|times out|breaks|dies|overlaps?|flickers|is (?:never|not|killed|restarted|cut|lost|dropped|sent twice|called twice|released late)|are (?:never|not|lost|dropped|cut|sent twice|retried)|come(?:s)? back|ends? up|lands? on|i (?:get|see|am|end up|land|still)|we (?:get|see|end up|still)|(?:it|that|which|and|message|page|log) says:|opens? behind|never (?:released|closed|called|sent|shown|reached|returns?|ends?)|goes out directly|again and again|every other time|again although|shows everything|carry|red every)"); // prettier-ignore
/** What a fix makes sure of. */
const MAKES_SURE = begin("make sure|ensure|guarantee|prevent|avoid|stop|do not|don['’]t|never|handle|respect|honou?r|escape|validate|check|clear|release|close|keep|use|allow|accept|treat|ignore|wait|quote|preserve|return|reject|increase|add missing"); // prettier-ignore
const WISHING = word("would (?:be|like|love|help)|could|please|i wish|i want|we want|like to|so that|as an? \\p{L}+,? i|option|nice to have|support for|today|at the moment|some (?:of our )?(?:users|people|companies)|by hand|manually"); // prettier-ignore

/** Something is more than once where once is right. */
const TWO_FOR_ONE = /^[^\p{L}]{0,6}(?:two|three|double|multiple|several|many|duplicate|identical) (?:[\p{L}"“”-]+ ){1,4}(?:for|per|after|in|on|of) (?:one|an?|each|every|single|the same)(?![\p{L}])|(?:two|three|several|multiple|many) times(?![\p{L}])/iu; // prettier-ignore
const WITHOUT =
  /^(?!.{0,80}(?:log ?in|sign|open|use|run|start|search|export|install|build|work|play|pay))(?:[\p{L}\d'’"-]+ ){1,5}without (?:an? |any |the )?\p{L}+/iu;
const ALWAYS = word("always|never|constantly|permanently|every (?:time|second|single)|each time|forever|takes (?:ages|long|minutes|hours)|negative|un(?:translated|escaped|sorted|styled|encoded|formatted|healthy|readable|known)"); // prettier-ignore
const CONTRAST = /(?<![\p{L}])(?:, but|\. but|however|although|even though|whereas|, not|, yet|while (?:it|the) (?:should|is|was)|no matter|regardless|rather than|when (?:it|one|this|that) (?:is|has|should))(?![\p{L}])/iu; // prettier-ignore
const ORDER = begin("clear|keep|use|increase|return|stop|respect|show|hide|close|remove|reset|update|make|do not|don['’]t|prevent|disable|enforce|restrict|limit|validate|check|ensure|handle|allow|accept|escape|clean"); // prettier-ignore
const isAsked = ({ title }: Reading) => MAKE.test(title) || RESHAPE.test(title);

const tells = ({ prose }: Reading) => SEEN_GO_WRONG.test(prose) && !WISHING.test(prose);

export const EVIDENCE = {
  "text-error-name": { says: "the text names an error as programs print it", holds: ({ prose }) => ERROR_NAME.test(prose) }, // prettier-ignore
  "text-elsewhere": { says: "the text says where or when it goes well", holds: ({ prose }) => ELSEWHERE.test(prose) },
  "text-seen-go-wrong": { says: "the text tells what was seen to go wrong, and no wish", holds: tells },
  "sure-and-seen": {
    says: "the title asks to make sure of something, the text tells how it went wrong",
    holds: (reading) => MAKES_SURE.test(reading.title) && (tells(reading) || ERROR_NAME.test(reading.prose)),
  },
  "text-first-fault": { says: "the text begins with a fault", holds: beginsWithFault },
  "order-and-fault": {
    says: "the title orders something, the text begins with a fault",
    holds: (reading) => ORDER.test(reading.title) && beginsWithFault(reading),
  },
  "should-and-fault": {
    says: "the title says what should be, the text begins with a fault",
    holds: (reading) => word("should|must|has to|needs? to").test(reading.title) && beginsWithFault(reading),
  },
  "title-two-for-one": { says: "the title says that there is more than one of something", holds: ({ title }) => TWO_FOR_ONE.test(title) },
  "title-without": { says: "the title says what something lacks", holds: (r) => WITHOUT.test(r.title) && !isAsked(r) },
  "title-always": { says: "the title says that it is always or never so", holds: (r) => ALWAYS.test(r.title) && !isAsked(r) },
  "text-contrast": { says: "the text tells a contrast, and no wish", holds: ({ prose }) => CONTRAST.test(prose) && !WISHING.test(prose) },
} as const satisfies Readonly<Record<string, Evidence>>; // prettier-ignore
