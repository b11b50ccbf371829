import { reinstall } from "./acts/moving.ts";
import type { Tokens } from "./auth.ts";
import type { CiCheck, LocalCi } from "./ci.ts";
import type { LoggedRequest } from "./exchange.ts";
import type { Failure, Failures } from "./failures.ts";
import { LocalRepo } from "./local-repo.ts";
import type { NewFiles } from "./people.ts";
import type { Broken, Secondary } from "./secondary-limits.ts";
import { type App, type Installation, type Permission } from "./state.ts";
import { installationView, nodeId } from "./views/account.ts";
import type { Delivery, DeliveryMode, Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

/** The handle of a running local GitHub, for tests and the demo. */
export type NewRepo = {
  readonly fullName: string;
  readonly files?: NewFiles;
  readonly visibility?: "public" | "private";
  readonly owner?: "person" | "organization";
  readonly people?: Readonly<Record<string, Permission>>;
  /** Whether the App under test is installed on it; the CI's App always is. */
  readonly app?: "installed" | "not-installed";
  readonly ci?: CiCheck;
};

export type ForgeParts = {
  readonly world: World;
  readonly tokens: Tokens;
  readonly webhooks: Webhooks;
  readonly failures: Failures;
  readonly secondary: Secondary;
  readonly log: LoggedRequest[];
  readonly ci: LocalCi;
  readonly app: App;
  readonly ciApp: App;
  readonly stop: () => Promise<void>;
};

export class GitHubDouble {
  readonly #parts: ForgeParts;

  constructor(parts: ForgeParts) {
    this.#parts = parts;
  }

  /** What to set as `GITHUB_API_URL`. */
  get url(): string {
    return this.#parts.world.url;
  }

  /** Id, keys and secret of the App under test. */
  get app(): App {
    return this.#parts.app;
  }

  /** Where the App under test listens; before this is set it hears nothing. */
  connectApp(webhookUrl: string): void {
    this.#parts.app.webhookUrl = webhookUrl;
  }

  get requests(): readonly LoggedRequest[] {
    return this.#parts.log;
  }

  /** Requests of clients so far. Content-creating: what GitHub's secondary limit counts (see `Creates`). */
  counts(): { restRequests: number; contentCreating: number } {
    const rest = this.#parts.log.filter((request) => request.kind === "rest");
    return {
      restRequests: rest.length,
      contentCreating: rest.filter((request) => request.creates === "content").length,
    };
  }

  /** Where a client went beyond GitHub's secondary limits, refused or not. */
  get limitsBroken(): readonly Broken[] {
    return this.#parts.secondary.broken;
  }

  createRepo(wanted: NewRepo): LocalRepo {
    const { world, ci, app, ciApp } = this.#parts;
    const [ownerName, name] = wanted.fullName.split("/") as [string, string];
    const owner = world.account(ownerName, wanted.owner === "organization" ? "Organization" : "User");
    const state = world.addRepository({ owner, name, visibility: wanted.visibility ?? "public", forkOf: null });
    const repo = new LocalRepo(world, state, ci);
    for (const [login, permission] of Object.entries(wanted.people ?? {})) repo.setPermission(login, permission);
    if (wanted.ci) repo.runCi(wanted.ci);
    this.#install(ciApp, repo);
    if (wanted.app !== "not-installed") this.#install(app, repo);
    repo.push(ownerName, state.defaultBranch, wanted.files ?? { "README.md": `# ${name}\n` }, "Initial commit");
    return repo;
  }

  #install(app: App, repo: LocalRepo): Installation {
    const { world } = this.#parts;
    const installation = world.install(app, repo.state.owner);
    installation.repositoryIds.add(repo.state.id);
    const { id, name, visibility } = repo.state;
    const added = { id, node_id: nodeId("R", id), name, full_name: repo.fullName, private: visibility === "private" };
    const payload = {
      installation: installationView(world, installation),
      repository_selection: "selected",
      repositories_added: [added],
      ...{ repositories_removed: [], requester: null },
    };
    const sender = repo.state.owner;
    world.emit({
      event: "installation_repositories",
      action: "added",
      repo: null,
      sender,
      payload,
      about: installation,
    });
    return installation;
  }

  /** The App is taken off an account and installed there anew. */
  reinstall(accountLogin: string): void {
    const { world, app } = this.#parts;
    reinstall(world, app, world.account(accountLogin));
  }

  /** Another account on which the App is installed, with no repository yet. */
  installOn(accountLogin: string): void {
    const { world, app, ciApp } = this.#parts;
    for (const one of [app, ciApp]) world.install(one, world.account(accountLogin));
  }

  /** A token of the App's installation on an account, as a client would get one. */
  installationToken(accountLogin: string): string {
    const { world, tokens, app } = this.#parts;
    return tokens.forInstallation(world.install(app, world.account(accountLogin)), null, null).token;
  }

  tokenFor(login: string): string {
    return this.#parts.tokens.forPerson(this.#parts.world.account(login));
  }

  /** Orders a failure of the next matching requests. */
  fail(failure: Failure): void {
    this.#parts.failures.order(failure);
  }

  clearFailures(): void {
    this.#parts.failures.clear();
  }

  get deliveries(): readonly Delivery[] {
    return this.#parts.webhooks.deliveries;
  }

  /** What happens to webhooks from now on: held ones wait for `release`, dropped ones are remembered as failed. */
  setDelivery(mode: DeliveryMode): void {
    this.#parts.webhooks.mode = mode;
  }

  release(order: "as-happened" | "reversed" = "as-happened"): void {
    this.#parts.webhooks.release(order);
  }

  redeliver(delivery: Delivery): void {
    this.#parts.webhooks.redeliver(delivery);
  }

  /** Resolves when every webhook that was sent is answered and the CI has nothing left to run. */
  async idle(): Promise<void> {
    const { webhooks, ci } = this.#parts;
    for (let open = [...webhooks.running(), ...ci.running()]; open.length > 0;) {
      await Promise.all(open);
      open = [...webhooks.running(), ...ci.running()];
    }
  }

  async close(): Promise<void> {
    this.#parts.webhooks.mode = "hold";
    await this.idle();
    await this.#parts.stop();
  }
}
