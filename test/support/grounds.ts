import { grounds, type Marks } from "../../src/github/grounds.ts";
import { clientAsApp, clientWithToken } from "../../src/github/octokit.ts";

type Forge = {
  readonly url: string;
  readonly app: { readonly id: number; readonly privateKey: string; readonly webhookSecret: string };
};

/** Whether workers have anything to do in a repository, as the process tells it that holds the App's key. */
export function groundsHere(forge: Forge, marks = marksInMemory(), now = () => new Date()) {
  const {
    url: baseUrl,
    app: { id: appId, privateKey, webhookSecret },
  } = forge;
  const withToken = (token: string) => clientWithToken({ baseUrl }, token);
  return grounds({ app: clientAsApp({ appId, privateKey, baseUrl }), withToken, marks, webhookSecret, now });
}

/** Workers can write here. */
export function marksInMemory(): Marks & {
  readonly rows: Map<string, { remoteId: number | null; bodySha256: string }>;
} {
  const rows = new Map<string, { remoteId: number | null; bodySha256: string }>();
  return {
    rows,
    get: async (name, kind) => rows.get(`${name} ${kind}`) ?? null,
    put: async (name, kind, mark) => void rows.set(`${name} ${kind}`, mark),
  };
}
