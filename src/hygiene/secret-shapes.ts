import { borderAt, type FoundKey } from "./secret-keys.ts";
import { secretsInColumns, secretsOfManifests } from "./secret-places.ts";
import {
  areDrawn,
  isExampleKey,
  isLineOfItsOwn,
  isMixed,
  isName,
  isPlaceholder,
  isRandom,
  isRandomOrHex,
  isUsualLogin,
} from "./secret-values.ts";

/** What stands in the place of a secret. */
export const REDACTED = "[redacted]";

/** Secrets that this server does not know, by their shape. Every pattern takes time in proportion to the text. */
type Shape = {
  readonly name: string;
  readonly pattern: RegExp;
  /** Stands in no word, whatever sign or escape is before it. */
  readonly isFree?: true;
  /** For shapes that ordinary text shares: judges the second group, and only that is replaced. */
  readonly looksReal?: (value: string, before: string, after: string) => boolean;
};

/** Passes of a renderer, of a compiler and of test runs go by that word too: an address, a share, a member of something. */
const NO_PASSWORD = /^0x|::|%|^[A-Za-z]+\.[A-Z]/;

/** Whoever shows where something is, below a line about secrets, shows a name of a machine. What it is asked for may be one. */
const PLACE = /^https?:\/\/(?:[0-9a-f]{1,16}@)?[a-z0-9.-]{1,100}(?::\d{1,5})?/;

/** Names whose values are secrets, wherever a setting, a flag, a header or an address carries them. */
const PASSWORD =
  "(?<=_)pass(?![a-z])|pass(?:word|wd|phrase|wort|code|ord)|(?:store|key)pass(?![a-z])|pwd|(?<![a-z0-9])(?:bind)?pw(?![a-z])|" +
  "contrase[nñ]a|mot de passe|password di accesso|senha|wachtwoord|kennwort|has[lł]o|heslo|l[oö]senord|adgangskode|salasana|jelszó|şifre|parola|mật khẩu|" +
  "пароль|パスワード|密码|密碼|비밀번호|كلمة المرور|סיסמה";
const SECRET_NAME = "secret(?:[ _-]?(?:access[ _-]?)?key(?:[_-]?base)?)?|client[ _-]?secret|(?:auth|access|refresh|api|bearer|session|id|bot|csrf|private)[ _-]?token|token|(?<=_)pat(?![a-z])|sonar\\.login|psk|passkey|api[ ._-]?key(?:[_-](?:private|secret))?|(?:application|subscription)-key|access[ _-]?key(?:[_-]?id)?|account[_-]?key|private[ _-]?key|auth[_-]?key|(?:encryption|signing|master|shared|admin|service|validation|decryption|hmac|licen[cs]e|deploy|storage|functions|cipher)[_-]?key|(?<![a-z])(?:app|openai|routing)[_-]key|credentials?|creds|auth[_-]?ident|session(?:[_-]?id)?|connect\\.sid|_auth|(?<=[\"'])auth(?=[\"'])|client[_-]key[_-]data|webhook[_-]?url|connection[_-]?string"; // prettier-ignore
/** A quotation mark in any of its dresses, also escaped twice, and the stars of bold letters. */
const QUOTE = "(?:\\\\{0,7}[\"'`]{1,3}|&(?:quot|apos|#3[49]);|%2[27]|\\*{1,2})";
/** How a value is given to a name: a sign, a type and a sign, an argument, an element, the next line of a block. */
const SIGNS = "(?:=>|:=|\\?=|[=:]|%3[aAdD]|(?::[ \\t]?&?|[ \\t])[A-Za-z]{3,10}[ \\t]?=|(?<=[\"'`]),|\\((?=[\"'`])|>|[\"'][ \\t]value=(?=[\"'])|[ \\t]?\\||[ \\t](?:is|ist|lautet):?[ \\t]|<\\/(?:key|name)>\\s{0,20}<(?:string|value)>)"; // prettier-ignore
const BLOCK = "(?:(?:[ \\t]![\\w:/.-]{1,40})?(?:[ \\t]?[|>][-+]?[ \\t]{0,4}\\n[ \\t+>-]{1,40}|[ \\t]{0,4}\\n[ \\t]{1,40}))?"; // prettier-ignore
/** Where a driver's settings may hold any sign, a value stands in braces; a template's name looks like no secret. */
const BRACE = "(?:\\{(?=[\\w+/=.!@#%-]{8,200}\\}))?";
const GIVEN = `${QUOTE}?\\]?[ \\t]{0,4}${SIGNS}${BLOCK}${QUOTE}?[ \\t]{0,4}(?:[@$]|[bBfFrRuU]{1,2}(?=["']))?${QUOTE}?`;
const SIGN = "[^\\s\"'`<>,;&|)]";

