import { createHmac, randomUUID } from "node:crypto";
import { startForge } from "../../src/github-double/server.ts";
import { environmentFor, opened } from "./program.ts";

export const ISSUE_LABELLED = {
  action: "labeled",
  label: { name: "coop" },
  installation: { id: 1 },
  sender: { login: "mona", id: 3, type: "User" },
  repository: { id: 70, name: "tally", default_branch: "main", owner: { login: "acme" } },
  issue: { number: 1, state: "open", title: "Add a loud option", labels: [{ name: "coop" }] },
};

/** A web process without models before a GitHub of its own, and signed webhooks to it. */
export async function surroundings() {
  const forge = await startForge();
  opened(() => forge.close());
  const all = await environmentFor(forge, "http://127.0.0.1:9");
  // The process that answers GitHub asks no model, and must not hold the keys for it.
  const { ANTHROPIC_API_KEY: _anthropic, OPENAI_API_KEY: _openai, ...others } = all;
  const env = { ...others, COOP_ROLE: "web", COOP_KEYS_SECRET: "a secret of the workers for tests", KEYS_PORT: "0" };
  const deliver = async (url: string, more: object = {}, id: string = randomUUID()) => {
    const body = JSON.stringify({ ...ISSUE_LABELLED, ...more });
    const began = performance.now();
    const { status } = await fetch(`${url}/api/github/webhooks`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-github-event": "issues",
        "x-github-delivery": id,
        "x-hub-signature-256": `sha256=${createHmac("sha256", forge.app.webhookSecret).update(body).digest("hex")}`,
      },
    });
    return { id, status, ms: performance.now() - began };
  };
  return { env, deliver, dataDir: String(all["COOP_DATA_DIR"]) };
}

export const probe = async (url: string, path: "/ready" | "/health") => {
  const began = performance.now();
  const { status } = await fetch(`${url}${path}`);
  return { status, ms: performance.now() - began };
};
