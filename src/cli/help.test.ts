import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Command } from "commander";

/** All commands as `coop` has them; its own file starts one when it is loaded. */
const FOUND = [...readFileSync("src/cli/coop.ts", "utf8").matchAll(/import\("(\.\/[\w-]+\.ts)"\)\)\.(\w+)/g)];
const program = new Command("coop").exitOverride();
beforeAll(async () => {
  for (const [, file = "", name = ""] of FOUND)
    ((await import(file)) as Record<string, (program: Command) => void>)[name]?.(program);
});

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

function examplesIn(help: string): string[] {
  return (/Examples?:\n((?: {2}.*\n)+)/.exec(help)?.[1] ?? "").split("\n").filter(Boolean);
}

it("every command has examples, of options that it has", () => {
  expect(program.commands.length).toBe(FOUND.length);
  for (const command of program.commands) {
    const examples = examplesIn(helpOf(command)).join("\n");
    const calls = [...examples.matchAll(/\bcoop ([a-z][\w-]*)([^|;&\n]*)/g)];
    expect([command.name(), calls.map(([, name]) => name)]).toEqual([command.name(), expect.arrayContaining([command.name()])]); // prettier-ignore
    for (const [, name = "", rest = ""] of calls) {
      const called = program.commands.find((one) => one.name() === name);
      const known = called?.options.flatMap(({ long, short }) => [long, short]) ?? [];
      expect([name, (rest.match(/(?<= )--[a-z-]+/g) ?? []).filter((one) => !known.includes(one))]).toEqual([name, []]);
    }
  }
});

describe("completion", () => {
  const scriptFor = async (shell: string): Promise<string> => {
    let text = "";
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (part) => ((text += String(part)), true);
    try {
      await program.parseAsync(["node", "coop", "completion", shell]);
    } finally {
      process.stdout.write = write;
    }
    return text;
  };
  /** Skipped, and said so, on a machine without that shell; COOP_REQUIRE_SHELLS=1 makes that a failure. */
  const whereThereIs = (shell: string) => {
    const isThere = spawnSync(shell, ["-c", "true"]).status === 0;
    if (isThere || process.env["COOP_REQUIRE_SHELLS"] === "1") return it;
    console.warn(`There is no ${shell} here: its completion is not tried.`);
    return it.skip;
  };
  /** What is offered after the words that stand there; the last one is what is being typed. */
  const bash = (words: readonly string[]) =>
    `COMP_WORDS=(${words.map((one) => `'${one}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _coop; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const LINES = [
    [["coop", "ho"], ["hook"]],
    [["coop", "hook", "i"], ["install"]],
    [
      ["coop", "completion", ""],
      ["--help", "bash", "fish", "zsh"],
    ],
    [["coop", "schema", "p"], ["policy"]],
    [
      ["coop", "run", "--type", ""],
      ["bug", "docs", "feature", "refactor"],
    ],
    [["coop", "review", "--format", "s"], ["sarif"]],
    [["coop", "run", "--ti"], ["--title"]],
  ] as const;

  it("in bash offers what a command takes, and the words that an option takes", async () => {
    const script = await scriptFor("bash");
    for (const [words, offered] of LINES) {
      const ran = spawnSync("bash", ["-c", `${script}\n${bash(words)}`], { encoding: "utf8" });
      expect([words, ran.stderr, ran.stdout.trim().split("\n").sort()]).toEqual([words, "", offered]);
    }
  });

  whereThereIs("fish")("in fish, too", async () => {
    const script = await scriptFor("fish");
    for (const [words, offered] of LINES) {
      const ran = spawnSync("fish", ["--no-config", "-c", `${script}\ncomplete -C '${words.join(" ")}'`], { encoding: "utf8" }); // prettier-ignore
      const said = ran.stdout.split("\n").map((line) => line.split("\t")[0] ?? "");
      const wanted = offered.filter((word) => word !== "--help");
      expect([words, ran.stderr, said]).toEqual([words, "", expect.arrayContaining(wanted)]);
    }
  });

  whereThereIs("zsh")("and its script is read by zsh, where nothing of completion was set up before", async () => {
    const ran = spawnSync("zsh", ["-f", "-c", `${await scriptFor("zsh")}\nprint $_comps[coop]`], {
      encoding: "utf8",
    });
    expect([ran.stderr, ran.stdout.trim()]).toEqual(["", expect.stringMatching(/_bash_complete.*_coop/)]);
  });
});
