import { type Danger, stems } from "./dangers.ts";

/** The same dangers as people tell them who do not know what experts call them, or do not say it: what happened to whom. */
const WHO = "user|client|customer|tenant|organi[sz]ation|company|account|member|team|workspace";
const THEIRS =
  "payslips?|files?|data|orders?|documents?|posts?|notes?|messages?|drafts?|profile|calendar|mail\\w*|inbox";
const KEPT =
  "settings|preferences|favou?rites|bookmarks|customi[sz]ations?|notes|history|progress|data|files|uploads|photos|pictures|orders|records|messages|documents|entries|edits?|work|everything|avatars?|drafts?|profiles?|contacts|library|playlists?"; // prettier-ignore
const SEVERAL = "two|both|several|multiple|many";

const plain = (name: string, words: readonly string[]): Danger => ({ name, pattern: stems(words.join("|")) });

export const PLAIN_DANGERS: readonly Danger[] = [
  plain("auth", [
    // Who somebody is, and for how long.
    "remember me|(?:hardware|security) keys?|second step|yubikeys?|fido2?|what (?:people|users?) (?:type|enter)|(?:stay|stays|staying|keep\\w*|remain\\w*) (?:\\w+ )?(?:signed|logged)[- ]in",
    "(?:sign|log)(?:s|ged|ing|ed)? (?:\\w+ )?(?:into|in to|out of)|signed out|lock(?:s|ed)? (?:\\w+ )?out",
    "(?:reset|magic|share[d]?|public|password) links?|account takeover|hijack\\w*|spoof\\w*|forg(?:ed|ery)|phishing",
    // Who may see and change what.
    "(?:still|keeps?(?: on)?|go(?:es)? on) (?:\\w+ )?(?:edit(?:s|ing)?|see(?:s|ing)?|read(?:s|ing)?|access\\w*) (?:after|although|until|even)",
    "rights? to (?:see|read|edit|open|change|delete|write)|(?:may|should|only|not) (?:\\w+ ){0,2}be (?:seen|read|opened|changed|edited) by",
    `(?:colleague|co-?worker|neighbou?r|employee|patient|student|${WHO})['’]s (?:\\w+ )?(?:${THEIRS})|my own (?:${THEIRS})`,
    `(?:any|every|other|another|wrong) (?:${WHO})['’]?s?|filtered by (?:the )?(?:owner|${WHO})`,
    "admins?|administrators?|superusers?|moderators?|(?:a|as|be|the) (?:viewer|editor|owner)s? (?:can|may|keeps?|still|role)|made (?:a|an) (?:viewer|editor|owner)",
    "audit (?:log|trail)s?|publicly (?:visible|readable|accessible|reachable)|visible to (?:every\\w+|any\\w+|all|others|the public)",
    "(?:leak|expos)(?:e|es|s|ed|ing) (?:\\w+ ){0,3}(?:data|names?|address\\w*|details|information|e?-?mails?|ids|content|headers?|paths?|users?|customers?)",
    // How often somebody may try.
    "brute[- ]?force\\w*|captchas?|rate[- ]?limit\\w*|throttl\\w* (?:requests?|clients?|calls?|logins?)|cap how \\w+|(?:calls|requests|attempts|tries) (?:a|per|each) (?:second|minute|hour)",
    // What comes from outside and is believed.
    "bypass\\w*|circumvent\\w*|concatenat\\w* into|sql injection|where clause|quotes? breaks?|unescaped|escap(?:e|ed|ing) (?:html|sql|input)|raw (?:html|sql)|script tags?",
    "unpickl\\w*|pickle[ds]?|(?:un|de)seriali[sz](?:e|es|ed|ing|ation)|yaml\\.load|symlinks? (?:that|which|to|out|pointing)|zip ?slip",
    "outside (?:of )?(?:the |its |their )?(?:\\w+ )?(?:destination|target|root|director\\w+|folder|workspace|sandbox)",
    "arbitrary (?:\\w+ )?(?:files?|code|commands?|urls?)|(?:runs?|execut\\w+) (?:\\w+ )?(?:code|commands?) (?:on|as|from)|untrusted|malicious\\w*|attackers?|hostile|open redirect|tamper\\w*",
    "as root|root (?:user|privileges)|sudo|setuid",
  ]),
  plain("payment", [
    "pays? (?:for )?(?:two|twice)|paycheck\\w*|payslips?|trial periods?|reimburse\\w*|prorat\\w*|exchange rates?",
    "(?:stock|inventory) (?:\\w+ )?(?:below|negative)|below zero|oversell\\w*|oversold|overbook\\w*|double[- ]book\\w*|booked (?:twice|two)",
    `(?:${SEVERAL}) (?:\\w+ )?(?:orders|bookings|reservations|charges) (?:for|from|of)|round(?:s|ed|ing) (?:\\w+ ){0,3}(?:cents?|amounts?|prices?)`,
  ]),
  plain("deletion", [
    "back to (?:the |its |their )?(?:factory )?defaults?|factory reset|written anew",
    `(?:${KEPT}) (?:\\w+ ){0,3}(?:is|are|was|were|gets?|got|has|have|had|been|all|just|silently) (?:\\w+ ){0,2}(?:gone|lost|vanish\\w*|wip\\w*|eras\\w*|missing|reset|emptied|overwritten|replaced|removed|destroyed)`,
    "(?:text|work|edits?|changes|uploads?|data|files?|photos?|notes?|messages?|orders?|ours|records) (?:\\w+ )?(?:vanish|disappear)(?:s|ed)?",
    "silently (?:\\w+ ){0,2}(?:replac|los|dropp|discard|remov|truncat)\\w*|(?:gone|lost|replaced|dropped|disappears?|vanish\\w*|saved) without (?:asking|warning|a word|any \\w+)|without (?:asking|confirming|confirmation)",
    "older (?:version|copy|one|state) over|over (?:a|the) newer|newer (?:one|version) (?:is|gets|was) (?:lost|replaced|gone)",
    "undo (?:for |of )?(?:the |an )?(?:last )?(?:import|delet\\w+|remov\\w*|sync|merge)|tak(?:e|en|ing) it back|old (?:records|data|rows|files) again|still in use",
    "half (?:of )?(?:the |its )?(?:rows|records|data|files|written)|half[- ](?:written|applied|finished|imported|done)|all or nothing|partial(?:ly)? (?:writes?|written|import\\w*|applied|saved)",
    "in the middle of (?:a|an|the) (?:write|import|save|upload|transfer|update|copy)|power (?:cut|loss|failure)|fsync|crash[- ]safe\\w*|soft[- ]delet\\w*|cascad(?:es?|ing) delet\\w*|orphaned? (?:rows|records|files)",
  ]),
  plain("migration", [
    "upgrad(?:e|es|ed|ing) (?:the |its |our |to the )?(?:\\w+ )?(?:databases?|index|store|storage|cluster|on[- ]disk)|(?:new|next) major (?:version )?of|on[- ]disk|storage (?:format|backend|engine|layout)",
    "(?:in|to|into|onto|on) (?:s3|gcs|a bucket|object storage)|million(?:s)? (?:of )?(?:users|rows|records|customers|documents|files|entries)|zero[- ]downtime|stays? readable",
    "old and new (?:\\w+ )?(?:have to|must|both|side)|backfill\\w*|auto[- ]?increment\\w*|uuids? (?:for|as|instead)|(?:to|by|with) uuids?|(?:instead of|from) (?:integer|numeric|sequential) ids?|own table",
    "alembic|flyway|liquibase|collation|utf8mb4|older (?:clients|versions|releases) (?:\\w+ )?(?:can['’]?t|cannot|must|still)",
    "after (?:the |an |every |each )?(?:update|upgrade|updating|upgrading) (?:\\w+ ){0,4}(?:gone|lost|empty|reset|missing|unreadable)|(?:gone|lost|empty|reset|missing|unreadable) after (?:the |an |every |each )?(?:update|upgrade|updating|upgrading)",
  ]),
  plain("concurrency", [
    "same (?:second|instant|millisecond)|at once (?:by|from)|last write wins|interleav\\w*|out[- ]of[- ]order (?:writes?|updates?|messages?|events?)",
    `(?:${SEVERAL}) (?:people|users|clients|requests|customers|devices|pods|nodes|servers|exports|imports|runs|calls|jobs|syncs|editors)(?: \\w+){0,3} (?:at once|at a time|together|overlap\\w*|edit\\w*|writ\\w*|sav\\w*|claim\\w*|order\\w*|book\\w*|the same|within)`,
    "(?:exports?|runs?|jobs?|syncs?|imports?|requests?) overlap\\w*|overlapping (?:exports?|runs?|jobs?|syncs?|imports?|requests?|calls?)|waits? for (?:the|each) other|(?:hangs?|blocks?|stuck) forever (?:once|when|if|after|while)",
    "stale (?:writes?|reads?|data|caches?|copy|value|version|state)|exactly once|at least once|duplicate (?:orders?|bookings?|events|jobs|accounts|charges)",
    "(?:fires?|fired|sent|sends?|runs?|created?|creates|executed|processed|delivered|counted) (?:\\w+ )?(?:twice|several times|two times|a second time|more than once)",
    "retr(?:y|ies|ied|ying) (?:\\w+ ){0,3}(?:sends?|creates?|writes?|books?|twice|the (?:write|order|call|transfer))|resend(?:s|ing)?",
  ]),
  plain("secret", [
    "connection strings?|(?:rotat(?:e|es|ed|ing)|revoked) (?:\\w+ )?keys?|rotation of keys|signing keys?|hmac|public keys?|keychain|keyrings?|keystores?|hsm|kms|nonces?",
    "sign(?:s|ed|ing)? (?:the |our |all )?(?:\\w+ )?(?:releases?|binar\\w+|artifacts?|packages?|updates?|webhooks?|requests?|urls?|images?)",
    "(?:in|as) (?:the )?(?:clear|plain) ?text|unencrypted|(?:logs?|prints?|writes?|dumps?) (?:\\w+ ){0,3}(?:headers|environment|env vars?|request bod\\w+|e-?mail addresses)",
    "gdpr|data protection|data residency|unsubscrib\\w*|consent|legal hold|opt[- ]?out|telemetry|exif|precise location|e-?mail addresses of|names and (?:mails?|addresses|phone)|confidential\\w*|sensitive (?:data|information|values?|fields?)|anonymi[sz]\\w*|pseudonym\\w*|redact\\w*|predictable (?:ids?|numbers?|links?|urls?)|guessable",
  ]),
];
