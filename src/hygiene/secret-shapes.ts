import { isMixed, isPlaceholder, isRandom, isRandomOrHex } from "./secret-values.ts";

/** Secrets that this server does not know, by their shape. Every pattern takes time in proportion to the text. */
export type Shape = {
  readonly name: string;
  readonly pattern: RegExp;
  /** For shapes that ordinary text shares: judges the second group, and only that is replaced. */
  readonly looksReal?: (value: string) => boolean;
};

const ALONE = "(?<![A-Za-z0-9_-])";

/** Keys whose beginning nothing else has: what they begin with and what follows. */
const BEGUN: readonly (readonly [name: string, begins: string, goesOn: string])[] = [
  ["a GitHub token", "gh[oprsu]_", "[A-Za-z0-9._-]{36,}"],
  ["a GitHub token", "github_pat_", "[A-Za-z0-9_]{22,}"],
  ["an Anthropic key", "sk-ant-", "[A-Za-z0-9_-]{20,}"],
  ["an OpenRouter key", "sk-or-v1-", "[0-9a-f]{32,}"],
  ["an AWS key", "(?:AKIA|ASIA|ABIA|ACCA)", "[0-9A-Z]{16}(?![0-9A-Za-z])"],
  ["a Google key", "AIza", "[0-9A-Za-z_-]{35}"],
  ["a Google secret", "GOCSPX-", "[A-Za-z0-9_-]{20,}"],
  ["a Google token", "ya29\\.", "[A-Za-z0-9_-]{20,}"],
  ["a Slack token", "xox[abeoprs]-", "[A-Za-z0-9-]{10,}"],
  ["a Slack token", "xoxe\\.xox[bp]-", "[A-Za-z0-9-]{10,}"],
  ["a Slack token", "xapp-", "[A-Za-z0-9-]{20,}"],
  ["a Stripe key", "[rs]k_(?:live|test)_", "[A-Za-z0-9]{16,}"],
  ["a webhook secret", "whsec_", "[A-Za-z0-9+/=]{24,}"],
  ["an npm token", "npm_", "[A-Za-z0-9]{36}"],
  ["a PyPI token", "pypi-A", "[A-Za-z0-9_-]{40,}"],
  ["a RubyGems key", "rubygems_", "[0-9a-f]{40,}"],
  ["a GitLab token", "gl(?:pat|rt|dt|ptt|cbt|agent|oas|ft|imt|soat|ffct)-", "[A-Za-z0-9_-]{20,}"],
  ["a Docker token", "dckr_(?:pat|oat)_", "[A-Za-z0-9_-]{20,}"],
  ["a Hugging Face token", "hf_", "[A-Za-z0-9]{30,}"],
  ["a Replicate token", "r8_", "[A-Za-z0-9]{30,}"],
  ["a Groq key", "gsk_", "[A-Za-z0-9]{30,}"],
  ["a Perplexity key", "pplx-", "[A-Za-z0-9]{30,}"],
  ["an xAI key", "xai-", "[A-Za-z0-9]{40,}"],
  ["a SendGrid key", "SG\\.", "[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{30,}"],
  ["a Vault token", "hv[sbr]\\.", "[A-Za-z0-9_-]{20,}"],
  ["a Terraform token", "[A-Za-z0-9]{14}\\.atlasv1\\.", "[A-Za-z0-9_-]{40,}"],
  ["a DigitalOcean token", "do[opr]_v1_", "[0-9a-f]{40,}"],
  ["a Heroku key", "HRKU-", "[0-9a-fA-F-]{30,}"],
  ["a Shopify token", "shp(?:at|ca|pa|ss)_", "[0-9a-fA-F]{32}"],
  ["a Square token", "sq0[a-z]{3}-", "[A-Za-z0-9_-]{22,}"],
  ["a Linear key", "lin_(?:api|oauth)_", "[A-Za-z0-9]{30,}"],
  ["a Notion token", "ntn_", "[A-Za-z0-9]{40,}"],
  ["a Figma token", "fig[dour]_", "[A-Za-z0-9_-]{30,}"],
  ["an Atlassian token", "AT(?:ATT|CTT)3", "[A-Za-z0-9_=.-]{40,}"],
  ["a Postman key", "PMAK-", "[0-9a-f]{24}-[0-9a-f]{30,}"],
  ["a New Relic key", "NR(?:AK|II|JS|RA)-", "[A-Za-z0-9_-]{20,}"],
  ["a Sentry token", "sntry[su]_", "[A-Za-z0-9+/=_-]{40,}"],
  ["a Grafana token", "gl(?:sa|c)_", "[A-Za-z0-9+/=_-]{30,}"],
  ["a Pulumi token", "pul-", "[0-9a-f]{40}"],
  ["a Doppler token", "dp\\.(?:pt|st|ct|sa|scim|audit)\\.", "[A-Za-z0-9._-]{40,}"],
  ["a Databricks token", "dapi", "[0-9a-f]{32}"],
  ["a PlanetScale token", "pscale_(?:tkn|pw|oauth)_", "[A-Za-z0-9_.-]{30,}"],
  ["a Supabase token", "sb[ps]_", "[0-9a-f]{40}"],
  ["an Artifactory key", "AKC[a-z]?[0-9a-z]", "[A-Za-z0-9]{50,}"],
  ["a Dynatrace token", "dt0[a-z]\\d{2}\\.", "[A-Z0-9]{24}\\.[A-Z0-9]{50,}"],
  ["an EasyPost key", "EZ[AT]K", "[A-Za-z0-9]{50,}"],
  ["a Facebook token", "EAA", "[A-Za-z0-9]{50,}"],
  ["a Mailgun key", "key-", "[0-9a-f]{32}(?![0-9a-f])"],
  ["a Twilio key", "SK", "[0-9a-f]{32}(?![0-9a-f])"],
  ["an Azure secret", "[A-Za-z0-9_~.]{3}8Q~", "[A-Za-z0-9_~.-]{31,}"],
  ["an Alibaba key", "LTAI", "[A-Za-z0-9]{17,}"],
  ["a Tencent key", "AKID", "[A-Za-z0-9]{32,}"],
  ["an age key", "AGE-SECRET-KEY-1", "[0-9A-Z]{50,}"],
  ["a Telegram token", "[0-9]{8,10}:AA", "[A-Za-z0-9_-]{32,34}"],
  ["a Mailchimp key", "[0-9a-f]{32}-us", "[0-9]{1,2}(?![0-9a-z])"],
  ["a Discord token", "[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.", "[A-Za-z0-9_-]{27,}"],
];

