/** Whether a value that stands where secrets stand is one. Names, references and examples stand there as well. */

/** Numbers that stand in standards and manuals, and those of one digit. */
const KNOWN_NUMBER = /^(?:QWxhZGRpbjpvcGVuIHNlc2FtZQ==|123e4567-e89b-12d3-a456-426614174000|550e8400-e29b-41d4-a716-446655440000|f81d4fae-7dec-11d0-a765-00a0c91e6bf6|([0-9a-f])\1{7}(?:-\1{4}){3}-\1{12})$/i; // prettier-ignore

/** `user:password@host` in an example is not a leak. */
export function isPlaceholder(value: string): boolean {
  return KNOWN_NUMBER.test(value) || /^(?:\*+|x+|\.+|pass(?:word|wd)?[\]})]{0,3}|abc|xyz|secret|token|user|pw|pwd|changeme|example|your.*|my_?(?:secret|password)|some_?(?:secret|password)|postgres|guest|root|admin|test|foo|bar|baz|qux|hunter2|passw0rd|anonymous|anoncvs|redacted|pserver:\w{1,20}|<.*|\$.*|\{.*|%[^0-9a-f].*)$/i.test(value); // prettier-ignore
}

/** `mypassword`, `db_pass123`, `secret-here`. */
const NAMED_PASSWORD = /^(?:(?:my|db|your|some|the|test|dev|super|app|local|admin|user|root)[_-]?)?(?:secret|pass(?:word|wd)?|pw|pwd|token)(?:[_-]?(?:here|1|12|123|1234))?$/i; // prettier-ignore

