import { begin, EXPLAIN, FIX, isSubject, mainClause, MAKE, MAKE_OR_THING, MORE, RESHAPE, STATEMENT, SWAP, TAKE_AWAY, UPDATE, USE } from "./deeds.ts"; // prettier-ignore
import { EVIDENCE } from "./evidence.ts";
import { type Foreign, inForeign, isForeign, saysForeign } from "./foreign.ts";
import {
  ASKS_FOR_WORDS,
  DOC_PLACE,
  DONE_WHEN,
  FAULT_AS_THING,
  isErrorLine,
  NOTICE_OF_EVENT,
  PRODUCT_TEXT,
  RULES_OF_CODE,
  SHOULD_SAY,
  TESTS,
} from "./phrases.ts";
import { SENTENCES } from "./sentences.ts";
import type { Reading } from "./text.ts";
import { TURNS } from "./turns.ts";
import { WISHED } from "./wished.ts";

/**
 * What the router looks at. Each signal has a name that a person can check against the ticket; how much it speaks for
 * each type is learnt and stands in `weights.ts`. A signal is there or is not; nothing is counted twice.
 */
const word = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, "iu");

/** What a ticket is about. */
const DOCUMENTS = word("docs?|documentation|documented|chapters?|picture of|undocumented|docstrings?|readme(?:\\.md|\\.rst)?|javadocs?|jsdoc|tsdoc|rustdoc|godocs?|guides?|tutorials?|manual|handbook|wiki|changelog|release notes|cookbook|faq|typos?|spelling|wording|grammar|glossary|quick ?start|getting started|how-?tos?|howto|examples? page|anchors?|diagrams?|instructions|cheat ?sheets?|kdoc|docblocks?|usage examples?|code of conduct|overview|comments? in (?:the )?(?:code|source\\w*|headers?|\\S+\\.\\w+)|(?:code|inline|source|stale|outdated|doc|wrong|misleading) comments|copyright|install(?:ation)? (?:guides?|instructions|docs?|pages?|sections?|steps|notes|documentation)|samples?|explanation|syntax help|listed anywhere|the spec|specification|man ?pages?|contributing(?:\\.md)?|api reference|reference docs?|walkthrough|landing page|code samples?|screenshots? in|(?:outdated|old|update|updated|new|redo|menu|ui) screenshots?|screenshots? (?:is|are|need)|examples? (?:of|on|for (?:working|using|the|how|writing))|(?:install|readme|changes|authors)\\.txt|the reference|reference (?:of|for|lacks|page|manual)|help (?:text|output)|doku\\w*|documentación|\\w+\\.(?:md|rst|adoc)"); // prettier-ignore
const DOCUMENTS_STRONG = word("documentation|docs?|docstrings?|readme(?:\\.md|\\.rst)?|typos?|tutorials?|wiki|changelog|contributing(?:\\.md)?|faq|guides?|handbook|manual|reference docs?|diagrams?|screenshots?|anchors?|links?|copyright|code of conduct|code samples?|examples?|comments?|how-?tos?"); // prettier-ignore
const DOCUMENT_FAULTS = word("outdated|out of date|dead link|broken links?|missing from the|typos?|misleading|stale|obsolete|unclear|confusing|inconsistent|contradict\\w*|no longer (?:exists?|true)|(?:not|n['’]t) (?:documented|mentioned|explained|described)|undocumented|incomplete"); // prettier-ignore
const INTERNALS = word("parsers?|lexers?|ast|visitors?|symbol|ternar(?:y|ies)|allocations?|polyfills?|shims?|compat|loggers?|logging|locals?torage|css|immutab\\w+|snake_case|camelcase|stories|ci|makefile|code|sql|rxjava|coroutines|middlewares?|transport|serializ\\w+|fixtures?|mocks?|stubs?|thread(?:ing|s| pools?| safe\\w*)|asyncio|state management|regex(?:es)?|util\\w*|managers?|repositor(?:y|ies)|type hints?|annotations?|null checks?|generators?|iterators?|helpers?|circular|coupling|nested ifs|builder|pattern|backend|class(?:es)?|modules?|typed|types?|(?<!by )typing(?! (?:an?|the|in))|enums?|booleans?|hooks?|e?slint|lint\\w*|mypy|pylint|ruff|prettier|strict(?:er|ness)?|typescript|interfaces?|dataclass(?:es)?|pydantic|singletons?|service layer|services? layer|layers?|controllers?|handlers?|models?|queries|logic|test helpers?|code ?base|internals?|internal|dependenc(?:y|ies)|async|callbacks?|promises?|globals?|structs?|traits?|generics?|functions?|methods?|components?|components|wrappers?|constants?|magic (?:numbers?|strings?)|packages?|imports|feature flags?|feature flagging|monolith\\w*|factory|abstraction|inheritance|mixins?|state machine|god (?:object|class)|orm|utils?|legacy|source(?! of)|repository pattern|architecture|structure|boilerplate|naming|conventions?|unsafe|macros?|switch statements?|if[- ]else|variables?|implementation|namespaces?|test suite|unit tests?|build system|tooling|ci pipeline|jquery|moment(?:js)?|lodash|webpack|vite|rollup|redux|java \\d+|junit|kotlin|pytest|unittest"); // prettier-ignore
const CODE_WORTH = word("same (?:thing|code|branches)|do(?:es)? the same|two (?:implementations|places|ways)|three (?:places|ways)|in (?:\\w+ )?(?:\\d+|several|two|three|four|seven|nine|twelve|many) (?:places|files|components|modules|classes)|all over the code|share code|mixed|error-prone|by hand everywhere|can go|not called|nobody (?:dares|uses|needs)|does too much|too many|\\d[\\d,.]*k? lines|mechanical|codemods?|duplicat\\w+|copy[- ]?past\\w+|copied|readab\\w+|maintainab\\w+|maintain|maintained|maintenance|debts?|hard to (?:test|follow|read|understand|maintain|reason)|testab\\w+|tidier|cleaner|clean(?:er)? code|spread (?:over|across)|scattered|coupled|coupling|cohesion|boilerplate|dead ?code|unused|unmaintained|deprecated|legacy|spaghetti|messy|god (?:object|class)|lines of code|single responsibility|dry|(?:too|less|more|very|so) verbose|verbose (?:code|syntax|api)|redundan\\w+|homegrown|hand-?rolled|consisten(?:t|cy)|refactor\\w*|cleanup|clean up|type safety|best practi[cs]es?|lines long|reinvent\\w*|separation of concerns|easier to (?:test|read|maintain|follow|understand)|no longer maintained|end of life|eol|in one place|single place|idiomatic"); // prettier-ignore
const UNCHANGED = word("no (?:functional|behaviou?r(?:al)?|user[- ]visible|visible|user[- ]facing) changes?|without changing (?:the )?behaviou?r|behaviou?r (?:stays|remains|should not change|must not change|unchanged|as before)|no behaviou?r change|should not notice|work(?:s)? as before|stays? (?:the same|green|as (?:it is|they are))|user impact:? none|purely internal|pure cleanup|no change (?:for|in)|byte for byte|existing tests"); // prettier-ignore
const SEEN = word("flags?|options?|switch|commands?|buttons?|pages?|menu|dialogs?|settings?|preferences|themes?|dark mode|notifications?|e?mails?|search|filters?|tables?|charts?|dashboards?|export|import|login|sign[- ]?in|log ?in|api|endpoints?|webhooks?|plugins?|integrations?|shortcuts?|keyboard|mobile|app|users?|customers?|admins?|screen|ui|output|format|upload|download|images?|videos?|profile|account|password|totp|2fa|mfa|sso|oauth|backups?|cli|command line|parameter|argument|helm|provider|resource|tooltip|sidebar|widget|calendar|language|locale"); // prettier-ignore
/** Things of users, which they want moved, renamed or merged as much as programmers do theirs. */
const USER_THINGS = word("files?|folders?|contacts?|photos?|pictures?|messages?|notifications?|tasks?|accounts?|bills?|builds?|tabs?|menus?|limits?|ports?|picker|rows?|columns?|cells?|events?|cards?|boards?|notes?|documents?|orders?|items?|tracks?|playlists?|bookmarks?|labels?|posts?|channels?|groups?|teams?|by default|automatic(?:ally)?|duplicates?|toolbar|sidebar|icons?|defaults?|sounds?|fonts?|colou?rs?|logo|branding"); // prettier-ignore
const IDENTIFIER = /(?<![\p{L}\d])(?:[a-z]{2,}[A-Z]\w*|[A-Z][a-z]+[A-Z]\w+|[a-z]+_[a-z]\w*|\w+::\w+)/u;
const SHOULD = /(?<![\p{L}])(?:should|could|needs? to|must|has to|have to)(?! not|n['’]t)(?![\p{L}])/iu;
const WISH_NOUN = word("support(?:ed)? (?:for|of|on|in|with|via|from|as)|support$|should be supported|feature requests?|request|proposals?|rfc|suggestions?|idea|equivalents? (?:of|for|to)|alternatives? (?:to|for)|ability|possib(?:le|ility)|configurable|customi[sz]\\w+|optional|as well|also|own|multiple|several|bulk|mode|integration|should (?:allow|support|have|offer|be able)|would be (?:nice|great|good|helpful|useful)|let users|allow\\w*|enable|new (?:option|flag|command|endpoint|feature|function)|wish|shortcuts?|dark mode|two[- ]factor|second factor|totp|2fa|mfa|please|automatic(?:ally)?|per[- ](?:user|project|repo\\w*)"); // prettier-ignore

/** How people complain: they say what happens. */
const NEGATION = word("(?:does|do|did|is|are|was|were|has|have|wo|would|should|could|must|ca)n['’]?t|(?:does|do|did|is|are|was|were|has|will|would|should|could|must) not|cannot|can not|no longer|never|not (?:work\\w*|show\\w*|found|load\\w*|updat\\w*|display\\w*|possible|respected|applied|saved|sent|respond\\w*|recogni[sz]ed|visible|honou?red|being|properly|correctly)|nothing happens|without any|unable to|fails? to|refuses? to|impossible to|nowhere|not"); // prettier-ignore
const FAILS = word("fails?|failed|failing|failure|breaks?|broken|broke|crash\\w*|hangs?|hung|freez\\w*|froze|stuck|stops?|stopped|dies|died|errors?(?! (?:messages?|pages?|handling|reports?|reporting|boundary|texts?|types?|class(?:es)?))|erroring|exceptions?|panics?|panicked|segfaults?|throws(?! (?:them|it|out))|threw|throwing|leak\\w*|corrupt\\w*|timeouts? (?:when|after|while|on|in|error|occurs?|at)|(?:with|into|due to|gets?|an?) timeout|timed? out|infinite(?:ly)?|loops?|deadlock\\w*|race condition|flaky|flakiness|regression|bugs?|buggy|malfunction\\w*|oom|out of memory|blank|500|404|403|401|502|504|nan|undefined|null ?pointer|npe|traceback|stack ?trace|exit code \\d+"); // prettier-ignore
const WRONG = word("wrong\\w*|incorrect\\w*|unexpected\\w*|invalid|inconsisten\\w*|mismatch\\w*|garbled|unreadable|duplicated?|duplicates|twice|two times|missing|lost|loses|losing|disappear\\w*|vanish\\w*|ignor\\w+|truncat\\w+|cut off|off by one|overlap\\w*|misaligned|flicker\\w*|slow\\w*|lags?|laggy|delay\\w*|late|stale|outdated|random\\w*|sometimes|intermittent\\w*|weird|strange|odd|problems?|(?:has|have|having|some|many) issues|issues? (?:with|when|in|on)(?= )|an issue|trouble|glitch\\w*|double|silently|instead|still|only (?:works|shows|the first)|too (?:many|much|large|small|long|short)|reset\\w*|reverts?|empty|unescaped|unusable|drops|skips?|misses|rejected|rejects|denied|stays|remains|(?:wrong|random|in any|out of) order|too \\p{L}+$|un(?:reachable|usable|responsive|clickable|selectable|stable|available)|inaccessible|invisible|illegible|out of sync|differs?|off by|cuts? off|swapped|upside down|mixed up"); // prettier-ignore
const EVENT = word("when|after|while|during|since|if|upon|whenever|every time|once|behind|on (?:windows|macos|mac|linux|ios|android|safari|firefox|chrome|edge|arm64?|ubuntu|debian|mobile|iphone|startup|start|save|load|close|reload|windows \\d+)|in (?:safari|firefox|chrome|edge|powershell|windows|docker|production|dark mode|ios|android)|with (?:empty|large|long|multiple|python|node|java|php|go|an empty|a large)|as of|from v?\\d"); // prettier-ignore
const WORKED = word("worked|used to (?:work|be)|was (?:fine|working|ok)|since (?:the )?(?:last |latest |an? )?(?:update|upgrade|release|version|v?\\d)|after (?:the |an? |my )?(?:update|upgrad\\w+)|regression|no longer|in the (?:previous|old) version|downgrad\\w+|until (?:yesterday|recently|last|the|v?\\d)|stopped working"); // prettier-ignore
const EXPECTED = word("expect(?:ed|ing)?|should (?:have|be|not|show|return|work|go|stay)|supposed to|instead of|ought to|actual\\w*|but (?:got|it|i|the|nothing|instead|then)|i (?:get|see|got)|we (?:get|see|got)"); // prettier-ignore
const TRIED = word("reproduc\\w+|repro|steps|i tried|tried|i (?:clicked|opened|ran|click|open|run|installed|noticed|found|have)|press(?:ed|ing)?|tap(?:ped|ping)?|reload\\w*|restart\\w*|reinstall\\w*|workaround|see (?:the )?(?:log|screenshot|attached|image|video)|attached|screenshot|yesterday|today i|customers? (?:report\\w*|complain\\w*)|users? (?:report\\w*|complain\\w*|can['’]?t|cannot)|happens|happened|occurs?|occurred|as soon as|running|try to|trying to"); // prettier-ignore
const WISHES = word("would (?:be (?:nice|great|good|cool|helpful|useful|awesome|friendlier|better|enough|welcome|handy|ideal|best)|(?!be |have |expect|fail|crash|not |never|hang|return|throw|appear|show|happen|get |see |work |stop |also fail)\\p{L}{2,})|it['’]?d be|i['’]d (?:like|love|gladly|be happy)|i wish|wish|nice to have|should be able to|be able to|as an? (?:user|admin|developer|maintainer|customer|operator)|so that|use case|feature|users? (?:want|could|should be)|we want|we['’]d like|would want|it should (?:be possible|also)|allow\\w*|could (?:be|have|also|print|show)|optional(?:ly)?|offer|let (?:people|users|me|us)|ideally|want(?:ed)? to|in order to|similar to|like (?:in|other)|enables?"); // prettier-ignore
const LIMITS = word("currently|at the moment|right now|so far|today|there(?:['’]s| is) no (?:way|option|possibility|support)|no way|only (?:supports?|allows?|takes?|one)|not (?:yet|supported|possible)|can['’]?t (?:be )?(?:configur|chang|customi)\\w*|by hand|manually|have to|lacks?|as of now|is(?:n['’]t| not) (?:there|supported|available)|hard-?coded"); // prettier-ignore
const READER = word("readers?|newcomers?|beginners?|page says|the (?:docs?|documentation|readme|guide|page|section|tutorial|manual) (?:says?|is|are|has|have|only|still|does|doesn['’]t|lists?|covers?|should|should|mentions?|shows?|uses?|could)|section|paragraph|chapter|sentence|link(?:s|ed)? (?:is|to|leads?|points?|are)|it says|says|described|explained|mentioned|mentions?|documented|wording|spelling|example|undocumented"); // prettier-ignore
/** Symptoms, told in the present tense. */
const SYMPTOM = word("(?:gives?|shows?|prints?|says|returns?|finds?|gets?|comes? out|goes|kills?|closes?|opens?|wins|arrives?|doubled|fires|runs|finds|is executed|appears?) (?:nothing|me|us|an?|the|only|0|out|up|as|through|immediately|\\d+|error|unknown|back|in|on|of|it)|every (?:time|single)|each time|all the time|always|is (?:gone|lost|empty|not|wrong|off|grey|red|full|hidden|ignored|broken|missing|there twice)|was (?:fine|lost|gone|still)|console|log attached|bisected|seen (?:jobs|it|this)|what can i do|fails? with|as the title says|on (?:windows|macos|linux|android|ios|safari|chrome|firefox)"); // prettier-ignore
const QUESTION = /\?\s*$|^\W*(?:how|why|what|where|is there|can (?:i|we)|does|do)\b/i;
const TO_FROM = /(?:->|→|=>|⇒)|\b(?:from \S+ to|instead of|in favou?r of|rather than|out of|(?:in)?to (?:its|their|an?) own|into|전환|리팩토링|重构|リファクタ\w*|refaktor\w*|flyt|umstell\w*|aufräum\w*)/iu; // prettier-ignore

type Signal = { readonly says: string; readonly holds: (reading: Reading) => boolean };
const inTitle = (says: string, pattern: RegExp): Signal => ({ says, holds: ({ title }) => pattern.test(title) });
const inProse = (says: string, pattern: RegExp): Signal => ({ says, holds: ({ prose }) => pattern.test(prose) });
const form = (kind: "bug" | "feature" | "docs" | "refactor", says: string): Signal => ({
  says,
  holds: ({ forms }) => forms.has(kind),
});
const both = (says: string, one: RegExp, other: RegExp): Signal => ({
  says,
  holds: ({ title }) => one.test(title) && other.test(title),
});
const foreign = (says: string, what: Foreign, where: "title" | "prose"): Signal => ({
  says,
  holds: (reading) => saysForeign(what, reading, where),
});
const deed = (says: string, pattern: RegExp): Signal => ({
  says,
  holds: ({ title }) => pattern.test(title) && !isSubject(title),
});
const begun = ({ title }: Reading) =>
  !isSubject(title) && [MAKE, RESHAPE, SWAP, TAKE_AWAY, FIX, EXPLAIN, USE, UPDATE].some((pattern) => pattern.test(title)); // prettier-ignore
/** Code became a blank: "`round(2.5)` gives 2" still has a subject. */
const withSubject = ({ title, namesCode }: Reading) => (namesCode ? title.replace(/^\s+/, "it ") : title);
const states = (reading: Reading) => STATEMENT.test(mainClause(withSubject(reading))) && !begun(reading);
/** The verbs are English ones, so of another language nobody knows. */
const verbless = (reading: Reading) =>
  !begun(reading) && !STATEMENT.test(reading.title) && !isForeign(reading.title) && !isErrorLine(reading); // prettier-ignore
const LACKS = /^[^\p{L}]{0,6}no(?![\p{L}])/iu;
const asksNotice = ({ title }: Reading) =>
  NOTICE_OF_EVENT.test(title) &&
  !WRONG.test(title) &&
  !EVIDENCE["title-two-for-one"].holds({ title } as Reading) &&
  !LACKS.test(title) &&
  !STATEMENT.test(mainClause(title));
const asksAtEvent = (reading: Reading) =>
  asksNotice(reading) ||
  ([MAKE, MORE, MAKE_OR_THING].some((pattern) => pattern.test(reading.title)) && EVENT.test(reading.title) && !states(reading)); // prettier-ignore
const isShort = ({ title }: Reading) => title.trim().split(/\s+/).length <= 3 && !isForeign(title);
const complains = ({ title }: Reading) => NEGATION.test(title) || FAILS.test(title) || WRONG.test(title);

export const SIGNALS = {
  ...SENTENCES,
  ...TURNS,
  ...EVIDENCE,
  ...WISHED,
  "title-makes": deed("the title asks for something new", MAKE),
  "title-needs": inTitle("the title says what is needed", /^[^\p{L}]{0,6}(?:we |i |users? )?(?:need(?:s|ed)?|wanted|missing|looking for|consider|requesting)(?! to)(?![\p{L}])/iu), // prettier-ignore
  "title-please": inTitle("the title asks politely", /^[^\p{L}]{0,6}(?:please|pls|can (?:we|you)|could (?:we|you|this)|would it be possible|is it possible|any (?:plans?|chance|way)|is there (?:a|any) (?:way|plan|chance|option))(?![\p{L}])/iu), // prettier-ignore
  "title-unsupported": inTitle("the title says what is not supported", /(?<![\p{L}])(?:(?:not|n['’]t|un|no|without|lacks?|lacking|missing) ?(?:yet |currently |fully )?(?:support\w*|implement\w*|available|possible|configurable|customi[sz]able|exposed))(?![\p{L}])/iu), // prettier-ignore
  "title-makes-or-thing": {
    says: "the title begins with a verb that is a thing as well",
    holds: ({ title }) => MAKE_OR_THING.test(title) && !STATEMENT.test(mainClause(title)),
  },
  "title-more": inTitle("the title asks for more, less or better", MORE),
  "title-should": inTitle("the title says what should be", SHOULD),
  "title-reshapes": deed("the title reshapes something", RESHAPE),
  "title-swaps": deed("the title swaps one thing for another", SWAP),
  "title-takes-away": deed("the title takes something away", TAKE_AWAY),
  "title-fixes": deed("the title asks for a fix", FIX),
  "title-explains": deed("the title asks for an explanation", EXPLAIN),
  "title-uses": inTitle("the title says what to use", USE),
  "title-updates": deed("the title asks for a change of something there", UPDATE),
  "title-states": { says: "the title states what happens", holds: states },
  "title-negates": inTitle("the title says what is not so", NEGATION),
  "title-fails": inTitle("the title names a failure", FAILS),
  "title-wrong": inTitle("the title says that something is wrong", WRONG),
  "title-event": { says: "the title says when it happens", holds: (r) => EVENT.test(r.title) && !asksAtEvent(r) },
  "title-lacks": inTitle("the title begins with what is not there", /^[^\p{L}]{0,6}(?:no|missing|lack of|lacks?|without)(?! longer)(?![\p{L}])/iu), // prettier-ignore
  "title-worked": inTitle("the title says that it worked before", WORKED),
  "title-from-to": inTitle("the title goes from one thing to another", TO_FROM),
  "title-asks": inTitle("the title is a question", QUESTION),
  "title-documents": inTitle("the title is about documents", DOCUMENTS),
  "title-document-fault": both("the title names a fault of a document", DOCUMENT_FAULTS, DOCUMENTS),
  "title-internals": inTitle("the title is about the code's inside", INTERNALS),
  "title-code-worth": inTitle("the title speaks of the code's quality", CODE_WORTH),
  "title-seen": inTitle("the title is about what users see", SEEN),
  "title-user-things": inTitle("the title is about things of users", USER_THINGS),
  "title-identifier": inTitle("the title has a name from code", IDENTIFIER),
  "title-error-line": { says: "the title is what a program printed", holds: isErrorLine },
  "title-gerund-states": {
    says: "the title says what comes of doing something",
    holds: ({ title }) => isSubject(title),
  },
  "title-notice": { says: "the title asks to be told of an event", holds: asksNotice },
  "make-event": { says: "the title asks for something at an event", holds: asksAtEvent },
  "tag-documents": { says: "the title begins with the name of a document", holds: ({ tags }) => tags.some((tag) => DOCUMENTS.test(tag)) }, // prettier-ignore
  "tag-internals": { says: "the title begins with a part of the code", holds: ({ tags }) => tags.some((tag) => INTERNALS.test(tag) || TESTS.test(tag)) }, // prettier-ignore
  "title-fault-as-thing": inTitle("the title makes something of faults", FAULT_AS_THING),
  "title-wishes": inTitle("the title wishes", WISHES),
  "title-code-rules": inTitle("the title is about rules of compilers and linters", RULES_OF_CODE),
  "title-tests": inTitle("the title is about tests", TESTS),
  "make-tests": both("the title asks for tests", MAKE, TESTS),
  "title-product-text": inTitle("the title is about texts that users write", PRODUCT_TEXT),
  "title-asks-for-words": inTitle("the title asks for words", ASKS_FOR_WORDS),
  "text-should-say": inProse("the text tells what a text should say", SHOULD_SAY),
  "short-internals": {
    says: "the title names something inside the code and nothing else",
    holds: (r) => isShort(r) && INTERNALS.test(r.title) && !SEEN.test(r.title) && !complains(r),
  },
  "output-only": {
    says: "there is only a program's output below the title",
    holds: (r) => (r.hasTrace || r.hasCode) && r.prose.trim().length < 15,
  },
  foreign: { says: "the ticket is in another language", holds: inForeign },
  "foreign-fault": foreign("the title tells a fault, in another language", "fault", "title"),
  "foreign-negation": foreign("the title says what is not so, in another language", "negation", "title"),
  "foreign-event": foreign("the title says when it happens, in another language", "event", "title"),
  "foreign-wish": foreign("the title is a wish, in another language", "wish", "title"),
  "foreign-reshape": foreign("the title reshapes something, in another language", "reshape", "title"),
  "foreign-document": foreign("the title is about documents, in another language", "document", "title"),
  "foreign-text-fault": foreign("the text tells a fault, in another language", "fault", "prose"),
  "foreign-text-negation": foreign("the text says what is not so, in another language", "negation", "prose"),
  "foreign-text-event": foreign("the text says when it happens, in another language", "event", "prose"),
  "foreign-text-wish": foreign("the text is a wish, in another language", "wish", "prose"),
  "foreign-text-document": foreign("the text is about documents, in another language", "document", "prose"),
  "foreign-text-unchanged": foreign("the text says that nothing shall change, in another language", "unchanged", "prose"), // prettier-ignore
  "title-wish": inTitle("the title is worded as a wish", WISH_NOUN),
  "title-names-code": { says: "the title names code", holds: ({ namesCode }) => namesCode },
  "title-short": { says: "the title is a few words", holds: (r) => isShort(r) && !isErrorLine(r) },
  "title-noun": { says: "the title names a thing and no deed", holds: (r) => verbless(r) && !complains(r) },
  "make-documents": both("the title asks for a new text", MAKE, DOCUMENTS),
  "update-documents": both("the title changes a text", UPDATE, DOCUMENTS),
  "fix-documents": both("the title mends a text", FIX, DOCUMENTS),
  "complain-documents": { says: "the title complains about a text", holds: (r) => complains(r) && DOCUMENTS_STRONG.test(r.title) }, // prettier-ignore
  "make-internals": both("the title makes something for the code's inside", MAKE, INTERNALS),
  "use-internals": both("the title says what the code shall use", USE, INTERNALS),
  "generate-documents": both(
    "the title asks for a program that makes texts",
    begin("generat\\w*|show|support\\w*|render|display|export|import|search|download"),
    DOCUMENTS,
  ),
  "reshape-internals": both("the title reshapes the code's inside", RESHAPE, INTERNALS),
  "reshape-things": both("the title reshapes things of users", RESHAPE, USER_THINGS),
  "swap-things": both("the title swaps things of users", SWAP, USER_THINGS),
  "take-away-things": both("the title takes away things of users", TAKE_AWAY, USER_THINGS),
  "states-seen": { says: "the title states what users see happen", holds: (r) => states(r) && SEEN.test(r.title) },
  "noun-complaint": {
    says: "the title names a thing, the text complains",
    holds: (r) => verbless(r) && (SYMPTOM.test(r.prose) || FAILS.test(r.prose)),
  },
  "noun-internals": {
    says: "the title names a thing inside the code",
    holds: (r) => verbless(r) && INTERNALS.test(r.title),
  },
  "take-away-seen": both("the title takes away what users see", TAKE_AWAY, SEEN),
  "make-code-worth": both("the title makes the code better", UPDATE, CODE_WORTH),
  "more-complain": { says: "the title asks for better handling of a fault", holds: (r) => MORE.test(r.title) && complains(r) }, // prettier-ignore
  "make-complain": { says: "the title asks for something and names a fault", holds: (r) => MAKE.test(r.title) && complains(r) }, // prettier-ignore
  "form-bug": form("bug", "the form is one for bugs"),
  "form-feature": form("feature", "the form is one for features"),
  "form-docs": form("docs", "the form is one for documents"),
  "form-refactor": form("refactor", "the form is one for debts of the code"),
  reports: { says: "the text has sections of a report", holds: ({ reports }) => reports },
  trace: { says: "the text shows an error's output", holds: ({ hasTrace }) => hasTrace },
  image: { says: "the text shows a picture", holds: ({ hasImage }) => hasImage },
  environment: { says: "the text names versions and machines", holds: ({ hasEnvironment }) => hasEnvironment },
  "no-text": { says: "there is no text below the title", holds: ({ prose }) => prose.trim().length < 15 },
  "text-fails": inProse("the text names a failure", FAILS),
  "text-wrong": inProse("the text says that something is wrong", WRONG),
  "text-negates": inProse("the text says what is not so", NEGATION),
  "text-event": inProse("the text says when it happens", EVENT),
  "text-worked": inProse("the text says that it worked before", WORKED),
  "text-expected": inProse("the text tells what was expected", EXPECTED),
  "text-tried": inProse("the text tells what was done", TRIED),
  "text-wishes": inProse("the text is worded as a wish", WISHES),
  "text-compares": inProse("the text says who has it already", /(?<![\p{L}])(?:(?:others?|other \p{L}+|competitors?|\p{L}+ and others|the others|elsewhere) (?:(?:already|all) )?(?:have|has|let|allow|offer|support|do|does|can)|(?:has|have|is|are) (?:one|it|this|that|all (?:two|three)|these)(?: already| for)?[.,;]|(?:as|like) (?:in |for |with |on )?(?:most |many )?other \p{L}+|(?:have|has) (?:it|one|this|that) (?:for|since|already|too))(?![\p{L}])/iu), // prettier-ignore
  "text-limits": inProse("the text tells what is not there yet", LIMITS),
  "text-documents": inProse("the text speaks of documents", DOCUMENTS),
  "text-symptom": inProse("the text tells what happens", SYMPTOM),
  "text-place": inProse("the text names a place in documents", DOC_PLACE),
  "text-reader": inProse("the text speaks of readers and sections", READER),
  "text-internals": inProse("the text speaks of the code's inside", INTERNALS),
  "text-code-worth": inProse("the text speaks of the code's quality", CODE_WORTH),
  "text-unchanged": inProse("the text says that nothing shall change", UNCHANGED),
  "text-plans": inProse("the text lays out work", DONE_WHEN),
  "text-seen": inProse("the text is about what users see", SEEN),
} as const satisfies Readonly<Record<string, Signal>>;

export type SignalName = keyof typeof SIGNALS;
export const SIGNAL_NAMES = Object.keys(SIGNALS) as SignalName[];

export function signalsOf(reading: Reading): SignalName[] {
  return SIGNAL_NAMES.filter((name) => SIGNALS[name].holds(reading));
}
