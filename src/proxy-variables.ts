import type { Environment } from "./config.ts";

/**
 * The variables by which Node finds the proxy on the way to GitHub; models bring their own way (`models/outbound.ts`). Node does not know
 * ALL_PROXY, and refuses to begin with one that speaks no HTTP.
 * @param direct a host that no proxy may see
 */
export function proxyVariables(env: Environment, direct: string | null): Environment {
  const all = env.all_proxy ?? env.ALL_PROXY;
  const rest = all !== undefined && /^https?:/i.test(all) ? all : undefined;
  const none = [env.no_proxy || env.NO_PROXY, direct].filter(Boolean).join(",");
  return {
    http_proxy: env.http_proxy ?? env.HTTP_PROXY ?? rest,
    https_proxy: env.https_proxy ?? env.HTTPS_PROXY ?? rest,
    no_proxy: none,
  };
}
