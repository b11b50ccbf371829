/** Secrets that this server does not know, by their shape. */
type Shape = {
  readonly name: string;
  readonly pattern: RegExp;
  /** For shapes that ordinary text shares: judges the second group, and only that is replaced. */
  readonly looksReal?: (value: string) => boolean;
};

const ALONE = "(?<![A-Za-z0-9_-])";

export const SECRET_SHAPES: readonly Shape[] = [
  { name: "a private key", pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,20000}?(?:-----END[A-Z -]*|$)/g },
  { name: "a GitHub token", pattern: /gh[oprsu]_[A-Za-z0-9._-]{36,}/g },
  { name: "a GitHub token", pattern: /github_pat_[A-Za-z0-9_]{22,}/g },
  { name: "an Anthropic key", pattern: /sk-ant-[A-Za-z0-9_-]{20,}/g },
  { name: "an API key", pattern: new RegExp(`${ALONE}()(sk-[A-Za-z0-9_-]{20,})`, "g"), looksReal: isMixed },
  { name: "an AWS key", pattern: new RegExp(`${ALONE}(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])`, "g") },
  { name: "a Google key", pattern: new RegExp(`${ALONE}AIza[0-9A-Za-z_-]{35}`, "g") },
  { name: "a Slack token", pattern: new RegExp(`${ALONE}xox[abeoprs]-[A-Za-z0-9-]{10,}`, "g") },
  { name: "a Stripe key", pattern: new RegExp(`${ALONE}[rs]k_live_[A-Za-z0-9]{16,}`, "g") },
  { name: "an npm token", pattern: new RegExp(`${ALONE}npm_[A-Za-z0-9]{36}`, "g") },
  { name: "a GitLab token", pattern: new RegExp(`${ALONE}glpat-[A-Za-z0-9_-]{20,}`, "g") },
  { name: "a Hugging Face token", pattern: new RegExp(`${ALONE}hf_[A-Za-z0-9]{30,}`, "g") },
  { name: "a JSON web token", pattern: /eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g },
  {
    name: "a password in a URL",
    pattern: /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,100}:)([^\s/@]{3,200})(?=@)/g,
    looksReal: isNotPlaceholder,
  },
  {
    name: "a secret in a setting",
    pattern:
      /(\b[A-Z][A-Z0-9_]{0,60}(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)["']?[ \t]{0,4}[=:][ \t]{0,4}["']?)([A-Za-z0-9+/=_.~!@#%^&*-]{16,})/g,
    looksReal: isRandom,
  },
];

/** Slugs such as `sk-learn-compatible-estimators` have no capitals or no digits. */
function isMixed(value: string): boolean {
  return /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value);
}

/** `user:password@host` in an example is not a leak. */
function isNotPlaceholder(value: string): boolean {
  return !/^(?:\*+|x+|\.+|pass(?:word)?|secret|token|user|pw|changeme|example|postgres|<.*|\$.*|\{.*|%.*)$/i.test(
    value,
  );
}

/** Bits for each character below which a value is a word, a path or a constant rather than a secret. */
const ENTROPY_MIN = 3.5;

function isRandom(value: string): boolean {
  if (!/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  const isHash = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(value);
  const isReference = /^(?:process\.env|os\.environ|env\.|secrets\.)/.test(value) || value.includes("/");
  return !isHash && !isReference && entropyBits(value) >= ENTROPY_MIN;
}

function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
