import { describe, expect, it } from "@jest/globals";
import { guardText } from "../../src/hygiene/redact.ts";

/** Secrets that show by their service's own form, by the call that takes them, or by the column and the manifest in which they stand. */
const R = "a8Kd93jfQw72LmZx0PqR5tYv";
const R2 = "Tq4ZbN7wLe91XcVr82HsJu6M";
const H = "81487fa93f37810b7d32ae7136aa1b2a";
const U = "9e33a553-59c7-4434-8991-27e87f761dc3";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const K8S = base64("a8Kd93jfQw72LmZx");

const SERVICES = [
  `wandb_v1_${R}${R2}`,
  `ddapp_${R}${R2}`,
  `xaat-${U}`,
  `secret-live-${R}${R2.slice(0, 8)}=`,
  `tr_prod_${R}`,
  `tr_pat_${R}${R2.slice(0, 16)}`,
  `${H}-7b8c9d01-0e1f2a3b`,
  `xVLyHw.DQrNxQ:${R}${R2.slice(0, 19)}`,
  `atkn_${R}${R2}${R}`,
  `prtapi_${H}`,
  `dG9rOm${R}${R2}=`,
  `eyJtaXJvLm9yaWdpbiI6ImV1MDEifQ_${R}`,
  `cnvca${R}${R2}`,
  `sk${R}${R2}${R}${R2}${R}${R2}`,
  "AQEyhmfxK4rMaBZBw0m/n3Q5qf3VaY9UCJ14XWZE03G/k2NFitRvbe4N1XqH1eHaH2AksaEQwV1bDb7kfNy1WIxIIkxgBw==-JF0v",
  `sk_sbox_${R}${R2.slice(0, 8)}`,
  `live_${R}abcdef`,
  `K005${R}abc`,
];
const ADDRESSES = [
  `https://eth-mainnet.g.alchemy.com/v2/${R}_${R2.slice(0, 7)}`,
  `wss://mainnet.infura.io/ws/v3/${H}`,
  `https://x-y.quiknode.pro/${H}01234567/`,
  `https://app.example.com/reset-password/${R}${R2}`,
  `https://app.example.com/invite/${R}${R2}`,
  `https://app.example.com/docs/magic-link/${R}`,
  `https://b.s3.amazonaws.com/k?Expires=1&Signature=${R}%3D`,
  `https://mm.example.com/hooks/${(R + R2).toLowerCase().slice(0, 26)}`,
  `https://open.feishu.cn/open-apis/bot/v2/hook/${U}`,
  `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${U}`,
  `https://maker.ifttt.com/trigger/x/with/key/${R}`,
];
const SETTINGS = [
  `CONVEX_DEPLOY_KEY=prod:happy-otter-123|${R}${R2}`,
  `DD_APP_KEY=${H}abcdef01`,
  `AZURE_OPENAI_KEY=${H}`,
  `routing_key: ${H}`,
  `Authorization: GenieKey ${U}`,
  `<machineKey validationKey="${H.toUpperCase()}" decryptionKey="x" />`,
  `config/master.key:\n${H}`,
  `<key>APIKey</key><string>${R}</string>`,
  `<name>api.key</name>\n  <value>${R}</value>`,
  `#HttpOnly_.github.com\tTRUE\t/\tTRUE\t0\tuser_session\t${R}${R2}`,
  `user,password\nbob,${R}`,
  `name\ttoken\nbob\t"${R}"`,
  `name\ttoken\nbob (old)\t${R}`,
  `.x.com\tFALSE\t/api\tFALSE\t1700000000\tsid\t${R}`,
  `| user | **password** |\n|---|---|\n| bob | \`${R}\` |`,
  `kind: Secret\nmetadata:\n  name: x\ndata:\n  db: ${K8S}`,
  `+kind: Secret\n+data:\n+  db: ${K8S}\n+  other: x`,
  `data:\n  db: "${K8S}"\nkind: Secret`,
  `{\n  "kind": "Secret",\n  "data": {\n    "db": "${K8S}"\n  }\n}`,
];
const CALLS = [
  `sqlcmd -S h -U sa -P ${R}`,
  `ConvertTo-SecureString "${R}" -AsPlainText -Force`,
  `new NetworkCredential("bob", "${R}")`,
  `requests.get(url, auth=("bob", "${R}"))`,
  `new PDO($dsn, 'root', '${R}')`,
  `req.SetBasicAuth("bob", "${R}")`,
  `DriverManager.getConnection("jdbc:x", "sa", "${R}")`,
];

describe("a secret of somebody else is found", () => {
  it.each([...SERVICES, ...ADDRESSES, ...SETTINGS, ...CALLS])("%s", (text) => {
    const { text: guarded, found } = guardText(`see this:\n${text}\n`, []);
    const lower = (R + R2).toLowerCase().slice(0, 26);
    const secret = [R, H, H.toUpperCase(), U, K8S, lower].find((one) => text.includes(one)) ?? text.slice(-20);
    expect(found.length).toBeGreaterThan(0);
    expect(guarded).not.toContain(secret);
  });
});

