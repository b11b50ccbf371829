import { Argument, type Command, type Option } from "commander";
import { print } from "./terminal.ts";

/** `coop completion <shell>`: what the shell completes, drawn from the commands themselves. */
const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

export function completionCommand(program: Command): void {
  program
    .command("completion")
    .description("print the completion script for a shell")
    .addArgument(new Argument("<shell>", "whose").choices(SHELLS))
    .addHelpText(
      "after",
      '\nExamples:\n  eval "$(coop completion bash)"                  in ~/.bashrc; for zsh the same in ~/.zshrc\n  coop completion fish > ~/.config/fish/completions/coop.fish',
    )
    .action((shell: Shell) => print(script(shell, wordsOf(program))));
}

type Words = {
  readonly command: string;
  readonly about: string;
  /** What may stand first after the command, and its options. */
  readonly words: readonly string[];
  /** Of options that take one of a few words. */
  readonly values: readonly { readonly option: string; readonly words: readonly string[] }[];
};

function wordsOf(program: Command): Words[] {
  return program.commands.map((one) => ({
    command: one.name(),
    about: one.description(),
    words: [
      ...one.registeredArguments.flatMap(({ argChoices }: Argument) => argChoices ?? []),
      ...one.options.flatMap(({ long }: Option) => long ?? []),
      "--help",
    ],
    values: one.options.flatMap(({ long, argChoices }: Option) =>
      long && argChoices ? [{ option: long, words: argChoices }] : [],
    ),
  }));
}

function script(shell: Shell, all: readonly Words[]): string {
  if (shell === "fish") return fish(all);
  const cases = all.map(({ command, words }) => `    ${command}) words="${words.join(" ")}" ;;`);
  const values = all.flatMap(({ command, values }) =>
    values.map(({ option, words }) => `    "${command} ${option}") words="${words.join(" ")}" ;;`),
  );
  const body = `_coop() {
  local words="${all.map(({ command }) => command).join(" ")} --help --version"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    esac
    case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _coop coop cooperations`;
  return shell === "bash"
    ? body
    : `(( $+functions[compdef] )) || { autoload -U +X compinit && compinit -i; }\nautoload -U +X bashcompinit && bashcompinit\n${body}`;
}

function fish(all: readonly Words[]): string {
  const text = (about: string) => about.replaceAll("'", "\\'");
  const lines = (coop: string) =>
    all.flatMap(({ command, about, words, values }) => {
      const after = `complete -c ${coop} -n '__fish_seen_subcommand_from ${command}'`;
      const own = values.map(({ option }) => option);
      return [
        `complete -c ${coop} -f -n __fish_use_subcommand -a ${command} -d '${text(about)}'`,
        ...words
          .filter((word) => !own.includes(word))
          .map((word) => `${after} ${word.startsWith("--") ? `-l ${word.slice(2)}` : `-f -a ${word}`}`),
        ...values.map(({ option, words }) => `${after} -l ${option.slice(2)} -x -a '${words.join(" ")}'`),
      ];
    });
  return ["coop", "cooperations"].flatMap(lines).join("\n");
}
