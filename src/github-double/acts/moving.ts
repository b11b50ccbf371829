import { Refusal, invalid } from "../refusal.ts";
import { type Account, type App, type Installation, type Repository, fullName, isPull, sameName } from "../state.ts";
import { installationView, nodeId } from "../views/account.ts";
import type { World } from "../world.ts";
import { retarget } from "./pulls.ts";

/** What changes about a repository's address: its name, its owner, and the installations that cover it. Its id stays. */

/** The old name leads to the new one until somebody else takes it. */
export function renameRepository(world: World, repo: Repository, by: Account, name: string): void {
  if (world.repository(repo.owner.login, name)) throw invalid("Repository", "name", "custom", "name already exists");
  const from = repo.name;
  world.led.set(fullName(repo).toLowerCase(), repo);
  repo.name = name;
  world.led.delete(fullName(repo).toLowerCase());
  const payload = { changes: { repository: { name: { from } } } };
  world.emit({ event: "repository", action: "renamed", repo, sender: by, payload });
}

/** Installations belong to owners: the old one covers it no more, the new owner's does where the App is installed. */
export function transferRepository(world: World, repo: Repository, by: Account, to: Account): void {
  if (world.repository(to.login, repo.name)) throw new Refusal(422, "Repositories with this name exist there already");
  const from = repo.owner;
  world.led.set(fullName(repo).toLowerCase(), repo);
  for (const installation of world.installationsOf(repo)) installation.repositoryIds.delete(repo.id);
  repo.owner = to;
  repo.people.set(to.login.toLowerCase(), "admin");
  world.led.delete(fullName(repo).toLowerCase());
  for (const installation of world.installations.values())
    if (sameName(installation.account.login, to.login)) installation.repositoryIds.add(repo.id);
  const payload = { changes: { owner: { from: { user: { login: from.login, id: from.id } } } } };
  world.emit({ event: "repository", action: "transferred", repo, sender: by, payload });
}

/** Open pull requests into it go into the branch of the new name. */
export function renameDefaultBranch(world: World, repo: Repository, by: Account, name: string): void {
  const from = repo.defaultBranch;
  const head = repo.refs.get(`refs/heads/${from}`);
  if (!head || repo.refs.has(`refs/heads/${name}`))
    throw invalid("Reference", "ref", "custom", "branch already exists");
  repo.refs.set(`refs/heads/${name}`, head);
  repo.defaultBranch = name;
  for (const thread of repo.threads.values())
    if (isPull(thread) && thread.state === "open" && thread.pull.baseRef === from)
      retarget(world, repo, thread, by, name);
  repo.refs.delete(`refs/heads/${from}`);
  world.emit({
    event: "repository",
    action: "edited",
    repo,
    sender: by,
    payload: { changes: { default_branch: { from } } },
  });
}

/** Takes the App off an account and installs it again: another installation with another id, for the same repositories. */
export function reinstall(world: World, app: App, account: Account): Installation {
  const before = [...world.installations.values()].find((one) => one.app === app && one.account === account);
  if (!before) throw new Refusal(404, "Not Found");
  world.installations.delete(before.id);
  tellOfInstallation(world, before, "deleted");
  const now = world.install(app, account);
  for (const id of before.repositoryIds) now.repositoryIds.add(id);
  tellOfInstallation(world, now, "created");
  return now;
}

function tellOfInstallation(world: World, about: Installation, action: "created" | "deleted"): void {
  const repositories = [...about.repositoryIds].flatMap((id) => {
    const repo = world.repositories.get(id);
    const hidden = repo?.visibility === "private";
    return repo ? [{ id, node_id: nodeId("R", id), name: repo.name, full_name: fullName(repo), private: hidden }] : [];
  });
  const payload = { installation: installationView(world, about), repositories, requester: null };
  world.emit({ event: "installation", action, repo: null, sender: about.account, payload, about });
}