describe("and what only looks like one passes", () => {
  it.each([
    "| token | count |\n|---|---|\n| identifier | 42 |\n| ##ing2 | 7 |",
    "| Token | Type |\n|---|---|\n| ArrowFunctionExpression2 | node |",
    "| Secret | Used by |\n|---|---|\n| WEBHOOK_SECRET_2 | server |",
    "| api_key | required |\n|---|---|\n| your-api-key-1 | yes |",
    "user,token,count\nbob,3,4\nann,17,2",
    "password,strength\nhunter2,weak",
    "const {\n  apiKey,\n  x509Transport,\n  dataResidency,\n} = it;",
    "kind: ConfigMap\ndata:\n  logo: iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ\n",
    `kind: Deployment\n---\nkind: ConfigMap\ndata:\n  checksum: ${K8S}`,
    `kind: Secret\n---\nkind: ConfigMap\ndata:\n  checksum: ${K8S}`,
    "kind: Secret\ndata:\n  username: YWRtaW5pc3RyYXRvcg==\n  host: cG9zdGdyZXMuZGVmYXVsdC5zdmM=\n",
    "kind: Secret\ndata:\n  password: {{ .Values.password | b64enc | quote }}\n",
    "kind: Secret\ndata:\n  password: <base64-encoded-password>\n",
    "kind: ExternalSecret\nspec:\n  data:\n    - secretKey: password\n      remoteRef: {key: prod/db}\n",
    "kubectl create configmap app --from-literal=LOG_LEVEL=debug2 --from-literal=id=a8Kd93jfQw72LmZx0PqR5tYv",
    "Authorization: Bearer 123e4567-e89b-12d3-a456-426614174000",
    "Authorization: Bearer 00000000-0000-0000-0000-000000000000",
    "routing_key: orders.created.v2",
    "app_key: my-app-2024",
    'validationKey="AutoGenerate,IsolateApps"',
    "https://github.com/o/r/settings/hooks/412345678",
    "https://mainnet.infura.io/v3/YOUR-PROJECT-ID",
    "https://docs.alchemy.com/reference/eth-getblockbynumber-polygon-zkevm2",
    "https://x.example/reset-password/:token and /verify-email/[token]",
    "/docs/verification/how-to-verify-your-webhooks-2024-edition",
    "app/verify/VerifyEmailTemplateV2Component.tsx",
    "live_reloadServerPort35729enabled and test_thatItWorksForAllTheCasesOf24",
    "master.key: see the docs, or master.key\n\nThe file is there",
    "ConvertTo-SecureString $env:PASSWORD2 -AsPlainText",
    'new NetworkCredential("bob", password2) and auth=("user", "pass")',
    'new PDO("mysql:host=x;dbname=y2", "root", "")',
    "sqlcmd -S h -U sa -P $SA_PASSWORD1",
    "<key>CFBundleIdentifier</key><string>com.example.app2024.Main</string>",
    "<name>api.key</name><value>${API_KEY_1}</value> <key>token</key><string>YOUR_TOKEN_1</string>",
    "x\tTRUE\t1\tname\tvalue2",
    "row\tTRUE\t5\tcommit\tabcdef0123456789abcdef01",
    "https://github.com/o/r/blob/main/src/verify/X509CertificateChainVerifierImpl2",
    "packages/verify-proofs/Groth16Bn254VerifierContract",
    "docs/magic/MagicLinkSetup2ForNextJs14AppRouter",
    "https://w3id.org/security/verify/Ed25519VerificationKey2020",
    "def test_HTTP2ServerPushPromiseFrames01(self): pass",
    "test_ParsesRFC3339DatesWithZoneOff1 and live_2024SummerFestivalTicketPage01",
    "test_abcdefghijklmnopqrstuvwxyz1A2B",
    "| Token | Meaning |\n|---|---|\n| Iso8601DateTimeV2 | date |\n| HTML5DoctypeToken9X | doc |",
    "token,kind\nIDENTIFIER_Ab12Cd3,ident\n",
    "| Password | Valid |\n|---|---|\n| P@ssw0rd123! | no |\n| Test1234Test | no |",
    "user, password\nassertEqual(a1B2c3, Foo1Bar2Baz3Qux)\n",
    "user, password\nassertEqual(a1B2c3, x9Kd3fLq8WzT)\n",
    "| Design Token | Token |\n|---|---|\n| a | --Color-Blue500-Hover2X |",
    "kind: Secret\ndata:\n  namespaceName: productionCluster\n  host: productionServer\n",
    "https://www.alchemy.com/dapps/Top10Web3DevelopmentTools2024",
    "https://www.ankr.com/docs/Web3API-v2-getNFTsByOwner-Guide3",
    "wandb_v1_artifact_registry_migration_plan_notes",
    "ddapp_configurationmanagementserviceclient",
    "tr_pat_patternmatchingpatternrecognizer",
    "atkn_refresh_token_rotation_and_revocation_endpoint_handler_test",
    "tr_prod_deploys_2024_overview_of_everything",
    "secret-live-reload-of-the-development-server-2",
    "prod:happy|sad and dev:server|build:all",
    "0f3c1ab27d64e05818c20f3c1ab27d64-and-more",
  ])("%s", (text) => expect(guardText(text, [])).toEqual({ text, found: [] }));
});
