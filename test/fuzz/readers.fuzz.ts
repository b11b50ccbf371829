import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { checkAnswer } from "../../src/agent/answer.ts";
import { ledgerKeys } from "../../src/core/ledger/ledger-keys.ts";
import { parseCommand } from "../../src/core/rules/command.ts";
import { commandsIn } from "../../src/core/rules/command-lines.ts";
import { receiver } from "../../src/github/receive.ts";
import { translate } from "../../src/github/webhook-events.ts";
import { guardBody } from "../../src/hygiene/outgoing.ts";
import { seen } from "../../src/hygiene/seen.ts";
import { readMarker } from "../../src/messages/marker.ts";
import { looseJson } from "../../src/models/loose-json.ts";
import { readOutput } from "../../src/proof/runners/read-output.ts";
import { readReport } from "../../src/proof/runners/reports/report.ts";
import { attackTask } from "../../src/roles/adversary.ts";
import { settleTask } from "../../src/roles/settle.ts";
import { planTask } from "../../src/roles/architect.ts";
import { emptyBriefing } from "../../src/roles/briefing.ts";
import { fixTask, implementTask } from "../../src/roles/implementer.ts";
import { askTask } from "../../src/roles/navigator.ts";
import { diagnoseTask, reviewTask, verifyTask } from "../../src/roles/reviewer.ts";
import type { RoleTask } from "../../src/roles/task.ts";
import { parsePolicy } from "../../src/steps/policy-file.ts";
import { checkPath } from "../../src/trees/paths.ts";
import { rendered } from "../../src/web/markdown.ts";

