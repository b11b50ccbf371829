import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { GitStore } from "./objects.ts";
import {
  type Account,
  type App,
  type Grants,
  type Installation,
  type Label,
  type Permission,
  type Repository,
  fullName,
  sameName,
} from "./state.ts";

/** The root of the state: accounts, Apps and repositories, with the clock and the numbers that GitHub hands out. */
export type NewApp = {
  readonly slug: string;
  readonly permissions: Grants;
  readonly events: readonly string[];
  readonly name?: string;
  readonly webhookSecret?: string;
};

export type NewRepository = {
  readonly owner: Account;
  readonly name: string;
  readonly visibility: "public" | "private";
  readonly forkOf: Repository | null;
};

export type Emission = {
  readonly event: string;
  readonly action: string | null;
  readonly repo: Repository | null;
  readonly sender: Account;
  readonly payload: Record<string, unknown>;
  /** Only this App hears of it; otherwise every installed App that subscribed. */
  readonly onlyFor?: App;
  /** Only this installation hears of it: events of its own life, which belong to no repository. */
  readonly about?: Installation;
};

/** Labels that GitHub gives a new repository. */
const FIRST_LABELS = [
  "bug",
  "documentation",
  "duplicate",
  "enhancement",
  "good first issue",
  "help wanted",
  "question",
];

/**
 * By how many Apps a world already has: the Apps of one world have different keys, and the next world begins with the
 * same ones again. Making a key takes half a second, and tests make hundreds of worlds.
 */
const keyPairs: { readonly privateKey: string; readonly publicKey: KeyObject }[] = [];

function newKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { privateKey: privateKey.export({ type: "pkcs1", format: "pem" }).toString(), publicKey };
}

export class World {
  /** Base of every address, without a slash at its end; known once the server listens. */
  url = "";
  readonly now: () => Date;
  readonly accounts = new Map<string, Account>();
  readonly apps = new Map<number, App>();
  readonly installations = new Map<number, Installation>();
  readonly repositories = new Map<number, Repository>();
  /** Names that repositories once had, in lower case: they lead there until another repository takes them. */
  readonly led = new Map<string, Repository>();
  /** Set by the sender of webhooks. */
  emit: (emission: Emission) => void = () => {};
  /** Told after each branch moved; the local CI listens here. */
  readonly onPush: ((repo: Repository, ref: string, headSha: string) => void)[] = [];
  #lastId = 1000;

  constructor(now: () => Date) {
    this.now = now;
  }

  id(): number {
    return ++this.#lastId;
  }

  /** Now as GitHub writes times: UTC, whole seconds. */
  time(): string {
    return `${this.now().toISOString().slice(0, 19)}Z`;
  }

  /** The account of that name, made when it is new: nobody has to register before acting. */
  account(login: string, type: Account["type"] = "User"): Account {
    const known = this.accounts.get(login.toLowerCase());
    if (known) return known;
    const made = { id: this.id(), login, type };
    this.accounts.set(login.toLowerCase(), made);
    return made;
  }

  addApp(app: NewApp): App {
    const keys = (keyPairs[this.apps.size] ??= newKeyPair());
    const made: App = {
      id: this.id(),
      clientId: `Iv23li${randomBytes(7).toString("hex")}`,
      clientSecret: randomBytes(20).toString("hex"),
      callbackUrl: null,
      slug: app.slug,
      name: app.name ?? app.slug,
      owner: this.account("local-admin"),
      bot: this.account(`${app.slug}[bot]`, "Bot"),
      ...keys,
      permissions: { metadata: "read", ...app.permissions },
      events: app.events,
      webhookSecret: app.webhookSecret ?? randomBytes(20).toString("hex"),
      webhookUrl: null,
      createdAt: this.time(),
    };
    this.apps.set(made.id, made);
    return made;
  }

  /** The App's installation on an account; an App is installed at most once on each. */
  install(app: App, account: Account): Installation {
    const known = [...this.installations.values()].find((one) => one.app === app && one.account === account);
    if (known) return known;
    const made = { id: this.id(), app, account, repositoryIds: new Set<number>(), createdAt: this.time() };
    this.installations.set(made.id, made);
    return made;
  }

  addRepository(repository: NewRepository): Repository {
    const { owner, name, visibility, forkOf } = repository;
    const made: Repository = {
      ...{ id: this.id(), owner, name, visibility, forkOf, defaultBranch: "main", archived: false },
      git: forkOf?.git ?? new GitStore(),
      refs: new Map(forkOf?.refs),
      people: new Map([[owner.login.toLowerCase(), "admin"]]),
      labels: new Map(),
      threads: new Map(),
      left: new Map(),
      parents: new Map(),
      comments: new Map(),
      suites: new Map(),
      runs: new Map(),
      statuses: [],
      deployed: [],
      requiredChecks: [],
      mergeMethods: ["merge", "squash"],
      rules: {},
      queue: [],
      nextNumber: 1,
      createdAt: this.time(),
    };
    for (const label of FIRST_LABELS) made.labels.set(label, { ...this.label(label), origin: "github" });
    this.repositories.set(made.id, made);
    this.led.delete(fullName(made).toLowerCase());
    return made;
  }

  label(name: string, color = "ededed", description: string | null = null): Label {
    return { id: this.id(), name, color, description, origin: "people" };
  }

  repository(owner: string, name: string): Repository | undefined {
    return [...this.repositories.values()].find((repo) => sameName(fullName(repo), `${owner}/${name}`));
  }

  /** By the name of today or, when nobody else took it, by one that it once had. */
  repositoryOnce(owner: string, name: string): Repository | undefined {
    return this.repository(owner, name) ?? this.led.get(`${owner}/${name}`.toLowerCase());
  }

  installationsOf(repo: Repository): Installation[] {
    return [...this.installations.values()].filter((installation) => installation.repositoryIds.has(repo.id));
  }

  /** What a person may do in a repository; everybody may read a public one. */
  permission(repo: Repository, account: Account): Permission {
    return repo.people.get(account.login.toLowerCase()) ?? (repo.visibility === "public" ? "read" : "none");
  }
}