/** A name of one word is a container's, a neighbour's or a variable's; the others are this machine, private networks and names of manuals. */
const NEAR = /^(?:(?!0x)[\w-]*[a-z_][\w-]*|\$\w{1,60}|\$?\{[\w.]{1,80}\}|%s|<[\w-]{1,60}>|\[::1\]|0\.0\.0\.0|(?:127|10)(?:\.\d{1,3}){3}|(?:192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}|(?:[\w-]{1,63}\.){0,9}(?:example\.(?:com|org|net)|example|test|invalid|local|localhost|docker\.internal))$/i; // prettier-ignore
const PORT = /:(?:\d{1,5}|\$\w{1,60}|\$?\{[\w.]{1,80}\}|%[ds])$/;
const AUTHORITY = /^@([^\s/?#"'`*|);\\]{1,300})(?=[\s/?#"'`*|);\\]|$)/;

/** Also of several, which some databases have one after the other. */
function isNear(after: string): boolean {
  const hosts = (AUTHORITY.exec(after)?.[1] ?? "").split(",").filter((one) => one !== "");
  return hosts.length > 0 && hosts.every((one) => NEAR.test(one.replace(/[.:]$/, "").replace(PORT, "")));
}

/**
 * `app:app`, or a password that says what it is: what a developer's machine has, and a manual. On a host that others reach it is a
 * password like any other, and a bad one.
 * @param after what follows the password, from the `@`
 */
export function isUsualLogin(user: string, password: string, after: string): boolean {
  const isNamedAlike = /^[a-z][a-z_-]{1,30}$/i.test(user) && user.toLowerCase() === password.toLowerCase();
  return (isNamedAlike || NAMED_PASSWORD.test(password)) && isNear(after);
}

const FILE_NAME = /^(?:[\w.@+-]{1,100}\/){1,20}[\w@+-]{1,100}(?:\.[\w@+-]{1,100}){0,5}\.[a-z]{1,8}(?![A-Za-z0-9])/;
const FOLDERS = /^(?:\.{1,2}\/|\/[a-z]{1,20}\/|(?:[a-z][a-z0-9_-]{0,60}\/){2})/;
/** What is drawn in hexadecimal digits has 32 or 64 of them. */
const COMMIT = /^(?:[0-9a-f]{7,16}|[0-9a-f]{40})[.:,]?$/;
const MEMBER = /^[A-Za-z_$]{1,60}\d{0,3}(?:(?:\?|\[\w{1,60}\])?\.[A-Za-z_$#]|\[|\()/;
/** The name of a setting, a date, an advisory. */
const NAMED = /^(?:[\w.-]{1,100}:$|\d{4}-\d\d-\d\d|(?:GHSA|CVE)-)/;

/** What stands on the next line below `the wrong token:` or `const session =` as well: an address, a path, a commit, a member of something. */
export function isLineOfItsOwn(value: string): boolean {
  return /^https?:\/\//.test(value) || [FILE_NAME, FOLDERS, COMMIT, MEMBER, NAMED].some((one) => one.test(value));
}

/** What stands for any letter, over and over, as in `glpat-XXXXXXXXXXXXXXXXXXXX`. */
const RUN = /([xX0])\1{7,}/g;
const SAYS_EXAMPLE = /(?<![A-Za-z0-9])(?:your|my|insert|replace|enter|example|dummy|fake|sample|placeholder|redacted|here|todo)(?![A-Za-z0-9])/gi; // prettier-ignore
/** Of what is left, so much may be no word: a whole key with such a word behind it is a key, in pieces too. */
const DRAWN_CHARS_MAX = 10;
const PLAIN_PART = /^(?:[a-z]{2,}|[A-Z]{2,}|[A-Z][a-z]{2,}|api\d\d)$/;

/** What a manual writes to show where a key stands, and how long it is. */
export function isExampleKey(value: string): boolean {
  const rest = value.replace(RUN, "-").replace(SAYS_EXAMPLE, "-");
  if (rest === value) return false;
  const drawn = rest.split(/[^A-Za-z0-9]+/).filter((part) => !PLAIN_PART.test(part));
  return drawn.join("").length < DRAWN_CHARS_MAX;
}

/** Bits for each character below which a value is a word, a path or a constant rather than a secret. */
const ENTROPY_MIN = 2.8;
/** Shorter than this, what stands before a template is a prefix or a folder. */
const FIXED_CHARS_MIN = 16;
const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

export function isRandom(value: string): boolean {
  return !HASH.test(value) && isRandomOrHex(value);
}

/** A commit or a checksum looks like a key in hexadecimal; behind the word `secret` it is none. */
export function isRandomOrHex(value: string): boolean {
  // A template behind a whole key does not make a reference of the key.
  const [fixed = ""] = value.split(/\$\{|\{\{/, 1);
  if (fixed !== value && fixed.length >= FIXED_CHARS_MIN) return isMixed(fixed) && isRandomOrHex(fixed);
  if (isPlaceholder(value) || NAMED_PASSWORD.test(value) || isReference(value) || isCounted(value) || isMadeUp(value))
    return false;
  if (!/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  return entropyBits(value) >= ENTROPY_MIN && value.split(/[^A-Za-z0-9]+/).some((part) => !isWordlike(part));
}

/** `0123456789abcdef`: what tests write where a key has to have some length. No sign stands in it twice. */
function isCounted(value: string): boolean {
  const goOn = [...value].filter((char, at) => at > 0 && char.charCodeAt(0) === value.charCodeAt(at - 1) + 1).length;
  return goOn >= (value.length - 1) * 0.7 && new Set(value).size === value.length;
}

/** Slugs such as `sk-learn-compatible-estimators` have no capitals or no digits. */
export function isMixed(value: string): boolean {
  const isOfAll = /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value);
  return isOfAll && value.split(/[^A-Za-z0-9]+/).some((part) => !isWordlike(part));
}

/** Where a secret is kept, and not the secret: a variable, a call, a template. */
function isReference(value: string): boolean {
  return /^(?:arn:|process\.|os\.|env\.|secrets\.|config\.|this\.|self\.|vars\.|var\.|data\.|[$<{%\\])|^[A-Za-z_][\w.]*\(|\$\{|\{\{|\.(?:get|env|value|token|key|secret)\b/.test(value); // prettier-ignore
}

/** Names of curves have the digits that make a word look drawn: `Ed25519PublicKey`. */
const CURVE = /(?:Ed|X|Curve)(?:25519|448)/g;

/** A name has a few numbers in it: `UTF8ToUTF16LE`. */
const NUMBERS_MAX = 4;

/** `lastModifiedDate2024`, `ARCHIVE`, `v2`: words, with at most a number behind them. */
function isWordlike(whole: string): boolean {
  const part = whole.replace(CURVE, "");
  if ((part.match(/\d+/g)?.length ?? 0) > NUMBERS_MAX) return false;
  return part.length < 6 || isOfWords(part) || /^(?:[A-Za-z]?[a-z]*(?:[A-Z][a-z]+)*|[A-Z]+)\d{0,8}$/.test(part) || /^[a-z]*(?:[A-Z][a-z]{2,}|[A-Z]{1,5}\d{1,4})+$/.test(part) || /^\d+[a-z]{0,3}$/i.test(part); // prettier-ignore
}

/**
 * `ReadUint16LengthPrefixed`: words of four letters on the average, and one short number at most. In a secret, capitals and
 * digits follow sooner, and passwords that people make have a year or two numbers.
 */
const WORD_CHARS_MIN = 4;

function isOfWords(part: string): boolean {
  const words = part.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return (
    /[a-z]/.test(part) &&
    /[A-Z]/.test(part) &&
    !/\d{3}|\d\D+\d/.test(part) &&
    part.length / words.length >= WORD_CHARS_MIN
  );
}

function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** Words drawn by lot: hardly two alike, and none of those that only join others to a sentence, which no list of wallets has. */
export function areDrawn(value: string): boolean {
  const words = value.toLowerCase().split(" ");
  return (
    new Set(words).size > words.length / 2 &&
    !words.some((one) => /^(?:the|and|for|your|are|from|with|has|does|not|its|our)$/.test(one))
  );
}

/** Part of a value that whole words make up. Of random ones with 24 characters one in a hundred has so many. */
const WORDS_PART_MIN = 0.5;
const ALPHABET = /abcdefgh|12345678/i;
const WORD = /[A-Z][a-z]{2,}|[a-z]{4,}|[A-Z]{6,}/g;
/** Without a vowel, or with sounds that no word has side by side. */
const UNSPOKEN = /^[^aeiouy]+$|[^aeiouy]{5}|^[^aeiouy]{4}|[jqvxz]{2}|q[^u]|[bcdfghjkpqvwxz][jqxz]|[jqv]$/i;

/** `X509CertificateChainVerifierImpl2`: a name of code, of a page or of a test, at a place where secrets stand as well. */
export function isName(value: string): boolean {
  const words = (value.match(WORD) ?? []).filter((word) => !UNSPOKEN.test(word));
  return ALPHABET.test(value) || words.join("").length >= value.length * WORDS_PART_MIN;
}

/** `PersonalAccessToken01245678900000000`: words, filled up with naughts to the length of a key. */
const FILLED_UP = /^(?:[a-z]{2,8}_)?([A-Za-z]{12,80})\d{0,9}0{8}$/;
/** Of the letters, so much are words. */
const MADE_UP_PART_MIN = 0.9;

export function isMadeUp(value: string): boolean {
  const letters = FILLED_UP.exec(value)?.[1] ?? "";
  const words = (letters.match(/[A-Z]?[a-z]{3,}/g) ?? []).filter((word) => !UNSPOKEN.test(word));
  return letters !== "" && words.join("").length >= letters.length * MADE_UP_PART_MIN;
}
