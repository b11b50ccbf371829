import { stems } from "./dangers.ts";

/**
 * What tickets tell that name no danger: who got at what, what is no longer there, what stands still, who has to change.
 * A frame is broad and weak; how much each speaks for a risk, or against one, is learnt and stands in `route-risk-weights.ts`.
 */
export type Frame = { readonly says: string; readonly pattern: RegExp };
const frame = (says: string, ...words: readonly string[]): Frame => ({ says, pattern: stems(words.join("|")) });

const WHOEVER =
  "any(?:one|body)|every(?:one|body)|whoever|all (?:users|members|visitors|customers)|(?:any|every|each) (?:\\w+ )?(?:user|member|visitor|customer|caller|client|student|employee|tenant)s?|strangers?|outsiders?|visitors?|people|others|somebody|someone"; // prettier-ignore
const REACHES =
  "can|could|may|is able|are able|was able|were able|manage[sd]?|gets?|got|sees?|saw|reads?|opens?|receives?|edits?|downloads?|has access|have access";
const KEEPSAKES =
  "notes?|pictures?|photos?|files?|folders?|documents?|rows?|records?|entries|messages?|work|data|content|cells?|fields?|values?|comments?|history|library|projects?|text|tables?|contacts?|recordings?|answers?|attachments?"; // prettier-ignore
const GOODS = "orders?|seats?|tickets?|tables?|rooms?|items?|articles?|products?|basket|cart|shop|sale|goods|stock";

