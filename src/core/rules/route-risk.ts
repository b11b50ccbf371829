/**
 * How much a mistake would cost. A word of who may do what, of money, of deleting, of moving data, of things at the same
 * time or of secrets weighs double in the title: what a ticket is about is more than what it mentions. A question of its
 * own: how sure the router is of the type says nothing about it.
 */
export type Risk = "low" | "medium" | "high";

type Danger = { readonly name: string; readonly pattern: RegExp };
const stems = (words: string) => new RegExp(`(?<![\\p{L}\\d])(?:${words})(?![\\p{L}\\d])`, "iu");

/** Stems with their inflections; each ends where a word ends, so that "author" is no "auth" and "dropdown" no "drop". */
const DANGERS: readonly Danger[] = [
  { name: "auth", pattern: stems("auth(?:n|z|enticat\\w*|ori[sz]\\w*)?|oauth2?|oidc|saml|sso|ldap|kerberos|log(?:ging|ged)?[- ]?(?:ins?|on)|logouts?|sign(?:ing|ed)?[- ]?(?:ins?|on|up)|passkeys?|webauthn|totp|2fa|mfa|otp|(?:two|second|multi)[- ]?factors?|credentials?|permissions?|roles?|rbac|acls?|access (?:control|rights?|tokens?)|admin rights|privileges?|impersonat\\w*|sessions?|(?:session )?cookies?|csrf|xsrf|xss|cors|jwts?|private boards?|privacy|gdpr|security|securely|insecure|vulnerab\\w*|cve[-\\d]*|exploit\\w*|inject(?:ion|ed)|sanitiz\\w*|traversal|ssrf|rce|sandbox escape|revok(?:e|es|ed|ing)|access to other|invite links?|unauthori[sz]ed|unauthenticated") }, // prettier-ignore
  { name: "payment", pattern: stems("pay(?:ments?|ing|ed|outs?|pal)?|paid|billing|bills?|invoic\\w*|refund\\w*|charg(?:e|es|ed|ing)|checkouts?|subscriptions?|credit ?cards?|card(?:s)? (?:payments?|is declined)|declined|stripe|apple pay|prices?|pricing|money|balances?|transactions?|ledger|taxes|tax|vat|coupons?|payroll|salar(?:y|ies)|transfers?|sepa|direct debit|iban|klarna|wallets?|payouts?") }, // prettier-ignore
  { name: "deletion", pattern: stems("delet\\w*|eras(?:e|es|ed|ing|ure)|wip(?:e|es|ed|ing)|purg(?:e|es|ed|ing)|truncat(?:e|es|ing) (?:the )?tables?|drop(?:s|ped|ping)? (?:the )?(?:tables?|columns?|database|data|v\\d|support)|data ?loss|los(?:e|es|t|ing) (?:\\w+ ){0,2}(?:data|work|files|records|messages|entries|jobs)|overwrit\\w*|corrupt\\w*|retention|irreversibl\\w*|destroy\\w*|back(?:ing)?[- ]?(?:ed )?ups?|restor(?:e|es|ed|ing)|recover(?:y|ed|s)?|clean(?:ing)? up (?:old )?(?:builds|data|files|records)") }, // prettier-ignore
  { name: "migration", pattern: stems("migrations?|migrat(?:e|ing) (?:the )?(?:schema|data\\w*|users?|accounts?|tables?)|schemas?|alter table|database (?:upgrade|change)|breaking(?: changes?)?|backwards?[- ](?:in)?compat\\w*|remov(?:e|ing) (?:all |what['’]?s |what is |the )?(?:deprecated|v\\d)\\w*|deprecated (?:api|methods?|features?)|public api|file format|wire format|rollback\\w*|downtime|(?:read(?:ing)? and writ\\w+|on[- ]disk|binary) (?:files?|formats?)|split(?:ting)? the \\w+ table|consequences for") }, // prettier-ignore
  { name: "concurrency", pattern: stems("concurren\\w*|races?|race conditions?|racy|deadlock\\w*|livelock\\w*|lock(?:s|ed|ing)?|mutex\\w*|simultaneous\\w*|atomic\\w*|thread[- ]?safe\\w*|lost updates?|idempoten\\w*|double[- ](?:spend|charge|submit)\\w*|charged twice") }, // prettier-ignore
  { name: "secret", pattern: stems("secrets?|passwords?|passphrases?|tokens?|api keys?|private keys?|master key|key rotation|encrypt\\w*|decrypt\\w*|crypto\\w*|cipher\\w*|certificates?|certs?|tls|ssl|x\\.?509|signatures?|signing|verif(?:y|ies|ying) (?:signatures?|certificates?)|hash(?:ed|ing)? passwords?|argon2|bcrypt|vault|pii|personal data|plain ?text password") }, // prettier-ignore
];
const SENSITIVE_PATH = /(^|\/)(auth|security|migrations?|\.github|infra|deploy)(\/|$)/i;
/** Words that mean something harmless in other trades. */
const HARMLESS = /\b(author(s|ed|ing)?|dependency injection|design tokens?|access(es|ed)? (the )?(docs?|page)|css tokens?|tokeni[sz]\w+|token stream|race(?=s? (track|car))|lock ?files?|[\w-]+-lock|code signing docs|json schemas?|user roles? in (the )?docs?|block(s|ed|ing)?|state machine transactions?|git blame|stack overflow|roles? of the|drop ?downs?|aria roles?)\b/gi; // prettier-ignore

const HIGH = 3;
/** One word in the title that names the danger itself is enough. */
const IN_TITLE = 3;
/** Of a word that is quoted as the reason. */
const WORD_CHARS_MAX = 40;
/** A text about one danger repeats its words; a third one says nothing new. */
const IN_TEXT_MAX = 2;

/** @example riskOf("Add TOTP", "", [], false).risk // → "high" */
export function riskOf(
  title: string,
  prose: string,
  namedPaths: readonly string[],
  isLarge: boolean,
): { readonly risk: Risk; readonly why: readonly string[] } {
  const why: string[] = [];
  let points = isLarge ? 1 : 0;
  const [head, text] = [title.replace(HARMLESS, " "), prose.replace(HARMLESS, " ")];
  for (const { name, pattern } of DANGERS) {
    const inTitle = pattern.exec(head)?.[0];
    const inText = wordsOf(text, pattern);
    points += inTitle ? IN_TITLE : Math.min(inText.length, IN_TEXT_MAX);
    const said = inTitle ?? inText[0];
    if (said)
      why.push(`${name} ("${said.toLowerCase().slice(0, WORD_CHARS_MAX)}" in the ${inTitle ? "title" : "text"})`);
  }
  const sensitive = namedPaths.filter((path) => SENSITIVE_PATH.test(path)).slice(0, 3);
  points += 2 * sensitive.length;
  return { risk: points >= HIGH ? "high" : points >= 1 ? "medium" : "low", why: [...why, ...sensitive] };
}

function wordsOf(text: string, pattern: RegExp): string[] {
  const all = text.match(new RegExp(pattern.source, `${pattern.flags}g`)) ?? [];
  return [...new Set(all.map((word) => word.toLowerCase()))];
}