/** Names whose values are secrets, wherever a setting, a flag, a header or an address carries them. */
const PASSWORD = "pass(?:word|wd|phrase)|pwd";
const SECRET_NAME = "secret(?:[_-]?(?:access[_-]?)?key(?:[_-]base)?)?|client[_-]?secret|(?:auth|access|refresh|api|bearer|session|id|bot|csrf|private)[_-]?token|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|private[_-]?key|auth[_-]?key|(?:encryption|signing|master|shared|admin|service)[_-]?key|credentials?|session(?:[_-]?id)?|_auth|client[_-]key[_-]data|webhook[_-]?url|connection[_-]?string"; // prettier-ignore
const GIVEN = "[\"'`]?[ \\t]{0,4}(?:=>|:=|[=:])[ \\t]{0,4}[\"'`]?";
const SIGN = "[^\\s\"'`<>,;&|)]";

export const SECRET_SHAPES: readonly Shape[] = [
  {
    name: "a private key",
    // A body has no two dashes in a row, so that where one key ends, or the next begins, the search goes on behind.
    pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?=[\s"'\\nr>|*+]{0,12}[A-Za-z0-9+/=]{4})(?:[A-Za-z0-9+/=\s\\,:.()@>|*]|-(?!-))*(?:-----END[A-Z0-9 -]{0,60})?/g, // prettier-ignore
  },
  { name: "a private key", pattern: /PuTTY-User-Key-File-\d: (?:[^\n]{0,200}\n){1,60}/g },
  ...BEGUN.map(([name, begins, goesOn]) => ({ name, pattern: new RegExp(`${ALONE}${begins}${goesOn}`, "g") })),
  { name: "an API key", pattern: new RegExp(`${ALONE}()(sk-[A-Za-z0-9_-]{20,200})`, "g"), looksReal: isMixed },
  { name: "a secret", pattern: new RegExp(`${ALONE}()(secret_[A-Za-z0-9]{30,80})`, "g"), looksReal: isRandom },
  { name: "a Vault token", pattern: /(?<![A-Za-z0-9_.-])()(s\.[A-Za-z0-9]{24})(?![A-Za-z0-9])/g, looksReal: isRandom },
  {
    name: "a webhook's address",
    pattern: /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows|triggers)|(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks|[a-z0-9-]{1,60}\.webhook\.office\.com)\/[A-Za-z0-9_/@-]{16,200}/g, // prettier-ignore
  },
  {
    name: "a JSON web token",
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8,2000}/g,
  },
  {
    name: "a password in a URL",
    pattern: /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:)([^\s/@]{3,200})(?=@)/g,
    looksReal: (value) => !isPlaceholder(value),
  },
  {
    name: "a credential in a header",
    pattern:
      /((?:authorization["']?\s{0,4}[:=]\s{0,4}["']?)?\b(?:bearer|basic|token)[ \t]{1,4})([A-Za-z0-9+/=_.~-]{16,2000})/gi,
    looksReal: isRandom,
  },
  { name: "a secret in a setting", pattern: new RegExp(`((?<!public[_-]?)(?:${SECRET_NAME})${GIVEN})(${SIGN}{12,300})`, "gi"), looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a password in a setting", pattern: new RegExp(`((?:${PASSWORD})${GIVEN})(${SIGN}{8,300})`, "gi"), looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a secret in a setting", pattern: new RegExp(`(\\b[A-Z][A-Z0-9_]{0,60}KEY${GIVEN})(${SIGN}{16,300})`, "g"), looksReal: isRandom }, // prettier-ignore
  { name: "a secret in an address", pattern: /([?&](?:sig|signature|key|code|auth)=)([A-Za-z0-9%+/=_.~-]{20,400})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a secret on a command line", pattern: new RegExp(`(--?(?:${SECRET_NAME}|${PASSWORD})[ \\t]{1,4}["']?)(${SIGN}{8,300})`, "gi"), looksReal: isRandomOrHex }, // prettier-ignore
  { name: "a secret on a command line", pattern: /((?:\s-u[ \t]{0,4}["']?[\w.@-]{1,60}:|\s-p(?=\S)))([^\s"']{8,200})/g, looksReal: isRandom }, // prettier-ignore
  { name: "a password", pattern: /(\bpassword[ \t]{1,4})([^\s"'`<>,;]{8,200})/g, looksReal: isRandom },
];
