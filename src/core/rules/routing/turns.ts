import { FIX, isSubject, MAKE, RESHAPE, STATEMENT, UPDATE } from "./deeds.ts";
import type { Reading } from "./text.ts";

/**
 * Turns of phrase that decide between two types where single words do not: a better message for a fault is a wish, a fault of
 * names in the code is work on the code, and what something leads to is a fault though it names none.
 */
type Turn = { readonly says: string; readonly holds: (reading: Reading) => boolean };
const word = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, "iu");
const inTitle = (says: string, pattern: RegExp): Turn => ({ says, holds: ({ title }) => pattern.test(title) });
const inText = (says: string, pattern: RegExp): Turn => ({ says, holds: ({ prose }) => pattern.test(prose) });

const MESSAGE = "errors?|messages?|warnings?|exceptions?|logging|logs?|output|feedback|reporting|text";
const BETTER = "better|improv\\w*|more|clearer|helpful|meaningful|friendl\\w+|nicer|useful|specific|informative|readable|understandable|detailed|descriptive|precise"; // prettier-ignore
const BETTER_MESSAGE = word(`(?:${BETTER}) (?:\\p{L}+ ){0,3}(?:${MESSAGE})`);
/** The words of wishes and faults in front of what only programmers see. */
const CODE_THING = word(
  "naming|name conventions?|code ?base|code ?style|code|conventions?|variable names?|(?:file|folder|director(?:y|ies)|package|class|method|function|variable|test file) (?:names?|naming|structure)|imports?|lint(?:er)?|warnings|types?|structure|architecture|tests?|components|modules?|classes",
);
const CODE_FAULT = word("inconsisten\\w+|duplicat\\w+|unused|dead|messy|unreadable|cryptic|scattered|mixed|redundant|misleading names?|hard to (?:read|follow|test|understand|maintain)|difficult to (?:read|follow|test|understand|maintain)|too (?:long|big|large|much|many)|deprecated"); // prettier-ignore
const HARD_CODED = word("hard[- ]?cod\\w+|magic (?:numbers?|strings?|values?)|literals?");
const DEPENDENCIES = word("dependenc(?:y|ies)|deps|dev ?dependencies|npm packages|libraries|frameworks?|(?:python|node|java|php|ruby|go|rust|kotlin|gradle|angular|react|vue|spring boot|django|rails|laravel|symfony|electron|flutter|typescript|webpack|sdk|jdk|\\.net) (?:versions?|v?\\d[\\d.]*)"); // prettier-ignore
const RENEWS =
  /^[^\p{L}]{0,6}(?:updat\w*|upgrad\w*|bump\w*|migrat\w*|go (?:to|over)|move (?:to|over)|switch\w*|pin|outdated|old|renew)(?![\p{L}])/iu;
const TEST_WORK =
  /(?<![\p{L}])(?:(?:add|adding|write|writing|more|missing|create|introduce|implement|improve|increase|raise|need|needs|lack of|no|extend|set ?up) (?:\p{L}+ ){0,4}(?:tests?|test cases|test coverage|coverage|test suite|testing)|(?:unit|integration|e2e|end-to-end|component|api|regression|snapshot|smoke) ?-?tests? (?:for|of|on|with)|tests? for|test coverage|coverage of)(?![\p{L}])/iu;
const TEST_FAULT = word("fail\\w*|flaky|flakiness|broken?|breaks|red|hang\\w*|random\\w*|skipped|stuck|time ?out|timed out|wrong"); // prettier-ignore
const LEADS_TO =
  /(?<![\p{L}])(?:causes?|caused|causing|leads? to|results? in|breaks|broke|resets?|changes|loses|drops|hides|removes|clears|shifts|moves|crashes|freezes|blocks|kills|ruins|messes|makes (?:\p{L}+ ){1,4}(?:useless|unusable|fail|crash|disappear|blank|impossible))(?: \p{L}+|$)/iu;
const DOING =
  /^[^\p{L}]{0,6}(?!adding|using|supporting|allowing|implementing|making|improving|refactoring|documenting|writing|fixing|missing|nothing|something|everything|string|setting[s ]|rating|warning|logging|testing|building|rendering|listing|mapping|spacing|padding)\p{L}{2,20}ing(?![\p{L}])(?: \p{L}+){1,6}/iu;