/** Of `postgres://app:`. */
function userIn(before: string): string {
  return before.slice(before.lastIndexOf("/") + 1, -1);
}

/** The next line without a sign that a block begins: it may be the value, or the list that a sentence or a group of settings is followed by. */
const NEXT_LINE = /(?<![|>][-+]?[ \t]{0,4})\n[ \t]{1,40}`?$/;

function given(isSecret: (value: string) => boolean): NonNullable<Shape["looksReal"]> {
  return (value, before) => isSecret(value) && !(NEXT_LINE.test(before) && isLineOfItsOwn(value));
}

const SECRET_SHAPES: readonly Shape[] = [
  {
    name: "a private key",
    // A body has no two dashes in a row, so that where one key ends, or the next begins, the search goes on behind.
    pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?=[\s"'\\nr>|*+]{0,12}[A-Za-z0-9+/=]{4})(?:[A-Za-z0-9+/=\s\\,:.()@>|*]|["'`][ \t]{0,8}[+,.&]?[ \t\\]{0,8}\r?\n[+>-]?[ \t]{0,40}["'`]|-(?!-))*(?:-----END[A-Z0-9 -]{0,60})?/g, // prettier-ignore
  },
  {
    name: "a private key",
    // The first bytes of each kind, for a key whose first line was cut off.
    pattern: /(?<![A-Za-z0-9+/=])(?:MII[A-Za-z0-9+/]{2,5}(?:IBAAK|IBADANBgkq|IBAzC)|MHcCAQEE|MC4CAQAwBQYDK2Vw|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/=\s>]{16,}(?:-----END[A-Z0-9 -]{0,60})?/g, // prettier-ignore
  },
  { name: "a private key", pattern: /-----BEGIN OpenVPN Static key V\d-----[0-9a-f\s>+-]{32,2000}?(?:-----END[A-Za-z0-9 -]{0,60}|(?![0-9a-f\s>+-]))/g }, // prettier-ignore
  { name: "a private key", pattern: /(signify secret key\s{1,9}[>+ ]{0,9})(RW[A-Za-z0-9+/]{80,}={0,2})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a private key", pattern: /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----(?:[^-]|-(?!---)){16,8000}(?:---- END[A-Z0-9 -]{0,60})?/g }, // prettier-ignore
  {
    name: "a private key",
    // Parts of a JSON web key; `n`, `x` and `y` are public.
    pattern: /("(?:d|dp|dq|qi|k)"\s{0,4}:\s{0,4}")([A-Za-z0-9_-]{40,1000})(?=")/g,
    looksReal: isRandom,
  },
  { name: "a private key", pattern: /PuTTY-User-Key-File-\d: (?:[^\n]{0,200}\n){1,60}/g },
  { name: "an API key", isFree: true, pattern: /()(sk-[A-Za-z0-9_-]{20,200})/g, looksReal: isMixed },
  { name: "a Voyage key", isFree: true, pattern: /()(pa-[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/g, looksReal: isRandom },
  { name: "a secret", isFree: true, pattern: /()(secret_[A-Za-z0-9]{30,80})/g, looksReal: isRandom },
  { name: "a key", pattern: /(?<![A-Za-z0-9_-])()((?:sk|pat|tok|sess|key|api|rt)_[A-Za-z0-9]{24,100})(?![A-Za-z0-9_])/g, looksReal: (value) => isMixed(value) && !isName(value) }, // prettier-ignore
  { name: "a Vault token", pattern: /(?<![A-Za-z0-9_.-])()(s\.[A-Za-z0-9]{24})(?![A-Za-z0-9])/g, looksReal: isRandom },
  {
    name: "a webhook's address",
    pattern: /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows|triggers)|(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks|hooks\.zapier\.com\/hooks\/catch|[a-z0-9-]{1,60}\.webhook\.office\.com|open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook|maker\.ifttt\.com\/trigger|hook\.[a-z]{2}\d\.make\.com)\/[A-Za-z0-9_/@-]{14,200}/g, // prettier-ignore
  },
  {
    name: "a webhook's address",
    pattern: /https:\/\/qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=[0-9a-f-]{36}/g,
  },
  {
    name: "a webhook's address",
    pattern: /(https:\/\/[\w.-]{1,100}\/hooks\/)([a-z0-9]{26})(?![A-Za-z0-9_-])/g,
    looksReal: isRandom,
  },
  { name: "a key in an address", pattern: /((?:https?|wss?):\/\/(?!(?:www|docs?|blog|dashboard)\.)[a-z0-9.-]{1,80}?\.(?:alchemy\.com|alchemyapi\.io|infura\.io|quiknode\.pro|ankr\.com)\/(?:[a-z0-9_]{1,20}\/){0,3})([A-Za-z0-9_-]{24,80})(?![A-Za-z0-9_-])/g, looksReal: (value) => isRandomOrHex(value) && !isName(value) }, // prettier-ignore
  { name: "a link that lets somebody in", pattern: /(\/(?:(?:reset|verify|confirm|magic|activate|invit)[a-z_-]{0,20}|password[_-]reset)\/)([A-Za-z0-9_-]{24,300})(?![A-Za-z0-9_.-])/g, looksReal: (value) => isMixed(value) && !isName(value) }, // prettier-ignore
  {
    name: "a Stytch secret",
    isFree: true,
    pattern: /()(secret-(?:live|test)-[A-Za-z0-9_-]{30,100}={0,2})/g,
    looksReal: isMixed,
  },
  {
    name: "a Mollie key",
    isFree: true,
    pattern: /()((?:live|test)_[A-Za-z0-9]{30})(?![A-Za-z0-9_])/g,
    looksReal: (value) => isMixed(value) && !isName(value.slice("live_".length)),
  },
  { name: "an Ably key", pattern: /((?<![A-Za-z0-9_.-])[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{6}:)([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/g, looksReal: isMixed }, // prettier-ignore
  {
    name: "a Backblaze key",
    isFree: true,
    pattern: /()(K00[0-9][A-Za-z0-9+/]{27})(?![A-Za-z0-9+/=_-])/g,
    looksReal: isMixed,
  },
  {
    name: "a JSON web token",
    isFree: true,
    pattern: /eyJ[A-Za-z0-9_-]{8,4000}\.[\s>+]{0,12}eyJ[A-Za-z0-9_-]{8,8000}\.[\s>+]{0,12}[A-Za-z0-9_-]{8,2000}/g,
  },
  {
    name: "an encrypted JSON web token",
    isFree: true,
    pattern:
      /eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,2000}\.[A-Za-z0-9_-]{8,64}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{16,64}/g,
  },
  {
    name: "a password in a URL",
    pattern: /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:)([^\s/@]{3,200})(?=@)/g,
    looksReal: (value, before, after) => !isPlaceholder(value) && !isUsualLogin(userIn(before), value, after),
  },
  {
    name: "a password in a URL",
    // With signs that should have been encoded; what follows a port is a path.
    pattern:
      /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:)(?!\d{1,5}[/?#])([^\s"'<>()]{8,200})(?=@[a-z0-9])/gi,
    looksReal: isRandomOrHex,
  },
  { name: "a token in a URL", pattern: /((?<![a-z0-9+.-])https?:\/\/)([A-Za-z0-9_-]{20,200})(?=@[a-z0-9])/gi, looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a password in a URL", pattern: /((?<![\w.-])[\w.-]{1,60}:)([^\s:@/"'`]{8,200})(?=@(?:tcp|unix)\()/g, looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a password in a URL", pattern: /(jdbc:oracle:[a-z]{1,10}:[\w.-]{1,60}\/)([^\s@/"']{8,200})(?=@)/g, looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a password of PostgreSQL", pattern: /(^[\w.*-]{1,200}:(?:\d{2,5}|\*):[\w*-]{1,60}:[\w*-]{1,60}:)(\S{8,200})$/gm, looksReal: isRandom }, // prettier-ignore
  {
    name: "a credential in a header",
    pattern:
      /((?:authorization["']?\s{0,4}[:=]\s{0,4}["']?)?\b(?:bearer|basic|token|ssws|apikey|api-key)[ \t]{1,4})([A-Za-z0-9+/=_.~-]{16,2000})/gi,
    looksReal: isRandom,
  },
  {
    name: "a credential in a header",
    // Some are a number like any other, but here it is said what they are.
    pattern:
      /(\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:bearer|basic|token|splunk|apikey|geniekey)[ \t]{1,4}(?:token=)?["']?)([A-Za-z0-9+/=_.~-]{16,2000})/gi,
    looksReal: isRandomOrHex,
  },
  { name: "a credential in a header", pattern: /(\bGenieKey[ \t]{1,4})([0-9a-f-]{36})/g },
  {
    name: "a secret in a setting",
    pattern: /(\bmaster\.key["'`*:)]{0,4}\s{1,4})([0-9a-f]{32})(?![0-9a-z])/g,
    looksReal: isRandomOrHex,
  },
  { name: "a secret in a setting", pattern: new RegExp(`((?<!public[_-]?)(?:${SECRET_NAME})${GIVEN})(${SIGN}{12,300})`, "gi"), looksReal: given(isRandomOrHex) }, // prettier-ignore
  { name: "a secret in a setting", pattern: new RegExp(`((?<![a-z])auth(?=[ \\t]?[:=])${GIVEN})([A-Za-z0-9+/=_.~-]{12,300})(?![A-Za-z0-9+/=_.~@:(-])`, "gi"), looksReal: given((value) => isMixed(value) && !/^sha\d{3}-/.test(value)) }, // prettier-ignore
  { name: "a password in a setting", pattern: new RegExp(`((?:${PASSWORD})${GIVEN}${BRACE})(${SIGN}{8,300})`, "gi"), looksReal: given(isRandomOrHex) }, // prettier-ignore
  { name: "a secret in a setting", pattern: new RegExp(`(\\b[A-Z][A-Z0-9_]{0,60}KEY${GIVEN})(${SIGN}{16,300})`, "g"), looksReal: given(isRandom) }, // prettier-ignore
  { name: "a secret in an address", pattern: /([?&](?:sig|[sS]ignature|key|code|auth)=)([A-Za-z0-9%+/=_.~-]{20,400})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a secret on a command line", pattern: new RegExp(`(--?(?:${SECRET_NAME}|${PASSWORD})[ \\t]{1,4}["']?)(${SIGN}{8,300})`, "gi"), looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a secret on a command line", pattern: /((?:\s(?:-u|--user)[ \t=]{0,4}["']?[\w.@-]{1,60}[:,]|\s-p(?=\S)["']?|\b(?:login|sshpass|mysql\w{0,10}|snowsql|sqlcmd|bcp|zip)\s(?:[^\n&|;-]|-(?![pP][ \t])){0,100}-[pP][ \t]{1,4}["']?))([^\s"']{8,200})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a secret in a setting", pattern: new RegExp(`(\\b[A-Z][A-Z0-9_]{0,60}(?:TOKEN|SECRET|PASSWORD|KEY)[ \\t]{1,4}["']?)(${SIGN}{12,300})`, "g"), looksReal: isRandom }, // prettier-ignore
  { name: "a secret on a command line", pattern: new RegExp(`(\\b(?!(?:[a-z0-9]{1,20}_){0,4}(?:public|publishable|site|host|primary|foreign|sort|cache|idempotency|object|deploy)_key\\b)(?:[a-z0-9]{1,20}_){1,4}(?:key|secret|token|password)[ \\t]{1,4}["']?)(${SIGN}{20,300})`, "g"), looksReal: isMixed }, // prettier-ignore
  { name: "a secret on a command line", pattern: /(\b(?:redis-cli|ldap[a-z]{3,10})\s(?:[^\n-]|-(?![aw]\s)){0,150}-[aw][ \t]{1,4}["']?)([^\s"']{8,200})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a secret on a command line", pattern: /((?:\bnet user [\w.-]{1,60} |\b_authToken |\bsecurity add-[a-z]{3,10}-password\s(?:[^\n-]|-(?!w\s)){0,150}-w |\s-U[ \t]{0,2}[\w.\\/-]{1,60}%))([^\s"']{8,200})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a secret on a command line", pattern: /(\b(?:[tT]oken|[pP]assword)[ \t]{1,2}["'])([^\s"'`]{16,200})(?=["'])/g, looksReal: isMixed }, // prettier-ignore
  { name: "a password in a setting", pattern: /([{,][ \t]{0,4}["']?pass["']?:[ \t]{0,4}["'])([^\s"']{8,200})(?=["'])/g, looksReal: isRandom }, // prettier-ignore
  { name: "a secret on a command line", pattern: /(--password-stdin[^\n<]{0,60}<<<[ \t]{0,4}["']?)([^\s"']{8,200})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a secret on a command line", pattern: /(\becho[ \t]{1,4}["']?)([^\s"'|]{8,200})(?=["']?[ \t]{0,4}\|[^\n]{0,80}--password-stdin)/g, looksReal: isRandom }, // prettier-ignore
  { name: "a secret in code", pattern: /(\bConvertTo-SecureString[ \t]{1,4}(?:-String[ \t]{1,4})?["'])([^\s"']{8,200})(?=["'])/gi, looksReal: isRandomOrHex }, // prettier-ignore
  // A user's name and a password, one after the other.
  { name: "a password in code", pattern: /(\b(?:NetworkCredential|(?:HTTP)?Basic_?Auth|SetBasicAuth|auth=|PDO|getConnection|mysqli(?:_connect)?)\([^\n()]{0,120},[ \t]{0,4}["'])([^\s"']{8,200})(?=["'][ \t]{0,4}[,)])/gi, looksReal: isRandom }, // prettier-ignore
  {
    name: "a session's cookie",
    pattern: /(\t\/[^\t\n]{0,200}\t(?:TRUE|FALSE)\t\d{1,12}\t[^\t\n]{1,100}\t)([^\s"']{16,2000})(?=\s|$)/g,
    looksReal: isRandom,
  },
  { name: "a session's cookie", pattern: /((?<![\w-])(?:[\w.-]{0,20}(?:sess|session)|sid|phpsessid|jsessionid|remember_token)=)([A-Za-z0-9%+/=_.~-]{20,2000})/gi, looksReal: isRandom }, // prettier-ignore
  { name: "a secret in a setting", pattern: /(\bvariable[ \t]{1,4}"[\w-]{0,60}(?<![a-z])(?:password|secret|token|(?:api)?key)(?![a-z])[\w-]{0,60}"[ \t]{0,4}\{[^{}]{0,300}?\bdefault[ \t]{0,20}=[ \t]{0,4}")([^"\s]{8,200})(?=")/gi, looksReal: isRandom }, // prettier-ignore
  { name: "a secret in a setting", pattern: /("(?:github|gitlab|bitbucket)-(?:oauth|token)"\s{0,8}:\s{0,8}\{\s{0,20}"[\w.:-]{1,100}"\s{0,8}:\s{0,8}")([A-Za-z0-9_-]{20,200})(?=")/g, looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a secret on a command line", pattern: /((?:(?<!\bcreate (?:configmap|cm) [^\n]{0,300})--from-literal[= ][\w.-]{1,60}=|\b(?:gh secret set [^\n]{1,80}?(?:--body|-b)[ =]|(?:flyctl|fly|supabase|doppler) secrets? set [\w-]{1,60}=|htpasswd -[a-zA-Z]{0,6}b[a-zA-Z]{0,6} \S{1,100} \S{1,60} |openssl enc [^\n]{1,80}? -k |x11vnc [^\n]{0,60}?-passwd ))["']?)([^\s"']{8,200})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a password in a setting", pattern: /(^[ \t+-]{0,40}pass(?::[ \t]|[ \t]=[ \t])[ \t]{0,3}["']?)([^\s"'/]{8,200})(?=["']?$)/gm, looksReal: (value) => isRandom(value) && !NO_PASSWORD.test(value) }, // prettier-ignore
  { name: "a secret in a setting", pattern: new RegExp(`((?:${SECRET_NAME}|${PASSWORD})[*_:]{0,5}[ \\t]{0,4}\\n{1,2}[>\\t ]{0,8}\`{3}[a-z]{0,12}\\n[>\\t ]{0,8})(${SIGN}{12,300})(?=\\n)`, "gi"), looksReal: (value) => isRandomOrHex(value.replace(PLACE, "")) }, // prettier-ignore
  { name: "a password", pattern: /(\b(?:password|bindpw|[pP][wW]|(?:psk|PSK)|r[ow]community|secret \d{1,2})[ \t]{1,4}["']?)([^\s"'`<>,;]{8,200})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a password", pattern: /(\b(?:(?:log|sign)[ -]?in (?:as|with) [^\n/]{1,60} \/ |(?:login|credentials|creds):? [\w.@-]{1,60} ?\/ ?))(?!https?:)([^\s"'`<>,;]{8,200})/gi, looksReal: isMixed }, // prettier-ignore
  { name: "a secret on a command line", pattern: /((?:\bhttps? -a[ \t]{1,4}[\w.@-]{1,60}|-pass(?:in|out)?[ \t]{1,4}pass|::add-mask:):)([^\s"']{8,200})/g, looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a secret in a setting", pattern: /(\bBUNDLE_[A-Z0-9_]{1,100}:[ \t]{0,4}["']?[\w.@-]{1,60}:)([^\s"']{8,200})/g, looksReal: isRandom }, // prettier-ignore
  // The argument of what signs, or that a signature is checked with.
  { name: "a secret in code", pattern: /((?:\b(?:jwt|jws|jsonwebtoken)\.(?:sign|verify|encode|decode)|\b(?:createHmac|hash_hmac|createCipheriv))\([^\n]{1,80}?,[ \t]{0,4}["'])([^\s"']{12,200})(?=["'])/g, looksReal: isRandom }, // prettier-ignore
  { name: "a signed address", pattern: /([?&]X-(?:Amz|Goog)-Signature=)([0-9a-f]{64,512})/g, looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a wallet's key", pattern: /(?<![A-Za-z0-9+/=_-])()(5[HJK][1-9A-HJ-NP-Za-km-z]{49}|[KL][1-9A-HJ-NP-Za-km-z]{51})(?![A-Za-z0-9+/=_-])/g, looksReal: isMixed }, // prettier-ignore
  { name: "a wallet's words", pattern: /((?:(?:seed|recovery|secret|mnemonic)[ _-]?phrase|\bmnemonic)["']?[ \t]{0,4}[:=][ \t]{0,4}["'`]?)((?:[a-z]{3,8} ){11,23}[a-z]{3,8})(?![a-z])/gi, looksReal: areDrawn }, // prettier-ignore
];

/** @returns where each secret stands that has one of the shapes, without the name in front of it */
export function shapesIn(text: string): FoundKey[] {
  const shaped = SECRET_SHAPES.flatMap(({ name, pattern, isFree, looksReal }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [all, before = "", value = all] = match;
      if (isFree && borderAt(text, match.index) === "word") return [];
      // What was taken out before, or only says so, neither hides nor excuses what stands beside it.
      const bare = value.replaceAll(REDACTED, "");
      const to = match.index + all.length;
      if (bare === "" || !(looksReal ? looksReal(bare, before, text.slice(to)) : !isExampleKey(bare))) return [];
      return [{ name, from: match.index + (looksReal ? before.length : 0), to }];
    }),
  );
  return [...shaped, ...secretsInColumns(text), ...secretsOfManifests(text)];
}
