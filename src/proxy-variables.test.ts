import { setGlobalProxyFromEnv } from "node:http";
import { expect, it } from "@jest/globals";
import { startProxy } from "../test/support/proxy.ts";
import type { Environment } from "./config.ts";
import { forModelsOnly, proxyVariables } from "./proxy-variables.ts";

const GITHUB = "api.github.test:443";

it.each<[string, (here: string) => Environment, string | null, readonly string[]]>([
  ["HTTPS_PROXY", (here) => ({ HTTPS_PROXY: here }), null, [GITHUB]],
  ["ALL_PROXY alone", (here) => ({ ALL_PROXY: here }), null, [GITHUB]],
  ["the protocol's own before the one for all", (here) => ({ https_proxy: here, ALL_PROXY: "http://127.0.0.1:9" }), null, [GITHUB]], // prettier-ignore
  ["HTTP_PROXY alone, as Node has it", (here) => ({ HTTP_PROXY: here }), null, [GITHUB]],
  ["one for all that speaks another protocol", () => ({ ALL_PROXY: "socks5://127.0.0.1:9" }), null, []],
  ["one of SOCKS, which Node would not begin with", () => ({ HTTPS_PROXY: "socks5h://127.0.0.1:9" }), null, []],
  ["one for all where its own is of SOCKS", (here) => ({ HTTPS_PROXY: "socks5://127.0.0.1:9", ALL_PROXY: here }), null, [GITHUB]], // prettier-ignore
  ["an exception", (here) => ({ ALL_PROXY: here, NO_PROXY: "api.github.test" }), null, []],
  ["a host that no proxy may see", (here) => ({ ALL_PROXY: here, no_proxy: "" }), "api.github.test", []],
])("GitHub is reached by the variables of proxies: %s", async (_what, env, direct, asked) => {
  const proxy = await startProxy("http://127.0.0.1:9");
  proxy.refuse = true;
  const restore = setGlobalProxyFromEnv(proxyVariables(env(`http://127.0.0.1:${proxy.port}`), direct));
  try {
    await expect(fetch(`https://${GITHUB}/`)).rejects.toThrow();
    expect(proxy.asked).toEqual(asked);
  } finally {
    restore();
    proxy.close();
  }
});

it("names the proxies that are for models only", () => {
  expect(forModelsOnly({ HTTPS_PROXY: "http://127.0.0.1:9", ALL_PROXY: "socks5h://127.0.0.1:9", HTTP_PROXY: "" })).toEqual(["ALL_PROXY"]); // prettier-ignore
});
