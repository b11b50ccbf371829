import type { Command, Option } from "commander";
import { print } from "./terminal.ts";

/** `coop completion <shell>`: what the shell completes, drawn from the commands themselves. */
const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

export function completionCommand(program: Command): void {
  program
    .command("completion")
    .description("print the completion script for a shell")
    .argument("<shell>", "bash, zsh or fish")
    .addHelpText(
      "after",
      '\nExamples:\n  eval "$(coop completion bash)"\n  coop completion fish > ~/.config/fish/completions/coop.fish',
    )
    .action((shell: string, _options: unknown, command: Command) => {
      if (!SHELLS.includes(shell as Shell))
        command.error(`error: there is no completion for ${shell}; it is one of ${SHELLS.join(", ")}`);
      print(script(shell as Shell, wordsOf(program)));
    });
}

type Words = { readonly command: string; readonly about: string; readonly words: readonly string[] };

function wordsOf(program: Command): Words[] {
  return program.commands.map((one) => {
    const options = one.options.flatMap(({ long }: Option) => long ?? []);
    return {
      command: one.name(),
      about: one.description(),
      words: [...one.commands.map((sub) => sub.name()), ...options, "--help"],
    };
  });
}

function script(shell: Shell, all: readonly Words[]): string {
  if (shell === "fish") return fish(all);
  const cases = all.map(({ command, words }) => `    ${command}) words="${words.join(" ")}" ;;`).join("\n");
  const body = `_coop() {
  local words="${all.map(({ command }) => command).join(" ")} --help --version"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _coop coop cooperations`;
  return shell === "bash" ? body : `autoload -U +X bashcompinit && bashcompinit\n${body}`;
}

function fish(all: readonly Words[]): string {
  const quiet = "complete -c coop -f";
  const text = (about: string) => about.replaceAll("'", "\\'");
  return all
    .flatMap(({ command, about, words }) => [
      `${quiet} -n __fish_use_subcommand -a ${command} -d '${text(about)}'`,
      ...words.map((word) => {
        const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
        return `complete -c coop -n '__fish_seen_subcommand_from ${command}' ${what}`;
      }),
    ])
    .join("\n");
}
