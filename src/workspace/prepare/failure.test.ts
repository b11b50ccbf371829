import { describe, expect, it } from "@jest/globals";
import type { RunResult } from "../sandbox.ts";
import { failureOf } from "./failure.ts";
import { LEADS_NOWHERE, type Traffic } from "./proxy.ts";

const QUIET: Traffic = {
  refused: new Map(),
  away: new Map(),
  bytes: 0,
  overflowed: false,
  busy: new Map(),
  bad: new Map(),
};
const ended = (output: string, more: Partial<RunResult> = {}): RunResult => ({
  outcome: "exited",
  exitCode: 1,
  durationMs: 600_000,
  output,
  ...more,
});
const said = (result: RunResult, traffic: Partial<Traffic> = {}, withSecret: string[] = []) =>
  failureOf(result, {
    step: "fetched",
    bySetup: false,
    says: ["npm packages (package-lock.json)"],
    traffic: { ...QUIET, ...traffic },
    withSecret,
    registries: ["mirror.example:8080", "packages.example"],
    fetchBytesMax: 4 * 1024 ** 3,
  });

describe("why packages could not be brought in", () => {
  it.each<[string, RunResult, Partial<Traffic>, string[], RegExp]>([
    [
      "a lockfile that does not resolve",
      ended("npm error code ETARGET"),
      {},
      [],
      /exit status 1\. Mend the manifest or the lockfile/,
    ],
    [
      "a host that is no registry",
      ended("403"),
      { refused: new Map([["evil.example", "it is no package registry of this server"]]) },
      [],
      /asks evil\.example, but it is no package registry.*sandbox\.registries/,
    ],
    [
      "a host that leads to a cloud's own services",
      ended("403"),
      { refused: new Map([["packages.example:80", LEADS_NOWHERE]]) },
      [],
      /asks packages\.example:80, but its name leads where no registry can be, .*Take it out of the manifests\.$/,
    ],
    [
      "a registry that is down",
      ended("ECONNREFUSED"),
      { away: new Map([["packages.example", "ECONNREFUSED"]]) },
      [],
      /packages\.example could not be reached \(ECONNREFUSED\). Try again when it is back/,
    ],
    [
      "a registry that hangs",
      ended("", { outcome: "timed-out", exitCode: null }),
      { away: new Map([["packages.example", "it stopped answering"]]) },
      [],
      /it stopped answering/,
    ],
    [
      "a registry that never ends",
      ended(""),
      { overflowed: true, away: new Map([["packages.example", "x"]]) },
      [],
      /sent more than this server takes for one repository \(4 GB\)/,
    ],
    ["a huge file", ended("npm error code EFBIG"), {}, [], /larger than the sandbox takes \(268 MB\)/],
    ["a full disk", ended("tar: write error: No space left on device"), {}, [], /the disk is full.*sandbox\.layersMb/],
    [
      "a token that is not handed over",
      ended("npm error E401 packages.example"),
      {},
      ["packages.example"],
      /wants the token.*no secret is ever given/,
    ],
    ["too slow", ended("", { outcome: "timed-out", exitCode: null }), {}, [], /stopped after 10 minutes/],
    [
      "a registry that drips",
      ended("", { outcome: "timed-out", exitCode: null, durationMs: 900_000 }),
      {
        busy: new Map([
          ["files.example", 70_000_000],
          ["packages.example", 900],
        ]),
      },
      [],
      /stopped after 15 minutes, while the registry packages\.example was still sending \(1 kB so far\)\. Try again when it is faster/,
    ],
    [
      "time that was up soon",
      ended("", { outcome: "timed-out", exitCode: null, durationMs: 5_400 }),
      {},
      [],
      /stopped after 5 seconds\. Ask for less/,
    ],
    [
      "a mirror that does not have a package, where the place that it stands for is asked next",
      ended(
        "Could not fetch specs from http://mirror.example:8080/ due to underlying error <bad response Not Found 404 (http://mirror.example:8080/specs.4.8.gz)>",
      ),
      { refused: new Map([["gems.example", "it is no package registry of this server"]]) },
      [],
      /the registry mirror\.example:8080 does not have all of it \(404 Not Found\), and gems\.example may not be asked instead\./,
    ],
    [
      "a registry that does not have a package",
      ended("npm error 404 Not Found - GET https://packages.example/left"),
      {},
      [],
      /the registry packages\.example does not have all of it \(404 Not Found\)\. Mend the manifest/,
    ],
    ...[
      "npm error code E503",
      "npm error 500 Internal Server Error - GET http://packages.example/left",
      " ERR_PNPM_FETCH_502  GET http://packages.example/left: Bad Gateway - 502",
      "ResponseError('too many 503 error responses')",
      "ERROR: HTTP error 503 while getting http://packages.example/left.whl",
      "failed to get successful HTTP response from `http://packages.example/le/ft` (10.0.0.1), got 503",
      "go: left@v1.0.0: reading http://packages.example/left/@v/v1.0.0.zip: 503 Service Unavailable",
      "[ERROR] status code: 503, reason phrase: Service Unavailable (503)",
      "Received status code 500 from server: Internal Server Error",
      "<bad response Service Unavailable 503 (http://packages.example/specs.4.8.gz)>",
      "HTTP status server error (504 Gateway Timeout) for url (http://packages.example/simple/left/)",
    ].map((line): [string, RunResult, Partial<Traffic>, string[], RegExp] => [
      `a registry that fails by itself: ${line}`,
      ended(line),
      {},
      [],
      /a registry failed on its side \(status 50\d\)\. Try again when it is back\.$/,
    ]),
    ...[
      "npm error code E401",
      "npm error 403 403 Forbidden - GET https://packages.example/left",
      "Could not fetch URL https://packages.example/simple/left/: 401 Client Error: Unauthorized for url",
      "[ERROR] status code: 401, reason phrase: Unauthorized (401)",
    ].map((line): [string, RunResult, Partial<Traffic>, string[], RegExp] => [
      `a registry that lets nobody in: ${line}`,
      ended(`${line}\nERROR: No matching distribution found for left`),
      {},
      [],
      /a registry did not let this server in \(status 40[13]\)\. No password goes inside: the server's operator can/,
    ]),
    [
      "a proxy that wants a password",
      ended("npm error code E407"),
      {},
      [],
      /a proxy before a registry wants a password/,
    ],
    [
      "a login page",
      ended("npm error invalid json response body at https://packages.example/left reason: Unexpected token '<'"),
      {},
      [],
      /a registry answered with a page for people, such as a login, and not with packages\. The server's operator/,
    ],
    [
      "a login page that was seen on its way",
      ended("ERROR: No matching distribution found for left==1.0.0"),
      { bad: new Map([["packages.example:80", "page"]]) },
      [],
      /the registry packages\.example:80 answered with a page for people/,
    ],
    [
      "a failure that was seen on its way",
      ended("ERROR: No matching distribution found for left==1.0.0"),
      { bad: new Map([["packages.example:80", 503]]) },
      [],
      /the registry packages\.example:80 failed on its side \(status 503\)/,
    ],
    ["redirects without an end", ended("npm error code EMAXREDIRECT"), {}, [], /as one does that wants a login/],
    ["another content", ended("npm error code EINTEGRITY"), {}, [], /not what the lockfile has the checksum of/],
    ["a bomb", ended("npm error code TAR_ABORT"), {}, [], /a thousand times as large unpacked.*Take it out/],
    [
      "a lockfile that is none",
      ended("npm error The `npm ci` command can only install with an existing package-lock.json or"),
      {},
      [],
      /cannot read the lockfile\. It may be empty, cut off, or hold a conflict of a merge\. Mend the manifest or the lockfile/,
    ],
    [
      "a conflict in a manifest, which begins with a bracket too",
      ended("npm error JSON.parse Unexpected token '<', \"<<<<<<< HEAD\" is not valid JSON"),
      {},
      [],
      /exit status 1\. Mend/,
    ],
    ["a registry that is asked too often", ended("npm error code E429"), {}, [], /\(status 429\)\. Try again later/],
    ["a name that holds a number", ended("npm error notarget left-503@1.500.0"), {}, [], /exit status 1\. Mend/],
    ["too much memory", ended("", { outcome: "killed", exitCode: null }), {}, [], /sandbox\.memoryMb/],
    [
      "a sandbox that does not start",
      ended("no namespaces", { outcome: "failed-to-start", exitCode: null }),
      {},
      [],
      /no namespaces.*coop doctor/,
    ],
  ])("%s", (_, result, traffic, withSecret, sentence) => {
    const failure = said(result, traffic, withSecret);
    expect(failure.sentence).toMatch(/^npm packages \(package-lock\.json\) could not be fetched: /);
    expect(failure.sentence).toMatch(sentence);
  });

  it.each<[string, string, string]>([
    ["pip", "ERROR: Could not find a version that satisfies the requirement attrs==999.1 (from versions: 15.0.0, 25.4.0)\nERROR: No matching distribution found for attrs==999.1", "Could not find a version that satisfies the requirement attrs==999.1"],
    ["npm", "npm error code ETARGET\nnpm error notarget No matching version found for left-pad@^99.0.0.", "No matching version found for left-pad@^99.0.0"],
    ["npm about its lockfile", "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update", "`npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync"],
    ["pnpm", "ERR_PNPM_NO_MATCHING_VERSION  No matching version found for left-pad@99", "No matching version found for left-pad@99"],
    ["pnpm about its lockfile", "ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with \"frozen-lockfile\" because pnpm-lock.yaml is not up to date with package.json", "Cannot install with 'frozen-lockfile' because pnpm-lock.yaml is not up to date with package.json"],
    ["yarn", "error Couldn't find any versions for \"left-pad\" that matches \"99\"", "Couldn't find any versions for 'left-pad' that matches '99'"],
    ["a later yarn", "\u27a4 YN0082: \u2502 left-pad@npm:99: No candidates found\n\u27a4 YN0000: \u2514 Completed", "left-pad@npm:99: No candidates found"],
    ["a later yarn about its lockfile", "\u27a4 YN0028: \u2502 The lockfile would have been modified by this install, which is explicitly forbidden.", "lockfile would have been modified by this install, which is explicitly forbidden"],
    ["bun", "error: No version matching \"99\" found for specifier \"left-pad\" (but package exists)", "No version matching '99' found for specifier 'left-pad' (but package exists)"],
    ["bun about its lockfile", "error: lockfile had changes, but lockfile is frozen", "lockfile had changes, but lockfile is frozen"],
    ["bun about a later bun's lockfile", "error: Unknown lockfile version\nerror: lockfile had changes, but lockfile is frozen", "Unknown lockfile version"],
    ["cargo", "error: failed to select a version for the requirement `itoa = \"^99\"`\ncandidate versions found which didn't match: 1.0.19", "failed to select a version for the requirement `itoa = '^99'`"],
    ["go", "go: errors parsing go.mod:\ngo.mod:3: require github.com/google/uuid: version \"v9.9.9\" invalid: should be v0 or v1, not v9", "github.com/google/uuid: version 'v9.9.9' invalid: should be v0 or v1, not v9"],
    ["go about a tag", "go: github.com/google/uuid@v1.99.0: invalid version: unknown revision v1.99.0", "github.com/google/uuid@v1.99.0: invalid version: unknown revision v1.99.0"],
    ["Maven", "[ERROR] Failed to execute goal on project a: Could not find artifact b:c:jar:9 in central (https://repo.example) -> [Help 1]", "Could not find artifact b:c:jar:9"],
    ["Gradle", "> Could not find b:c:9.", "Could not find b:c:9"],
    ["Bundler", "Could not find gem 'rake (= 99)' in rubygems repository", "Could not find gem 'rake (= 99)' in rubygems repository"],
    ["nobody", "Error: something else\nNo matching.", ""],
  ])("names what nobody has in the words of %s", (_, output, lacking) => {
    const named = lacking === "" ? "" : `, "${lacking}"`;
    expect(said(ended(output)).sentence).toContain(`ended with exit status 1${named}. Mend the manifest`);
  }); // prettier-ignore

  it("shows the reason that Maven gives, and not where to read about Maven", () => {
    const below =
      "-> [Help 1]\n[ERROR]\n[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.";
    const { details } = said(
      ended(`[ERROR] Target option 5 is no longer supported.\n[ERROR] ${below}\n[ERROR]   mvn <args> -rf :core`),
    );
    expect(details).toEqual(["[ERROR] Target option 5 is no longer supported."]);
  });

  it("shows the reason that yarn gives, and not that it has ended", () => {
    const reason = "➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.";
    const { details } = said(
      ended(`➤ YN0000: │\n${reason}\n➤ YN0000: └ Completed in 0s 222ms\n➤ YN0000: · Failed with errors in 0s 26ms`),
    );
    expect(details).toEqual([reason]);
  });

  it("shows the reason that Gradle gives, and not where to read about Gradle", () => {
    const reason = "> Failed to apply plugin [id 'kotlin']";
    const after = "* Try:\nRun with --stacktrace option to get the stack trace.\n* Get more help at https://a.example";
    const { details } = said(ended(`* What went wrong:\n${reason}\n${after}\nBUILD FAILED in 18s`));
    expect(details).toEqual([reason]);
  });

  it("names no log that nobody can read", () => {
    const { details } = said(
      ended("npm error code E502\nnpm error A complete log of this run can be found in: /a/b.log"),
    );
    expect(details).toEqual(["npm error code E502"]);
  });

  it("keeps the tool's last lines, and no more", () => {
    const { details } = said(ended(`${"line\n".repeat(50)}${"x".repeat(5000)}\n\n`));
    expect(details).toHaveLength(8);
    expect(details.at(-1)).toHaveLength(300);
  });
});
