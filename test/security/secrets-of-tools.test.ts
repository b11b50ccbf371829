import { describe, expect, it } from "@jest/globals";
import { guardText } from "../../src/hygiene/redact.ts";

/** Secrets as command lines, settings and code of single tools have them, and behind other languages' words. */
const R = "a8Kd93jfQw72LmZx0PqR5tYv";
const H = "0123456789abcdef";
const HEX = "81487fa93f37810b7d32ae7136aa1b2abddb2a75";
const UUID = "9e33a553-59c7-9434-8991-27e87f761dc3";
const GH = `ghp_${R}B6nM1cXs9Wz3`;
const AWS = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ9tKm2vLp";
const XPRV = "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi"; // prettier-ignore

const COMMANDS = [
  `lftp -u bob,${R} sftp://x`,
  `http -a bob:${R} x`,
  `openssl rsa -passin pass:${R}`,
  `zip -P ${R} a.zip b`,
  `keytool -storepass ${R} -list`,
  `jarsigner -keypass ${R} x`,
  `az login --service-principal -u a -p ${R} --tenant t`,
  `snowsql -a x -u b -p ${R}`,
  `aws configure set aws_secret_access_key ${AWS}`,
  `::add-mask::${R}`,
  `openssl enc -aes-256-cbc -k ${R}`,
  `htpasswd -b .htpasswd user ${R}`,
  `gh secret set DEPLOY_KEY --body "${R}"`,
  `kubectl create secret generic x --from-literal=api=${R}`,
  `fly secrets set COOKIE=${R}`,
  `x11vnc -display :0 -passwd ${R}`,
  `sonar-scanner -Dsonar.login=${HEX}`,
  `curl -H "Ocp-Apim-Subscription-Key: ${HEX}" x`,
  `curl -H "DD-APPLICATION-KEY: ${HEX}" x`,
  `Authorization: Splunk ${UUID}`,
  `Authorization: token ${HEX}`,
  `https://conda.anaconda.org/t/ta-${UUID}/x`,
];
const SETTINGS = [
  `<server><id>x</id><password>{${R}=}</password></server>`,
  `BUNDLE_GEMS__X__ORG: "bob:${R}"`,
  `npmAuthIdent: "bob:${R}"`,
  `vault_password: !vault |\n  ${R}`,
  `app.config["SECRET_KEY"] = "${R}"`,
  `$cfg['blowfish_secret'] = '${R}';`,
  `Driver={X};Server=h;Uid=b;Pwd={${R}};`,
  `bindpw ${R}`,
  `rocommunity ${R}`,
  `enable secret 5 ${R}`,
  `: PSK "${R}"`,
  `creds: bob:${R}`,
  `auth: ${R}`,
  `pw=${R}`,
  `pass = ${R}`,
  `MJ_APIKEY_PRIVATE=${HEX}`,
  `variable "db_password" {\n  default = "${R}"\n}`,
  `{"github-oauth": {"github.com": "${HEX}"}}`,
  `passcode: ${R}`,
  `private key: 0x${H.repeat(4)}`,
];
const CODE = [
  `jwt.sign(payload, "${R}")`,
  `crypto.createHmac("sha256", "${R}")`,
  `https://b.s3.amazonaws.com/k?X-Amz-Date=1&X-Amz-Signature=${H.repeat(4)}`,
];
const WALLETS = [
  "5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss",
  XPRV,
  "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5",
  "seed phrase: abandon ability able about above absent absorb abstract absurd abuse access accident",
];
const WORDS = ["hasło", "heslo", "lösenord", "şifre", "비밀번호", "كلمة المرور", "סיסמה", "password di accesso", "Kennwort"].map((word) => `${word}: ${R}`); // prettier-ignore
const SENTENCES = [`Log in as bob / ${R}`, `It is user bob, pw ${R}`];
const LETTERS = ["\u2009", "/", "\u202f"].map((between) => [...GH].join(between));

describe("a secret of somebody else is found", () => {
  it.each([...COMMANDS, ...SETTINGS, ...CODE, ...WALLETS, ...WORDS, ...SENTENCES, ...LETTERS])("%s", (text) => {
    const { text: guarded, found } = guardText(`see this:\n${text}\n`, []);
    const secret = [R, AWS, H.repeat(4), HEX, UUID].find((one) => text.includes(one)) ?? text.slice(-20);
    expect(found.length).toBeGreaterThan(0);
    expect(guarded).not.toContain(secret);
  });
});

describe("and what only looks like one passes", () => {
  it.each([
    "zip -P src/a.zip and cp -p README2.md",
    "https -a and http -a all",
    'const secret = "0123456789abcdefghijklmnopqrstuv"',
    'o.Cookie.Secret = "0123456789abcdef"',
    "redis://[USER[:PASSWORD]@]HOST[:PORT]",
    'createTestMasterKey("arn:gcp:kms:antartica-north-2::key/45e6-aca6-a5b005693a48")',
    "pass = checkAll2(results)",
    "  pass = results[0].ok",
    "pass = v1.Succeeded && v2.Succeeded",
    "openssl enc -aes-256-cbc -k $PASS2",
    "kubectl create configmap x --from-literal=url=https://x.example/a1",
    'gh secret set NPM_TOKEN --body "$NPM_TOKEN2"',
    "fly secrets set DATABASE_URL=$URL1",
    'variable "ssh_key_name" { default = "deployer-key-2024" }',
    "Authorization: token is missing",
    "the application-key: see 4.2",
    `Fixed by commit ${HEX}, see the token`,
    "https://x.example/t/en-us/articles",
    "pass:1 fail:2, pass: tests/a1b2c3.test.ts",
    "jwt.sign(payload, secretFromSettings2)",
    'createHmac("sha256", key1)',
    "auth: src/middleware/auth2.ts",
    "auth: { type: 'oauth2', flow: 'authorizationCode' }",
    "pw = await page.locator('#password2')",
    "The community server of v2.19.1-beta",
    "mnemonic: a word that helps people remember many long names (it has no number)",
    "The secret phrase is Thirteen words that nobody would ever take for anything but prose here.",
    "LzGzkcwHvv3WzL5QnPzTd7yyr2SC1j299sBCn",
    "log in as root / admin",
    "parola: kelime123",
    'mnemonic: "test test test test test test test test test test test junk"',
    "Recovery phrase: enter the twelve words that you wrote down when you made your wallet",
    "site_key 6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI",
    "trusted_public_key cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=",
    "cache_key Linux-node20-a1B2c3D4e5F6a7b8",
    "- auth: b7e23ec29af22b0b4e41da31e868d57226121c84",
    "auth: ghcr.io/acme/auth@sha256:b7e23ec29af22b0b4e41da31e868d57226121c84b7e23ec29af22b0b4e41da31",
    "<ApolloProvider token={user.id2Token}>",
    "<Login auth={auth0Client.v2}/>",
    '"/login?token={login_token2a}"',
    "zip -r out.zip . && cp -p bundle.3f9ab2c1.js /srv",
    "Log in as the user / https://x.example/a1b2c3d4",
    "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23",
    "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z",
  ])("%s", (text) => expect(guardText(text, [])).toEqual({ text, found: [] }));
});