export const FRAMES = {
  "of-others": frame(
    "the text speaks of what belongs to others",
    "each other['’]?s|one another['’]?s|other people['’]?s?|(?:some|any)(?:body|one) else['’]s|somebody else|someone else|only (?:\\w+ )?(?:get|see|reach|open|edit|access|have)(?:s| at)? (?:\\w+ )?(?:data|records?|own|what)|of others|data of|by everybody|(?:an)?other (?:\\w+ )?(?:user|customer|tenant|member|company|team|person|family|student|patient|client|account|organi[sz]ation)(?:s|['’]s|s['’])?|people i (?:don['’]t|do not) know|not (?:mine|theirs|ours|hers|his)|of (?:the )?others|my (?:colleague|boss|manager|neighbou?r)['’]?s",
  ),
  "by-address": frame(
    "the text speaks of an address that somebody changes or guesses",
    "(?:chang|guess|edit|increment|count|modif|alter|manipulat|typ)\\w* (?:\\w+ ){0,3}(?:ids?|numbers?|addresses|urls?|parameters?|query|links?)|in the (?:url|address(?: bar)?)|direct (?:links?|urls?)|by (?:hand|id)|logged out|signed out|incognito|private window|another browser",
  ),
  "whoever-reaches": frame(
    "the text says who gets at something",
    `(?:${WHOEVER})(?: \\w+){0,4}? (?:${REACHES})`,
    "(?:open|visible|readable|reachable|accessible|available|shown|sent|known) (?:to|for|by) (?:every|any|all|the (?:whole )?(?:world|internet|public)|others|guests)\\w*",
    "(?:no|not a|isn['’]t a) (?:member|employee|subscriber)|(?:only|just) (?:invited|members?|for (?:staff|members|owners?))|read[- ]only|view[- ]only|invited (?:to|as)",
  ),
  "still-after": frame(
    "the text says that something goes on after its end",
    "(?:still(?! (?:\\w+ ){0,2}(?:not|\\w+n['’]t))|go(?:es)? on|keeps?(?: on)?|continues? to|even) (?:\\w+ ){0,3}?(?:works?|working|valid|receiv\\w+|gets?|getting|download\\w*|sees?|seeing|see|logged|signed|access\\w*|open\\w*|paying|billed|charged|send\\w*|accept\\w*|run\\w*|visible|reachable|there)",
    "(?:days?|weeks?|months?|hours?) later|used (?:more than once|twice|again|several times)|again and again|never expires?|former|ex-(?:employee|member|colleague)s?|(?:has|have|had|who|people|they) (?:left|quit)|took (?:them|him|her) off|(?:after|once) (?:\\w+ ){0,3}(?:left|removed|kicked|changed (?:my|the|their) password|cancel\\w+|unsubscrib\\w+|expired?)",
  ),
  "shut-out": frame(
    "the text speaks of those who should be out",
    "(?:banned|blocked|kicked|removed|muted|suspended|expired|deleted|fired|revoked|disabled|unpaid|outside|wrong|uninvited|underage) (?:players?|users?|members?|people|customers?|accounts?|guests?|keys?|devices?|clients?|employees?|friends?|sellers?|drivers?|staff)|can still|could still|still can|(?:adults?|children)['’]s?|nurses?|patients?|i don['’]t (?:work|belong)|not (?:a |my )?(?:friends?|teams?|class|department)",
  ),
  "repeats-effect": frame(
    "the text says that an effect comes with each repetition",
    "(?:on|with|after) (?:every|each) (?:re-?load|refresh|retry|click|visit|restart|run|reconnect|redeploy)|(?:added|granted|counted|paid|credited|sent|created|given|booked|applied) (?:again|each time|every time|once more|on every|on each)|again and again|as often as (?:one|you|i) (?:like|want)s?|(?:accepts?|takes?|allows?|lets?) (?:\\w+ ){0,4}after",
  ),
  "whole-harm": frame(
    "the text says that everything is taken or shown",
    "takes? (?:\\w+ ){0,3}with it|(?:all|whole|entire|every|half|most) (?:of )?(?:the |my |our )?(?:\\w+ )?(?:desktop|disk|drive|database|folder|files|photos|pictures|entries|records|history|documents|day|list|output) (?:\\w+ )?(?:is|are|was|were|gets?|can['’]?t|cannot|with|lost|gone|too)|everyone['’]s|everybody['’]s|uploads? the whole|(?:un(?:playable|readable|openable|recoverable|usable)|garbled|corrupt\\w*|truncated|zeros?|broken) (?:file|archive|backup|recording|image)|(?:file|archive|backup|recording|output|video|image|disk|copy|database)s? (?:\\w+ ){0,2}(?:un(?:playable|readable|openable|recoverable)|garbled|corrupt\\w*|can['’]?t be (?:read|opened|played|restored))|replaced by|forgets? (?:the|a|an|all|my|everything)|can['’]?t be read back|over what (?:had|i|we|they|was)",
  ),
  "old-and-new": frame(
    "the text speaks of old and new side by side",
    "old (?:clients?|apps?|versions?|devices?|servers?|firmware|data|exports?|saves?|format)|(?:from|by|on|with|of) the (?:new|old) (?:server|client|version|release|format)|made (?:with|by|in) (?:firmware|version|v?\\d)|what['’]?s there|(?:patch|minor|bug-?fix) release|does ?n['’]?t compile any ?more|requires? (?:go|node|python|java|php|ruby|rust)|becomes? a|real columns|renamed an?|boil(?:ed)? down|with the \\d",
  ),
  "same-for-two": frame(
    "the text says that several get or use one thing",
    "(?:two|both|several|many|three|2|3) (?:\\w+ ){1,2}(?:get|got|take|took|claim\\w*|receive|pick|grab|use|write|share|end|start|ask)\\w* (?:\\w+ ){0,2}(?:the same|same|one|together|at once|field|file|number)|(?:write|writes|writing|append|save)s? to the same|(?:share|shares|sharing) (?:a|an|the|one) (?:\\w+ )?(?:queue|database|cache|file|folder|bucket|connection|session|key|id)|whenever (?:someone|somebody|another)|together|within a (?:second|moment)|any thread|when both",
  ),
  "not-checked": frame(
    "the text says that nobody checks",
    "accepts? (?:any|every|all|whatever|just about any)\\w*|(?:never|nobody|nothing|not|n['’]t|without|no) (?:\\w+ ){0,2}(?:compar|check|verif|validat|authenticat|limit|restrict|protect)\\w*|asks? for nothing|(?:should|must|shall|ought) ?n(?:o|['’])t (?:have been |be |even be )?(?:possible|able|allowed|visible|see|there)|(?:lets?|allows?) (?:me|you|one|any\\w*|every\\w*|them|a \\w+|guests|users|people)(?: to)? (?:\\w+ )?(?:read|see|edit|open|delete|change|approve|do|run)|skip\\w* (?:the )?(?:check|verif|validat)\\w*|ignor\\w+ (?:the )?(?:owner|limit|expiry|check)\\w*|by accident|trust(?:s|ed|ing)?",
  ),
  "gone-missing": frame(
    "the text says that something is no longer there",
    `(?:${KEEPSAKES})(?: \\w+){0,6}? (?:gone|lost|empty|blank|vanish\\w*|disappear\\w*|missing|eras\\w+|emptied|wiped|overwritten|truncated|(?:is|are|was|were)n['’]t (?:there|saved|kept))`,
    `(?:lost|lose|loses|losing|emptied|empties|wiped|wipes|wiping|erased|clobber\\w*|overwrote|overwrites|deleted|removed|ate|eats|destroy\\w*) (?:\\w+ ){0,4}(?:${KEEPSAKES}|everything|it|them|all)`,
    "0[- ]bytes?|zero[- ]bytes?|half of (?:it|them|the)|brings? back only|(?:isn['’]t|not|nowhere) (?:in the )?(?:there|trash|bin) (?:any ?more|either)?|(?:old|older|previous|stale|last) (?:\\w+ )?(?:copy|copies|version|content|state) (?:\\w+ )?(?:over|wins|back|is lost)|over what i",
  ),
  "throws-out": frame(
    "the text asks to take something away for good",
    "(?:throw|clear|clean|empty|remov|delet|eras|purg|expir|archiv|dispos|get rid)\\w* (?:\\w+ ){0,5}(?:older|unused|inactive|automatic\\w*|all|every\\w*|for good|after \\d+|nobody used|nightly)|(?:throws?|thrown) out|get rid of (?:uploads?|files|accounts|entries|records|data|everything)",
  ),
  "after-upgrade": frame(
    "the text speaks of an upgrade, or of what an older version wrote",
    "(?:after|since|during|with|by) (?:the |an? |my |every |each )?(?:\\w+ )?(?:upgrad|updat|migrat|downgrad)\\w*|(?:upgrad|updat|downgrad|going back|went back|rolled? back|rolling back)\\w* (?:from|to|of|leaves|fails?|stops?)|from v?\\d+(?:\\.\\d+)* to v?\\d|(?:data|folder|file|database|project|save|config)s? (?:from|of|written by|made with|created (?:with|by)) v?\\d|no way back|neither version|on first start|half[- ](?:converted|migrated|way|done|upgraded)",
  ),
  stored: frame(
    "the text speaks of how data is stored",
    "columns? (?:of|in|is|has|type)|(?:one|new|extra|missing) (?:column|table)|(?:\\w+ )?table (?:of|with|has|everybody|grows)|(?:existing|million|empty|converted) rows|rows (?:of|are|after)|unique (?:index|constraint)|index (?:on|creation)|foreign|not null|existing (?:values|ones|entries|rows|data|files)|(?:in|into|to|from|of) the database|uuids?|ids? from|utc|time ?stamps?|on disk|data (?:folder|directory|files?)|\\d+ ?m(?:illion|io)? (?:rows|records)|dual[- ]writ\\w*|shards?|partitions?|replicas?|postgres\\w*|mysql|sqlite|mongo\\w*|clash\\w*",
  ),
  "money-said": frame(
    "the text speaks of sums of money",
    "eur|usd|gbp|chf|euros?|dollars?|cents?|prices?|priced|cost(?:s|ed)? (?:\\w+ )?(?:them|us|me|money)|accountants?|book-?keep\\w*|vat|(?:yearly|monthly|annual|paid|free) (?:plans?|tier)|plans? (?:with|per|for)|subscrib(?:er|ers|es)|billed|pa(?:y|ys|id)|refund\\w*|baskets?|carts?|10 %|discounts?|per cent off|free of charge|rent|invoic\\w*|payouts?|commission\\w*|currenc(?:y|ies)|amounts? (?:due|paid|owed)",
  ),
  "sold-twice": frame(
    "the text speaks of goods given twice",
    `(?:same|one|single|last) (?:${GOODS})(?: \\w+){0,4}? (?:two|twice|both|several|again)`,
    "(?:sent|sends?|counted|ran|created?|posted|booked|sold|ordered|used|used up|imported|in|paid) (?:\\w+ )?(?:twice|double|two times|doubled)|two (?:confirmations|of (?:them|each))|(?:same|one) (?:numbers?|ids?|codes?) (?:\\w+ )?(?:to|twice|for) (?:two|both|several)?|appears? two times|to two",
  ),
  "many-at-once": frame(
    "the text speaks of several at one time",
    "(?:two|2|three|3|several|both|multiple|many|few) (?:\\w+ )?(?:tabs|pods|workers|instances|servers|nodes|replicas|processes|threads|people|users|requests|clicks|windows|devices|computers|clients|jobs|runs|editors|consumers|machines)|at once|same (?:time|second|moment|instant|slot|record|row|key|job)|(?:in|run|runs|running) parallel|parallel\\w*|under (?:heavy )?load|scal(?:ed|ing) (?:to|out|up)|when (?:many|several)|fast enough|quickly enough|timing|not reproducible|(?:now and then|sometimes|occasionally|rarely) under|(?:from|by|several|many|other|all) (?:goroutines?|threads?|cores?)",
  ),
  "stands-still": frame(
    "the text speaks of something that is down or stuck",
    "stops? (?:answering|responding|working|processing|consuming)|(?:hangs?|hung|blocked|stuck|waits?|waiting|frozen|freezes) (?:\\w+ ){0,3}(?:forever|until|on|for (?:ever|a lock|minutes|hours)|at shutdown|on shutdown|if|when|while)|until (?:it is |it['’]s |we |i )?(?:restart\\w*|kill\\w*|reboot\\w*)|(?:thread|goroutine|heap) dump|never (?:returns|ends|finishes|comes back|completes|releases)|in flight|blocks? (?:\\w+ )?(?:writes?|reads?|every\\w*|all|others?|the (?:event loop|queue))|kill -9|nobody can (?:save|write|log|work)|pool",
  ),
  "callers-change": frame(
    "the text speaks of callers that have to change",
    "callers?|consumers?|downstream|scripts? (?:that )?(?:read|rely|depend|parse)|every(?:body|one) who (?:calls|uses|imports)|breaking|breaks? (?:our|my|their|existing|every)|broke (?:our|my|the) (?:build|app|code|scripts?|integration|pipeline)|major|before (?:v?1\\.0|2\\.0|the (?:first|next) release)|v?\\d+\\.0(?:\\.0)?|semver|minor (?:release|version|update)|changed the (?:default|signature|return|format)|the default of|new names|drop(?:s|ped|ping)? (?:python|node|java|php|ruby|go|ie|support)|eol|end of life|endpoints?|snake_case|instead of (?:camelcase|throwing|null|an? (?:exception|error|object|array|list|string))|return(?:s|ing)? (?:an? )?\\w+ instead|announced|deprecat\\w*|public (?:api|method|function|class|type|interface)s?|stable api|plugin (?:api|authors)|everywhere",
  ),
  releases: frame(
    "the text speaks of what is released and runs for others",
    "deploy\\w*|went to (?:all|every)|hotfix|to all customers|(?:first|second|other) node|switch(?:ed)? over|on each release|real (?:people|customers|users)|on releases?|(?:published|dev|release) images?|images? as production|promoted|shipped to|maintenance mode|roll(?:ed|ing)? ?outs?|production|prod|went live|go(?:es)? live|release (?:workflow|job|pipeline|script|process|build)s?|releas(?:e|ing) (?:\\w+ )?(?:to|from)|publish\\w* (?:\\w+ )?(?:to|from|npm|pypi|packages?|images?|releases?)|when a tag|tags? (?:is|are) pushed|docker (?:pull|hub|image)|image tag|pods? (?:get|are|is|restart\\w*|die)|terraform|ansible|dns (?:has|record|entry)|(?:nightly|whole|new|our) (?:cluster|region)|workflows?|pipelines?|502s|health checks?|staging|both nodes|downtime|outage|maintenance window|backup job|cron ?jobs?|roll(?:s|ed)? back by itself|registry password",
  ),
  "private-matters": frame(
    "the text speaks of what is private",
    "gps|exif|location|where (?:people|they|users) live|home address\\w*|bcc|recipients?|addresses|e-?mail addresses|statistics|tracking|trackers?|analytics|cookies? banner|consent|agreed|gdpr|dsgvo|by law|privacy|private|personal (?:data|details|information)|salar(?:y|ies)|health|diagnos\\w*|children|parents|names? of (?:patients|customers|users|members|people|children)|confidential|secret|phone numbers?|real names?|anonymous\\w*|profile pictures?|faces?",
  ),
  "key-matters": frame(
    "the text speaks of keys and who holds them",
    "env(?:ironment)? var(?:iable)?s?|hmac|md5|sha-?1|argon2|bcrypt|x509|intermediate|handshake|chain|root ca|self-signed|keychain|guessable|predictable|random (?:enough|number)|base64|readable for|plain ?text|in the (?:log|logs|crash report|url)|crash reports?|(?<!(?:memory|connection|socket|resource) )leak\\w*(?! memory)|(?:webhook|signing|shared) (?:key|secret)s?|hard-?coded|committed|in the repo(?:sitory)?|always (?:0+|the same|1234|admin)|shows? the (?:sql|query|stack ?trace|connection|credentials|env\\w*)|connection settings|anybody with (?:the|a)|look in|stored as they are|pairing|unlock(?:s|ed)?|qr code|two people have to",
  ),
  intrudes: frame(
    "the text tells a way to break in",
    "onerror|onload|alert\\(|<script|union select|or 1=1|'; ?drop|runs? in (?:every\\w+|the) (?:\\w+['’]s )?browser|pops? up for|outside (?:of )?(?:the|its) (?:\\w+ )?(?:folder|root|dir\\w*)|169\\.254|localhost|internal (?:network|addresses|hosts?|services?)|own network|metadata|fetch(?:es)? (?:any|addresses|arbitrary|urls?)|html in|not escaped|unescaped|insecureskipverify|verify ?= ?false|0\\.0\\.0\\.0|listens? on|world[- ]readable|chmod 777|eval|deserial\\w*|0day|reported by a researcher|runs? (?:an? |any |arbitrary )?(?:\\w+ )?(?:programs?|scripts?|commands?|code)(?: \\w+)? (?:when|on|in|for|as)|scripts? (?:work|run|too|as well)|its own files|(?:over|via|plain|by) http|math\\.random|random numbers?|unpack\\w*|fills? the disk|from (?:a |any )?forks?|take\\w* (?:\\w+ )?(?:account|machine|server)s? over|make the server|checksums?|come[s]? from before|where (?:a|the|it) \\w+ comes? from|sign(?:s|ed|ing)? the (?:installers?|binar\\w+|releases?|packages?|builds?)",
  ),
  "mixed-up": frame(
    "the text says that one thing stands in another's place",
    "wrong (?:\\w+ )?(?:person|people|customers?|users?|accounts?|buckets?|files?|folders?|patients?|recipients?|tenants?|projects?|songs?|rows?|records?|names?|teams?|database|server|environment|branch)|mix(?:es|ed|ing)? (?:\\w+ )?up|swap(?:s|ped)|replac(?:es|ed) (?:the|my|an?|our) (?:original|old|other|first|last|whole)?|for the (?:whole|entire) (?:team|company|group|organi[sz]ation)|never had|not mine|nonsense|contradict\\w*|(?:says|shows) it was me|never sent|instead of mine",
  ),
  "told-too-much": frame(
    "the text says that somebody learns what they should not",
    "tells? (?:any|every|me|you|the world)\\w*|before (?:the )?(?:deadline|date|they|somebody|anybody|anyone|i (?:click|agree|accept)|launch|it is published)|(?:said|say|clicked) no|although (?:i|we|they|it|he|she) (?:\\w+ )?(?:hid|hidden|private|said|removed|deleted|revoked|disabled|opted|set)|in the (?:log|logs|address bar|history|referer|proxy['’]?s? log)|prints? the (?:whole|full|complete)|is in the|has the value of|when they know|(?:contain|leak|includ)(?:s|ing)? (?:\\w+ )?(?:private|hidden|internal|secret|draft|unpublished)|lawyer|own (?:children|data|customers|records|department)|know about me",
  ),
  contract: frame(
    "the text changes what other programs rely on",
    "(?:drop|remov|delet|get rid of|prun)\\w* (?:\\w+ ){0,2}(?:deprecated|old|legacy|v1|obsolete)(?: \\w+)? (?:types?|methods?|functions?|names?|apis?|aliases|endpoints|options|flags)|remove the names|public ones|(?:code|scripts?|apps?|programs?) that (?:use|call|import|read)s?|exported|public(?:ly)? (?:type|method|function|class|field|name)s?|defaults? (?:of|to|port|value|from)|the default port|(?:our|their|other|some) (?:apps?|scripts?|clients?|tools?|integrations?) (?:\\w+ )?(?:reads?|parse|depends?|expects?|rel(?:y|ies)|uses?|break)|removed a (?:field|method|flag|function|parameter)|answers? (?:with )?(?:a )?\\d{3}|status codes?|(?:rather than|instead of) (?:null|nil|none|an exception|throwing|200|an error)|depends? on it|rel(?:y|ies) on|(?:in|from) the (?:release )?notes|authors import|people who|marked as (?:old|obsolete|deprecated)|config (?:keys?|format)|wire|protocol|clients? (?:of|on) (?:older|old)",
  ),
  "reads-old": frame(
    "the text says that a version cannot read another's data",
    "(?:can['’]?t|cannot|could ?n['’]?t|fails? to|unable to|does ?n['’]?t|won['’]t|refuses? to) (?:\\w+ )?(?:read|open|load|start|import|boot) (?:\\w+ ){0,3}(?:of|from|with|by|any ?more|written|made|saved)|unsupported (?:header|version|format)|changed between|new version|won['’]t start (?:any ?more)?|carried over|what is (?:in|there)|has to grow|varchar|one customer can|while (?:they|it|we)(?:['’]re| is| are)? (?:\\w+ )?(?:copied|moved|running|open)",
  ),
  trades: frame(
    "the text speaks of buying and selling",
    "buy\\w*|tips|points|bids?|auctions?|sellers?|return period|rides?|loyalty|bonus|sell\\w*|sold|till|instal?ments?|fees?|commissions?|courier|shipping|parcels?|warehouse|stock|quantity|gift cards?|renewals?|customers? (?:get|pay|are|can|has|have)|tax (?:office)?|finance|statements?|shops?|orders (?:for|of|in|are|were|get|got|from)|(?:place|placed|an|their|his|her|my|same|new) orders?",
  ),
  severe: frame(
    "the text says how bad it is",
    "urgent(?:ly)?|asap|serious|severe|critical|disaster|angry|complain\\w*|customers? (?:told|report|called|lost)|we (?:refund|restore|had to)|support (?:sees|gets)|by law|blocker|emergency|hotfix|in production|for everyone|nobody can|all users|lost (?:hours|days|a day|work)",
  ),
  looks: frame(
    "it is about how something looks",
    "colou?rs?|dark mode|icons?|labels?|cut off|align\\w*|misaligned|padding|margins?|fonts?|tooltips?|layouts?|pixels?|\\d+ ?px|z-index|css|hover|narrow|wide|width|height|placeholder|blurry|retina|sharp|rounded?|wraps?|wrapping|overlap\\w*|scroll\\w*|small screens?|spacing|position|centr(?:e|ed)|center(?:ed)?|animation|flicker\\w*|theme|contrast|hidden behind|sidebar|header|footer|design|style[ds]?|bold|grey|gray|bigger|smaller|larger|too (?:large|small|wide|narrow|fast|long|short)|upside down|square|arrow|font|safari|firefox",
  ),
  words: frame(
    "it is about words that are shown",
    "typos?|wording|spell\\w*|translat\\w*|grammar|text (?:is|says|should)|misspelled|plural|title case|capital\\w*|caption|headings?|headline|sentence|tooltip|help text|german|french|spanish|polish|readme|docs?|documentation|glossary|changelog|faq|guide|tutorial|chapter|explain|describe|write down|broken link|badge|hint|help text|plural",
  ),
  arranges: frame(
    "it is about lists, dates and how things are shown",
    "sort\\w*|order of|filter\\w*|columns? (?:width|order|is sorted)|shortcuts?|keyboard|click\\w*|drag\\w*|drop ?downs?|columns? are|menus?|tabs?|buttons?|calendar|dates?|format\\w*|locale|autocomplete|search\\w*|list view|gallery|chart\\w*|dashboards?|preview|zoom|reader|picker|progress bar|counter|notifications?|settings|export|print|csv|markdown|emoji|unicode",
  ),
  "inside-code": frame(
    "it is about the code's inside",
    "no change in behaviou?r|same behaviou?r|refactor\\w*|helpers?|modules?|functions?|variables?|lines|copies of|duplicat\\w+|unused|dead code|lint\\w*|types?|typed|tests?|parser|lexer|regex|internal class|classes|readab\\w+|naming",
  ),
} as const satisfies Readonly<Record<string, Frame>>;

export type FrameName = keyof typeof FRAMES;
export const FRAME_NAMES = Object.keys(FRAMES) as FrameName[];