const COMPATIBLE = word("incompatib\\w+|not compatible|compatibility (?:issue|problem|with)|no longer (?:runs|works|compatible|compiles|builds|installs)|(?:does not|doesn['’]t|won['’]t|can['’]t|cannot) (?:run|compile|build|install|start|open|load|work)"); // prettier-ignore
const LOOKS_OFF = word("mis-?align\\w*|alignment|not (?:\\p{L}+ )?aligned|out of (?:place|line|sync|bounds)|misplaced|off[- ]?cent(?:er|re)|blurr?y|squashed|stretched|overflow\\w*|cut(?:s)? off|covers? the|hidden behind|not (?:responsive|readable|visible|usable|mobile[- ]friendly)|unresponsive|too (?:small|wide|narrow|dark|bright|low|high)|off by|shifted"); // prettier-ignore
const LOOK =
  /(?<![\p{L}])(?:layout|design|redesign|re-?style|styling|responsive (?:view|design|layout)|mobile (?:version|view|layout)|overhaul|look(?: and feel)?|appearance|ui improvement|ux|animations?|themes?)(?![\p{L}])/iu;
const HELP = word("any (?:ideas?|thoughts?|help|suggestions?|advice|hints?)|please (?:advise|help|check|correct|fix|look)|what (?:could|can|is|might) (?:be )?(?:the )?(?:reason|cause|problem|wrong|going on)|how (?:can|do) i (?:fix|solve|resolve|debug|get rid)|am i (?:missing|doing)|where (?:do|should) i (?:look|start)|is (?:this|that) a (?:\\w+ )?bug|what['’]?s (?:wrong|up|going)|why (?:is|does|do|are)|thanks in advance"); // prettier-ignore
const TO_MEND = word("investigate|debug|(?:needs?|has|have|should|must|to) (?:to )?be (?:fixed|resolved|corrected|repaired)|fix (?:this|it|the)|and (?:fix|resolve|correct)|look into|root cause|please correct"); // prettier-ignore
const ASKS = word("(?:is|would|could) it (?:be )?possible|possible to|can (?:we|you|i|it)|could (?:we|you|i|this|it)|any (?:plans?|chance|way|support)|how (?:about|to add|to enable|to use)|what about|may i|would it|is there (?:a|any|an)"); // prettier-ignore
const CLEAR_WORDS = /^[^\p{L}]{0,6}(?:make|state|say|tell|mention|note|point out)(?: (?:it|this|that))? (?:more )?(?:clear(?:er|ly)?|explicit|obvious)|(?:still|not|never|only) (?:\p{L}+\/?){0,2}(?:mentioned|referenced|described|documented|explained)|out of date|outdated|(?:is|are) (?:old|stale|obsolete)(?![\p{L}])/iu; // prettier-ignore
const INSTRUCTIONS = word("instructions?|steps|set ?up|installation|install|getting started|setup guide|guides?|examples?|samples?|snippets?|descriptions?|explanations?|references?|sections?|pages?|paragraphs?|links?|diagrams?|screenshots?"); // prettier-ignore
const WANTS_WORDS = word("(?:not|n['’]t|nothing|no|any|never|nowhere) (?:\\p{L}+ ){0,5}(?:in the (?:docs?|documentation|readme|manual|wiki|reference)|mention(?:ed)?|documented|written down|explained|described)|(?:in|to|from) the (?:readme|docs|documentation|wiki|manual|guide|reference)(?:\\.md)?|(?:readme|documentation|docs|wiki|manual|guide) (?:should|could|says?|is|has|lacks|doesn['’]t|needs?|still)|should (?:also )?(?:be )?(?:mention|documented|described|explained|written)\\w*"); // prettier-ignore

