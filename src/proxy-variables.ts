import type { Environment } from "./config.ts";

/**
 * The variables by which Node finds the proxy on the way to GitHub; models bring their own way (`models/outbound.ts`). Node does not know
 * ALL_PROXY, and refuses to begin with a proxy that speaks no HTTP.
 * @param direct a host that no proxy may see
 */
export function proxyVariables(env: Environment, direct: string | null): Environment {
  const rest = ofHttp(env.all_proxy ?? env.ALL_PROXY);
  const none = [env.no_proxy || env.NO_PROXY, direct].filter(Boolean).join(",");
  return {
    http_proxy: ofHttp(env.http_proxy ?? env.HTTP_PROXY) ?? rest,
    https_proxy: ofHttp(env.https_proxy ?? env.HTTPS_PROXY) ?? rest,
    no_proxy: none,
  };
}

/** The variables whose proxy is only for models, for a line at the start: whoever set them may think of GitHub too. */
export function forModelsOnly(env: Environment): string[] {
  const names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
  return names.filter((name) => env[name] && ofHttp(env[name]) === undefined);
}

function ofHttp(proxy: string | undefined): string | undefined {
  return proxy !== undefined && /^https?:/i.test(proxy) ? proxy : undefined;
}
