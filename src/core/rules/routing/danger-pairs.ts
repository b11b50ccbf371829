import { stems } from "./dangers.ts";

/**
 * Dangers that no single word tells: something that people care about, and what befalls it. "Notes" is harmless and so is "gone";
 * a ticket that begins with both is about lost work. Each side stays broad, because the other one holds it back.
 */
export type DangerPair = { readonly name: string; readonly what: RegExp; readonly befalls: RegExp };
const pair = (name: string, what: string, befalls: string): DangerPair => ({
  name,
  what: stems(what),
  befalls: stems(befalls),
});

const KEPT =
  "notes?|documents?|projects?|settings|preferences|files?|folders?|uploads?|photos?|pictures?|images?|messages?|mails?|orders?|records?|rows?|entries|entry|tables?|databases?|db|accounts?|profiles?|contents?|work|changes?|edits?|drafts?|history|data|stock|inventory|customers?|clients?|posts?|comments?|contacts?|bookings?|tasks?|cards?|boards?|library|playlists?|saves?|savegames?|bookmarks?|favou?rites?|everything"; // prettier-ignore
const WHO =
  "groups?|members?|users?|people|everybody|everyone|anyone|anybody|somebody|someone|admins?|staff|visitors?|owners?|tenants?|organi[sz]ations?|accounts?|customers?|public|readers?|colleagues?|employees?"; // prettier-ignore

export const DANGER_PAIRS: readonly DangerPair[] = [
  pair(
    "deletion",
    KEPT,
    "gone|los(?:t|e|es|ing)|vanish\\w*|disappear\\w*|revert(?:s|ed|ing)?|unreliable|wip(?:e|es|ed|ing)|overwrote|discard\\w*|dropped|(?:not|n['’]t|never) (?:be |get |being |seen )?(?:saved?|stored|written|again|kept|restored|persist\\w*)|anew|unreadable|no longer there|back to what|damaged|reset|swapped|mixed up",
  ),
  pair(
    "auth",
    WHO,
    "visible|hidden|private|restrict\\w*|unpublished|invisible|confidential|internal|only (?:to|for|by|their|its|those|people)|not (?:in|part of) the|belongs? to|who (?:may|can|is allowed)|should not (?:see|be)|must not",
  ),
  pair(
    "auth",
    "cache[ds]?|caching|exports?|reports?|lists?",
    "shared|friend['’]?s?|somebody else|someone else|profiles?|left the \\w+|former|of the whole|one['’]s own|personal",
  ),
  pair(
    "auth",
    "coordinators?|managers?|teachers?|parents|supervisors?|maintainers?|deput(?:y|ies)|treasurers?|volunteers?|contractors?|(?:different|someother|other|second) (?:person|user|people)s?",
    "allow\\w*|able to|can|may|shall|must|edit(?:ed)?|chang(?:e|ed)|alter(?:ed)?|delet\\w+|approv\\w+",
  ),
  pair(
    "auth",
    "accounts?|identit\\w+|user ?names?|e-?mail addresses|members?",
    "clos(?:e|es|ed|ing)|merg\\w+|link(?:s|ed|ing)?|leav(?:e|es|ing)|switch\\w*|invit\\w+|join\\w*|takes? over|taken over|verif\\w+|suspend\\w*|ban(?:s|ned|ning)?|deactivat\\w*|disabl\\w+|belong\\w*|register\\w*",
  ),
  pair(
    "auth",
    "html|js|javascript|scripts?|code|markup|shell|commands?|quer(?:y|ies)|urls?|address(?:es)?|links?|paths?|inputs?|file ?names?|templates?|regex",
    "execut\\w*|interpreted|escap(?:e|ed|ing)|evaluated|fetch(?:es)? internal|internal address\\w*|unchecked|unfiltered|sanit\\w*|without (?:a )?check\\w*|validat\\w*|any url|whatever is",
  ),
  pair(
    "auth",
    "clients?|scripts?|bots?|ips?|attempts|requests|logins?|calls|api",
    "limit(?:s|ed|ing)?|cap(?:s|ped)?|per (?:minute|second|hour)|too many|flood\\w*|spam\\w*|guess\\w*|abus\\w*|tries",
  ),
  pair(
    "concurrency",
    "multiple|two|both|several|others?|another|(?:one|single) instances?",
    "at once|meanwhile|whichever|last wins?|wins|opens? it too|same (?:file|record|document|page|row|question|order|item|time|one)|before (?:it|the other)|editors|workers|pods|replicas|processes|devices|conflict\\w* with",
  ),
  pair(
    "concurrency",
    "orders?|payments?|jobs?|webhooks?|events?|transfers?|bookings?|imports?|tasks?|messages?|mails?|emails?|uploads?|requests?|deliver\\w*",
    "twice|several times|two times|a second time|once more|resen[dt]\\w*|redeliver\\w*|not exactly once|acknowledg\\w*",
  ),
  pair(
    "migration",
    "older|old|previous|earlier|existing|those we have",
    "(?:projects?|files?|data|saves?|documents?|records?|databases?|customers|entries|accounts) .{0,60}(?:open|load|read|convert\\w*|generated|stored|saved|upgrad\\w*|updat\\w*|kept|moved)",
  ),
  pair(
    "migration",
    "upgrad\\w*|updater?|updates",
    "(?:previous|old|last) version (?:back|again)|downgrad\\w*|go(?:ing)? back|replaced|half[- ]way|unbootable|brick\\w*",
  ),
  pair(
    "migration",
    "databases?|columns?|indexe?s?|storage|buckets?|s3|disk|on[- ]disk|schema|cluster|regions?|primary|replica",
    "move|moving|split\\w*|migrat\\w*|convert\\w*|switch\\w*|upgrad\\w*|millions?|existing|partition\\w*|shard\\w*|renam\\w*|normali[sz]\\w*|rather than",
  ),
  pair(
    "payment",
    "trials?|plans?|licen[cs]es?|memberships?|expir\\w*|due dates?|periods?|deadlines?|months?",
    "early|late|utc|time ?zones?|midnight|local time|clocks?|daylight|dst|cancel\\w*",
  ),
];
