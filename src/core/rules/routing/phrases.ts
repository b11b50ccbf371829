/**
 * Phrases in which a word means something else than it does alone: a mail "when a build is finished" is a wish, though
 * most titles with "when" complain; "failed imports" can be a thing to list; "comments" can be texts or what users write.
 */
const word = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, "iu");

/** What programs print when they fail: a title that is such a line was pasted from a log. */
const ERROR_NAME =
  /\b[A-Z]\w{0,60}(?:Error|Exception|Fault|Panic)\b|\bSIG(?:SEGV|ABRT|KILL|BUS|ILL|FPE|TERM)\b|\bE(?:NOENT|ACCES|PERM|BUSY|MFILE|EXIST|ISDIR|PIPE|CONN\w{1,12}|ADDRINUSE|TIMEDOUT|RESOLVE|LIFECYCLE)\b|\b0x[0-9a-f]{4,16}\b|\b(?:HTTP|status|code|error) [45]\d\d\b|^[45]\d\d\b|\bErrno\b/;
const ERROR_LINE = word("segmentation fault|core dumped|exec format error|is not a function|is not defined|cannot read propert\\w+|no such file|permission denied|command not found|no module named|cannot find module|unresolved (?:import|reference)|undefined (?:symbol|reference|method|variable|index|offset|property|key|constant|local)|already exists|stack ?overflow|out of memory|connection (?:refused|reset)|broken pipe|address already in use|closed channel|nil (?:map|pointer)|null ?pointer\\w*|index out of \\w+|deadline exceeded|unhandled (?:promise )?rejection|assertion failed|exit(?:ed|s)? (?:with )?(?:code|status) \\d+|unexpected (?:token|eof|end of)|invalid (?:argument|literal|memory address)"); // prettier-ignore
const ERROR_TAG = /^(?:panic|fatal|error|exception|traceback|uncaught|warning)\b|(?:Error|Exception)$/i;

export function isErrorLine({ title, tags }: { readonly title: string; readonly tags: readonly string[] }): boolean {
  const named = ERROR_NAME.test(title) || ERROR_LINE.test(title) || tags.some((tag) => ERROR_TAG.test(tag));
  return named && !ABOUT_MESSAGE.test(title);
}
/** The message is to be better; nothing failed. */
const ABOUT_MESSAGE = word(
  "(?:better|clearer|nicer|friendlier|improve\\w*|translate|custom) (?:\\w+ )?(?:errors?|exceptions?|messages?|pages?)|(?:error|exception) (?:messages?|pages?|handler|boundary|report\\w*)",
);

/** "Deleting a card removes…": a subject, though it looks like a deed. */
export const GERUND = /^[^\p{L}]{0,6}\p{L}{2,20}ing(?![\p{L}])/iu;

/** Things that tell people or programs that something happened. */
const NOTICE =
  "notif\\w+|webhooks?|web ?hooks?|e-?mails?|mails?|sms|alerts?|warnings?|warn|badges?|sounds?|beep|toasts?|banners?|reminders?|remind\\w*|indicators?|confirmations?|confirm|prompts?|hooks?|events?|callbacks?|pings?|messages?|vibrat\\w+|summary|report";
const OCCASION =
  "when|whenever|if|after|before|once|on|upon|every time|as soon as|until|at the (?:start|end) of|per|for each";
export const NOTICE_OF_EVENT = new RegExp(
  `^[^\\p{L}]{0,6}(?:\\p{L}+ ){0,4}(?:${NOTICE})(?: \\p{L}+){0,4} (?:${OCCASION})(?![\\p{L}])`,
  "iu",
);

/** A fault in front of its thing, after a word that makes something of it. */
const BAD = "failed|failing|broken|invalid|missing|unused|slow|stale|expired|lost|duplicated?|interrupted|empty|corrupt\\w*|blocked|orphan\\w*|inactive|late|overdue|unread|unsaved|deleted|rejected|dead"; // prettier-ignore
export const FAULT_AS_THING = new RegExp(
  `(?<![\\p{L}])(?:retry|re-?send|re-?run|resume|recover\\w*(?: from| after)?|merge|find|detect|list(?: of)?|show|hide|skip|ignore|filter|report|highlight|mark|page|screen|queue|button|view|search|export|clean ?up|handle|handling|tolerate|warn\\w*|alert\\w*|notify|remind\\w*|remove|delete|archive|for|of|about|on|after|before|with|by)(?: \\p{L}+)? (?:an? |the |all |any )?(?:${BAD}) \\p{L}+`,
  "iu",
);