/** Whatever comes in, a reader gives a value: it never throws, and what it gives has the property that others rely on. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 10_000);
const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, check), { numRuns });
const holdsLater = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, check), { numRuns });

const PIECES = "/coop |approve|budget +5|<!-- coop:ledger v1 |<!-- coop:ledger v2 |abc| -->|<!--|-->|```\n|~~~ x\n|`|[a](|)|![|](|]: |[^1]|@bob|#1|$|$$|\\phantom{x}|<sub>|<div hidden>|</div>|<details>|&#64;|&shy;|\u200b|\u202e|\u{e0041}|\u0000|\r\n|\n|\n\n|\t| |../|.git|%2e|\\|:|*|?|~|{|}|[|]|\"|'|,|:|null|1e999|__proto__|{\"a\":1}|version: 1\n|- |  |&a *a|!!js|<<: |<testsuite>|<testcase name=\"|\">|<failure/>|]]>|<!DOCTYPE x [|ok 1 - |not ok|1..3\n|Tests: 1 passed|PASS |password=a8Kd93jfQw72LmZx|-----BEGIN PRIVATE KEY-----\n|é|😀|\ud800".split("|"); // prettier-ignore
const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 120 }),
);

describe("readers of foreign text", () => {
  it("command: at most five, and each is known, malformed or none", () => {
    holds(text, (body) => {
      expect(commandsIn(body).length).toBeLessThanOrEqual(5);
      expect(["none", "command", "malformed"]).toContain(parseCommand(body).outcome);
    });
  });

  it("marker: nothing is genuine without the key", () => {
    const key = ledgerKeys("a ledger secret for the fuzzer");
    holds(text, (body) => expect(["none", "forged"]).toContain(readMarker(body, key).state));
  });

  it("policy: a policy, or the line that is wrong", () => {
    holds(text, (body) => {
      const read = parsePolicy(body, ".github/coop.yml");
      expect(read.outcome === "valid" || read.why.code === "policy-line-wrong").toBe(true);
    });
  });

  it("path: what passes is relative, stays inside and means the same a second time", () => {
    holds(text, (path) => {
      const checked = checkPath(path);
      if (checked.outcome === "refused") return;
      expect(checked.path).not.toMatch(/^\/|(^|\/)\.{0,2}(\/|$)|(^|\/)\.git(\/|$)|[\\:\p{Cc}\p{Cf}]/iu);
      expect(checkPath(checked.path)).toEqual(checked);
    });
  });

  it("page: settles, holds nothing invisible outside of emoji and scripts, and no comment outside of code", () => {
    holds(text, (body) => {
      const shown = seen(body, "page");
      expect(seen(shown, "page")).toBe(shown);
      expect(shown).not.toMatch(/[\u202a-\u202e\u{e0000}-\u{e007f}\u200b\u0000]/u);
    });
  });

  it("what goes out: settles, calls nobody, holds no known secret", () => {
    const options = { secrets: ["Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0"], mayMention: () => false, linkHosts: [] };
    holds(text, (body) => {
      const once = guardBody(`${body}${options.secrets[0]}`, options).text;
      expect(once).not.toContain(options.secrets[0]);
      expect(once).not.toMatch(/a8Kd93jfQw72LmZx/);
    });
  });

  it("page of this server: no tag but its own", () => {
    // The page's own way to a footnote and back is one.
    const foreign = /<(?:script|img|iframe|sub|div|a(?! href="#user-content-fn))\b/i;
    holds(text, (body) => expect(rendered(body).html).not.toMatch(foreign));
  });

  it("test output and reports: counts are whole numbers, or there are none", () => {
    holds(text, (body) => {
      for (const tally of [readOutput(body), readReport(Buffer.from(body))])
        if (tally?.count) for (const count of Object.values(tally.count)) expect(count).toEqual(expect.any(Number));
    });
  });
});

const TASKS: readonly RoleTask<never>[] = [planTask, implementTask, fixTask, askTask, reviewTask, verifyTask, diagnoseTask, attackTask, settleTask("reviewer")] as never; // prettier-ignore
const json = fc.oneof(
  fc.json(),
  text.map((body) => `{"summary": ${JSON.stringify(body)}, "findings": [${body}`),
);

describe("readers of answers", () => {
  it.each(TASKS.map((task) => [`${task.role}.${task.task}`, task] as const))(
    "%s: usable, or sentences that say what does not fit",
    async (_name, task) => {
      const briefing = emptyBriefing("acme/shop#1", "feature", "Title", "Body");
      await holdsLater(fc.oneof(json, text), async (answer) => {
        const checked = await checkAnswer(task, answer, briefing, null);
        if (checked.outcome === "unusable") expect(checked.problems.length).toBeGreaterThan(0);
      });
    },
  );

  it("JSON as models write it: a value, never another prototype", () => {
    holds(fc.oneof(json, text), (body) => {
      looseJson(body);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });
  });
});

describe("webhooks", () => {
  it("translation: nudges or the reason why there are none", () => {
    const name = fc.constantFrom("issues", "issue_comment", "pull_request_review", "push", "status", "__proto__", "constructor"); // prettier-ignore
    holds(fc.tuple(name, fc.jsonValue()), ([event, payload]) => {
      const { nudges, ignored } = translate({ name: event, id: "d", payload });
      expect(nudges.length > 0 || ignored !== null).toBe(true);
    });
  });

  const SECRET = "a webhook secret of the fuzzer";
  const sign = (raw: string) => `sha256=${createHmac("sha256", SECRET).update(raw).digest("hex")}`;
  let stored = 0;
  const verify = async (raw: string, said: string) => {
    const [a, b] = [Buffer.from(sign(raw)), Buffer.from(said)];
    return a.length === b.length && timingSafeEqual(a, b);
  };
  const handle = receiver({ verify, onDelivery: async () => void (stored += 1) });
  const server = createServer((req, res) => void handle(req, res));
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  it("endpoint: stores what is signed and an object, and nothing else", async () => {
    const body = fc.oneof(
      fc.json(),
      text.map((one) => one.toWellFormed()),
    );
    await holdsLater(fc.tuple(body, fc.boolean()), async ([raw, isSigned]) => {
      const before = stored;
      const { port } = server.address() as AddressInfo;
      const reply = await fetch(`http://127.0.0.1:${port}/`, {
        method: "POST",
        body: raw,
        headers: {
          "content-type": "application/json",
          "x-github-event": "issues",
          "x-github-delivery": "d-1",
          "x-hub-signature-256": isSigned ? sign(raw) : sign(`${raw}.`),
        },
      });
      await reply.text();
      expect(reply.status === 202).toBe(stored === before + 1);
      expect(isSigned ? [202, 400] : [401]).toContain(reply.status);
    });
  });
});
