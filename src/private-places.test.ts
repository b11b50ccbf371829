import { expect, it } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { privatePlaces, workTreeOf } from "./private-places.ts";

const AT = { env: {}, folder: "/srv/work", home: "/home/mona", program: "/usr/src/app" };
const placesWith = (env: Record<string, string>) => {
  const without = privatePlaces(AT);
  return privatePlaces({ ...AT, env }).filter((path) => !without.includes(path));
};

it.each<[what: string, env: Record<string, string>, hidden: string[]]>([
  ["the App's key", { PRIVATE_KEY_PATH: "/usr/local/etc/coop/app.pem" }, ["/usr/local/etc/coop/app.pem"]],
  ["each secret in a file", { WEBHOOK_SECRET_FILE: "/opt/s/a", COOP_LEDGER_SECRETS_BEFORE_FILE: "/opt/s/b" }, ["/opt/s/a", "/opt/s/b"]], // prettier-ignore
  ["the database's address", { DATABASE_URL_FILE: "/usr/share/coop/db" }, ["/usr/share/coop/db"]],
  ["a model's key of any name", { MY_MODEL_API_KEY_FILE: "/opt/keys/model" }, ["/opt/keys/model"]],
  ["the server's file", { COOP_CONFIG: "/opt/coop/coop.yml" }, ["/opt/coop/coop.yml"]],
  ["what clouds find", { AWS_SHARED_CREDENTIALS_FILE: "/opt/aws", GOOGLE_APPLICATION_CREDENTIALS: "/opt/g.json", AWS_WEB_IDENTITY_TOKEN_FILE: "/opt/t" }, ["/opt/aws", "/opt/g.json", "/opt/t"]], // prettier-ignore
  ["several files of one variable", { KUBECONFIG: "/opt/k1:/opt/k2" }, ["/opt/k1", "/opt/k2"]],
  ["cargo's password", { CARGO_HOME: "/opt/cargo" }, ["/opt/cargo/credentials.toml", "/opt/cargo/credentials"]],
  ["no certificate, tool or search path", { SSL_CERT_FILE: "/usr/share/ca.pem", PKG_CONFIG: "/usr/bin/pkg-config", PKG_CONFIG_PATH: "/usr/lib/pkgconfig", GIT_ASKPASS: "/usr/bin/askpass", MAGIC_FILE: "/usr/share/magic" }, []], // prettier-ignore
  ["no secret that is a text", { WEBHOOK_SECRET: "correct horse battery", OPENAI_API_KEY: "sk-abc", DATABASE_URL: "postgres://a:b@c/d" }, []], // prettier-ignore
  ["nothing that the machine runs on", { MY_TOKEN_PATH: "/usr/lib", APP_KEY_DIRECTORY: "/usr" }, []],
])("hides %s", (_what, env, hidden) => {
  expect(placesWith(env).sort()).toEqual(hidden.sort());
});

it("hides the folders of the process, of its repository, of the program and the home", () => {
  const repository = mkdtempSync(join(tmpdir(), "private-"));
  const folder = join(repository, "packages/a");
  mkdirSync(join(repository, ".git"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "app.pem"), "");
  expect(workTreeOf(folder)).toBe(repository);
  expect(privatePlaces({ ...AT, folder })).toEqual(
    expect.arrayContaining([folder, repository, "/usr/src/app", "/home/mona"]),
  );
  // A path that does not begin at the root is the process's.
  expect(privatePlaces({ ...AT, folder, env: { PRIVATE_KEY_PATH: "app.pem" } })).toContain(join(folder, "app.pem"));
  rmSync(repository, { recursive: true });
});

it("hides only the secrets of a folder without which nothing runs", () => {
  const places = privatePlaces({ ...AT, folder: "/usr/local", home: "/usr/sbin", program: "/" });
  expect(places.filter((path) => ["/", "/usr", "/usr/local", "/usr/sbin"].includes(path))).toEqual([]);
});
