import type { Model } from "../models/model.ts";
import type { Sandbox, SandboxCheck } from "../workspace/sandbox.ts";
import type { Telemetry } from "./telemetry.ts";

/** The ports to models, sandbox and GitHub, told of as they are used. What they do stays as it is. */
export function observedModel(model: Model, telemetry: Telemetry): Model {
  const what = { kind: "model-call", model: model.name, vendor: model.vendor } as const;
  return {
    ...model,
    ask: (question, signal, watch) =>
      telemetry.part(
        what,
        () => model.ask(question, signal, watch),
        (reply) => {
          const failed = reply.outcome === "unavailable" || reply.outcome === "rejected";
          const usage = "usage" in reply ? reply.usage : null;
          const numbers = usage ? { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens } : {};
          return { outcome: reply.outcome, failed, numbers };
        },
      ),
  };
}

export function observedSandbox(check: SandboxCheck, telemetry: Telemetry): SandboxCheck {
  if (check.state === "none") return check;
  const { sandbox } = check;
  const { driver, version } = sandbox;
  const run: Sandbox["run"] = (request) =>
    telemetry.part(
      { kind: "sandbox-run", driver },
      () => sandbox.run(request),
      ({ outcome, exitCode }) => ({
        outcome,
        failed: outcome === "failed-to-start",
        ...(exitCode === null ? {} : { numbers: { exitCode } }),
      }),
    );
  return { ...check, sandbox: { driver, version, run } };
}

/** @param kindOf what a request does: it decides how fast it may be sent */
export function observedFetch(
  telemetry: Telemetry,
  kindOf: (method: string, path: string) => string,
  send: typeof globalThis.fetch = (...request) => globalThis.fetch(...request),
): typeof globalThis.fetch {
  return (url, init) => {
    const method = init?.method ?? "GET";
    const { pathname } = new URL(String(url));
    const what = { kind: "github-request", does: kindOf(method, pathname), method, route: routeOf(pathname) } as const;
    return telemetry.part(
      what,
      () => send(url, init),
      ({ status }) => ({ outcome: `${Math.floor(status / 100)}xx`, failed: status >= 400, numbers: { status } }),
    );
  };
}

/**
 * A path without what is different each time: owners, names, numbers, commits, branches. Few enough to group by, and nobody's.
 *
 * @example
 * routeOf("/repos/acme/tally/issues/12/comments") // → "/repos/:owner/:repo/issues/:n/comments"
 */
export function routeOf(path: string): string {
  return path
    .replace(/\/repos\/[^/]+\/[^/]+/, "/repos/:owner/:repo")
    .replace(/\/(git\/(?:ref|refs|matching-refs)|contents|compare|branches|tarball|labels)\/.+$/, "/$1/:name")
    .replace(/\/(users|collaborators|orgs)\/[^/]+/g, "/$1/:login")
    .replace(/\/[0-9a-f]{40,64}(?=\/|$)/g, "/:sha")
    .replace(/\/\d+(?=\/|$)/g, "/:n");
}
