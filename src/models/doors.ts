import { ANTHROPIC_ADDRESS, OPENAI_ADDRESS } from "./base-url.ts";
import type { PoolEntry } from "./catalogue.ts";
import type { Proxies } from "./outbound.ts";
import type { Api } from "./spec.ts";

/** What distinguishes one way to a model from another before anything is asked. `pool.ts` has the adapter behind each. */
export type Door = {
  readonly keyVariable: string;
  /** Its maker's own, which is asked where nobody gives another one. */
  readonly address: string | null;
  /** Where its address may be set for all models that come through it; null where each entry has to say it. */
  readonly baseUrlVariable: string | null;
  /** May the key be missing, because the door finds its own? */
  readonly key: "needed" | "found-by-the-cloud";
  /** Fields that an entry of the pool has to have for this door. */
  readonly needs: readonly (keyof PoolEntry)[];
};

const anthropic = {
  keyVariable: "ANTHROPIC_API_KEY",
  baseUrlVariable: "ANTHROPIC_BASE_URL",
  address: ANTHROPIC_ADDRESS,
};
const openai = { keyVariable: "OPENAI_API_KEY", baseUrlVariable: "OPENAI_BASE_URL", address: OPENAI_ADDRESS };

export const DOORS: Readonly<Record<Api, Door>> = {
  anthropic: { ...anthropic, key: "needed", needs: [] },
  "openai-responses": { ...openai, key: "needed", needs: [] },
  "openai-chat": { ...openai, key: "needed", needs: [] },
  "azure-openai": {
    ...{ keyVariable: "AZURE_OPENAI_API_KEY", baseUrlVariable: "AZURE_OPENAI_ENDPOINT" },
    ...{ key: "needed", needs: ["baseUrl"], address: null },
  },
  "anthropic-bedrock": {
    ...{ keyVariable: "AWS_BEARER_TOKEN_BEDROCK", baseUrlVariable: null },
    ...{ key: "found-by-the-cloud", needs: ["region"], address: null },
  },
  "anthropic-vertex": {
    ...{ keyVariable: "GOOGLE_APPLICATION_CREDENTIALS", baseUrlVariable: null },
    ...{ key: "found-by-the-cloud", needs: ["region", "project"], address: null },
  },
};

export type ReadyEntry = PoolEntry & { readonly apiKey: string; readonly proxies?: Proxies };