const REPEATS = word("twice|(?:two|three|multiple|several|many) times|double[ds]?|duplicate[ds]?|again and again|more than once|(?:two|three) (?:copies|mails|emails|notifications|entries|messages)"); // prettier-ignore
const SHOULD_NOT = word("(?:should|must|may|shall|ought)(?: not|n['’]t)(?: be)?|never (?:be|show|ask)");
const TOOLING = word("ci|cd|ci\\/cd|github actions?|gitlab ci|travis|jenkins|pre-?commit|dependabot|renovate|codecov|sonar\\w*|monorepo|workspaces|poetry|pnpm|yarn|uv|vite|webpack|rollup|esbuild|babel|gradle|maven|bazel|cmake|makefile|docker ?file|lock ?file|editorconfig|biome|static analysis|build (?:system|script|scripts)|package\\.json"); // prettier-ignore
const WISHING = word("would|could|please|wish|like to|love|want|need|should|allow|support|option|feature|possible|ability|able|nice|handy|helpful|useful|so that|as an?|let|better|easier|instead of|e\\.g|maybe|suggest\\w*|propos\\w*|idea|add"); // prettier-ignore
const COMPLAINING = word("(?:does|is|are|do|was|did|has|have|were|could)(?:n['’]t| not)|cannot|can['’]t|no longer|used to|stopped|wrong\\w*|nothing|errors?|crash\\w*|fails?|failed|lost|gone|missing|stays?|stuck|still|again|blank|empty|always|never|slow\\w*|since|off|too|although|even (?:though|when|if)|only|keeps?|broken|hidden"); // prettier-ignore
const beginsWith = (pattern: RegExp) => (reading: Reading) => pattern.test(reading.prose.trimStart());
const isFaulty = (title: string) => /(?<![\p{L}])(?:wrong|incorrect\w*|not|no longer|n['’]t|fails?|broken|error|invalid|never|missing)(?![\p{L}])/iu.test(title); // prettier-ignore

export const TURNS = {
  "title-better-message": inTitle("the title asks for a better message", BETTER_MESSAGE),
  "text-better-message": inText("the text asks for a better message", BETTER_MESSAGE),
  "title-code-fault": {
    says: "the title names a fault of the code itself",
    holds: ({ title }) => CODE_FAULT.test(title) && CODE_THING.test(title),
  },
  "fix-code": {
    says: "the title mends names, rules or structure of the code",
    holds: ({ title }) => FIX.test(title) && CODE_THING.test(title) && !TEST_FAULT.test(title),
  },
  "title-hard-coded": inTitle("the title speaks of values in the code", HARD_CODED),
  "text-hard-coded": inText("the text speaks of values in the code", HARD_CODED),
  "title-dependencies": inTitle("the title is about dependencies", DEPENDENCIES),
  "title-renews": {
    says: "the title goes to a newer version",
    holds: ({ title }) =>
      RENEWS.test(title) && (DEPENDENCIES.test(title) || /\bv?\d+\b|latest|newest|newer/i.test(title)),
  },
  "title-test-work": {
    says: "the title asks for tests",
    holds: ({ title }) => TEST_WORK.test(title) && !TEST_FAULT.test(title),
  },
  "title-leads-to": { says: "the title says what comes of it", holds: ({ title }) => LEADS_TO.test(title) && !MAKE.test(title) && !RESHAPE.test(title) }, // prettier-ignore
  "title-doing": {
    says: "the title begins with what somebody does",
    holds: ({ title }) => DOING.test(title) && (LEADS_TO.test(title) || STATEMENT.test(title) || isFaulty(title)),
  },
  "title-compatible": inTitle("the title says with what it does not go", COMPATIBLE),
  "title-looks-off": inTitle("the title says that it looks wrong", LOOKS_OFF),
  "text-looks-off": inText("the text says that it looks wrong", LOOKS_OFF),
  "title-look": { says: "the title is about the look", holds: ({ title }) => LOOK.test(title) && !LOOKS_OFF.test(title) && !isFaulty(title) }, // prettier-ignore
  "title-renovates": {
    says: "the title asks for a change of the look",
    holds: ({ title }) => LOOK.test(title) && UPDATE.test(title),
  },
  "text-asks-help": inText("the text asks for help", HELP),
  "text-to-mend": inText("the text asks to mend it", TO_MEND),
  "title-asks-for": inTitle("the title asks whether it can be had", ASKS),
  "title-clear-words": inTitle("the title is about what is said", CLEAR_WORDS),
  "title-instructions": inTitle("the title is about instructions or examples", INSTRUCTIONS),
  "text-wants-words": inText("the text says what the documents lack", WANTS_WORDS),
  "text-begins-making": { says: "the text begins with what to make", holds: beginsWith(MAKE) },
  "text-begins-reshaping": { says: "the text begins with what to reshape", holds: beginsWith(RESHAPE) },
  "title-noun-text-wish": {
    says: "the title is a few words, the text a wish",
    holds: ({ title, prose }) => title.split(/\s+/).length <= 4 && !isFaulty(title) && !isSubject(title) && word("would (?:be|like|love|help)|i(?:['’]d| would)? (?:want|like|wish|hope|need)|should (?:have|support|be able|show|display)|please add|ability|allow|support|as an? \\p{L}+ i|nice|handy|useful feature").test(prose), // prettier-ignore
  },
  "title-noun-text-fault": {
    says: "the title is a few words, the text a complaint",
    holds: ({ title, prose }) => title.split(/\s+/).length <= 4 && word("(?:does|is|are|do|was|did)(?:n['’]t| not)|cannot|can['’]t|no longer|used to|instead of|stopped|wrong|nothing happens|error|crash\\w*|fails?").test(prose), // prettier-ignore
  },
  "title-repeats": inTitle("the title says that it happens more than once", REPEATS),
  "title-should-not": inTitle("the title says what should not be", SHOULD_NOT),
  "title-tooling": inTitle("the title is about the tools of the project", TOOLING),
  "text-complains-only": {
    says: "the text complains and wishes for nothing",
    holds: ({ prose }) => COMPLAINING.test(prose) && !WISHING.test(prose),
  },
} as const satisfies Readonly<Record<string, Turn>>;