/** Rules of compilers and linters, which are made stricter for the code's sake. */
export const RULES_OF_CODE = word(
  "(?:strict\\w*|no(?:Implicit|Unused|Unchecked)\\w+|exactOptional\\w+|-W\\w+|warnings? as errors|lint\\w*|\\w*eslint|golangci\\S*|clippy|ruff|pylint|flake8|mypy|pyright|rubocop|checkstyle|spotbugs|sonar\\w*|detekt|ktlint|stylelint|prettier|black|isort|rustfmt|gofmt|editorconfig|pre-?commit|pep ?8|type ?checks?|type ?check\\w+|nullab\\w+|noImplicitAny|tsc|tsconfig)",
);

/** Tests as the thing to be worked on. */
export const TESTS = word(
  "(?:unit |integration |e2e |end-to-end |snapshot |smoke |regression |contract )?tests?|test ?suite|tests? for|coverage|fixtures?|test ?containers|mocks?|mocking|fakes?|testbed|specs",
);

/** Texts that users of the product write or read, not its documentation. */
const PRODUCT_TEXTS = "comments?|links?|documents?|guided|notes?|templates?|articles?|wiki pages?|pages?";
export const PRODUCT_TEXT = new RegExp(
  `(?<![\\p{L}])(?:in|to|of|on|for|from|under|below|as) (?:the |a |an |my |own )?(?:\\p{L}+ )?(?:${PRODUCT_TEXTS})(?![\\p{L}])|(?:${PRODUCT_TEXTS}) (?:in comments|open|disappear|button|picker|editor|section|field|box|list|thread|view|tab|preview|expire)`,
  "iu",
);

/** What a text says, and what it should say. */
export const SHOULD_SAY =
  /(?<![\p{L}])(?:(?:it|which|that|section|page|text|example|readme|guide|docs?|snippet|comment) (?:still )?(?:says?|said|reads?|states?|claims?|uses|calls|refers|mentions?|lists|shows)|should (?:say|read|mention|be called|be `)|needs a (?:sentence|note|paragraph|page)|a (?:sentence|note|paragraph|table|page|line|picture|few words|few lines) (?:about|on|that|with|would|in the)|(?:read|grep|look\w*) (?:in |at |through )?the source|keep\w* asking|is asked|asked (?:\w+ ){0,3}(?:week|month|day|time)|in the chat|in the (?:discussions|forum)|write (?:it|this|that) down)(?![\p{L}])/iu;

/** Asks for words: how to, which, what happens. */
export const ASKS_FOR_WORDS =
  /(?<![\p{L}])(?:how to|how (?:\p{L}+ ){1,4}(?:works?|is|are)|write down|say (?:which|what|how|when|where|that)|list (?:all|every|the)(?: \p{L}+){1,3}$|(?:page|section|chapter|paragraph|note|table|overview|list|example|snippet|picture)s? (?:about|on|for|of|with|in) |troubleshooting|adr\b|examples? (?:for|of|in|is|are|does|do)|snippets?|needs? an? (?:page|section|example|note|explanation)|in the (?:reference|readme|docs|manual|guide))/iu;

/** Work laid out in steps. */
export const DONE_WHEN = word(
  "acceptance|done when|scope|out of scope|proposed|proposal|propose|suggestion|suggest|plan|tasks?|phase \\d|follow-?up|tracking|step \\d|goals?|bit by bit|gradually|one by one|incremental\\w*",
);

/** Where a text stands, and that people look there. */
export const DOC_PLACE = word(
  "(?:in|to|from|of|by|for|on) (?:the |our |its )?(?:\\w+ )?(?:docs?|documentation|readme|wiki|manual|guide|reference|spec|tutorial|handbook|website|page|chapter|changelog)|one line would do|had to (?:grep|read|look)|(?:a )?(?:short )?page (?:with|on|about)|nobody (?:understands|knows)|people (?:ask|keep asking|read)|gets asked|found out|get(?:s)? asked|newcomers?|new people|new (?:maintainers|contributors)|the word|sample|leads? (?:to )?(?:nowhere|a 404)|describ\\w+|explain\\w*|mention\\w*",
);
