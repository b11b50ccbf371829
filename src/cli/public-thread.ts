import { z } from "zod";
import type { ThreadWords } from "../audit/verify-thread.ts";
import type { Environment } from "../config.ts";
import { type TicketKey, ticketRef } from "../core/ledger/ids.ts";
import { API_VERSION } from "../github/client-options.ts";
import { anchorIn } from "../messages/pull.ts";
import { branchOf } from "../steps/branch.ts";
import { Ended, EXIT } from "./exit.ts";
import { textOf } from "./text-file.ts";

/** A thread as anybody can read it, without the App's key: from a file, or from GitHub as a visitor does. */
export type PublicThread = {
  readonly comments: readonly ThreadWords[];
  /** What the merge commit says of the ledger; null while nothing is merged, or where nobody looked. */
  readonly anchor: string | null;
};

/** A page of a hundred long comments comes slowly on a poor line. */
const TIMEOUT_MS = 30_000;
/** GitHub's largest page. */
const PER_PAGE = 100;
/** 10,000 comments; GitHub shows no more of one thread either. */
const PAGES_MAX = 100;

const wordsSchema = z.looseObject({
  id: z.union([z.number(), z.string()]),
  body: z.string().nullish(),
  user: z.looseObject({ login: z.string(), id: z.number().optional() }).nullish(),
});
const listSchema = z.array(wordsSchema);

/** @param path one JSON array of comments and reviews as GitHub gives them, or arrays of such pages (`gh api --slurp`) */
export async function threadInFile(path: string): Promise<PublicThread> {
  const text = await textOf(path);
  const parsed = z.union([listSchema, z.array(listSchema)]).safeParse(json(text));
  if (!parsed.success)
    throw new Ended(
      EXIT.usage,
      `${path} holds no comments. It has to be a JSON array as \`gh api --paginate repos/owner/repo/issues/12/comments\` prints it.`,
    );
  return { comments: parsed.data.flat().map((one) => words(one as z.infer<typeof wordsSchema>)), anchor: null };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function words({ id, body, user }: z.infer<typeof wordsSchema>): ThreadWords {
  return { id, body: body ?? "", author: user?.login ?? null, authorId: user?.id };
}

const pullSchema = z.looseObject({
  number: z.number(),
  merged_at: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
});
const commitSchema = z.looseObject({ commit: z.looseObject({ message: z.string() }) });

/** Reads issue, pull request and merge commit. Private repositories need a token in `GITHUB_TOKEN` or `GH_TOKEN`, any that can read. */
export async function threadOnGitHub(key: TicketKey, env: Environment): Promise<PublicThread> {
  const { owner, name, number } = ticketRef(key);
  const base = `${(env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "")}/repos/${owner}/${name}`;
  const read = reader(env.GITHUB_TOKEN || env.GH_TOKEN || null);
  if ((await read(`${base}/issues/${number}`)) === null)
    throw away(`GitHub shows no ${key} to this visitor. Check its name; for a private repository, set GITHUB_TOKEN.`);
  const comments = await list(read, `${base}/issues/${number}/comments`);
  const ofBranch = await read(`${base}/pulls?state=all&head=${owner}:${encodeURIComponent(branchOf(key))}`);
  const [found] = z.array(pullSchema).parse(ofBranch ?? []);
  const pull = found ?? pullSchema.nullable().parse(await read(`${base}/pulls/${number}`));
  if (!pull) return { comments, anchor: null };
  const own = pull.number === number ? [] : await list(read, `${base}/issues/${pull.number}/comments`);
  const reviews = await list(read, `${base}/pulls/${pull.number}/reviews`);
  return { comments: [...comments, ...own, ...reviews], anchor: await anchorOf(read, base, pull) };
}

type Read = (url: string) => Promise<unknown>;

async function anchorOf(read: Read, base: string, pull: z.infer<typeof pullSchema>): Promise<string | null> {
  if (!pull.merged_at || !pull.merge_commit_sha) return null;
  const commit = commitSchema.nullable().parse(await read(`${base}/commits/${pull.merge_commit_sha}`));
  return commit && anchorIn(commit.commit.message);
}

async function list(read: Read, url: string): Promise<ThreadWords[]> {
  const all: ThreadWords[] = [];
  for (let page = 1; page <= PAGES_MAX; page++) {
    const found = listSchema.safeParse((await read(`${url}?per_page=${PER_PAGE}&page=${page}`)) ?? []);
    if (!found.success) throw away(`${url} does not answer like GitHub. Check GITHUB_API_URL.`);
    all.push(...found.data.map(words));
    if (found.data.length < PER_PAGE) break;
  }
  return all;
}

/** @returns null for what is not there */
function reader(token: string | null): Read {
  return async (url) => {
    const headers = { accept: "application/vnd.github+json", "user-agent": "cooperations", ...API_VERSION };
    const answer = await fetch(url, {
      headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw away(`${url} cannot be reached (${String(error)}). Check GITHUB_API_URL and the network.`);
    });
    if (answer.status === 404) return null;
    if (!answer.ok)
      throw away(`GitHub answered ${answer.status}. For a private repository or many requests, set GITHUB_TOKEN.`);
    return answer.json();
  };
}

function away(sentence: string): Ended {
  return new Ended(EXIT.unavailable, sentence);
}
