/** Whatever starts the script `test` of one package after the other. */
const STARTERS: readonly RegExp[] = [
  /(?:^|[\s/])npm\b[^;&|\n]*\s(?:-ws|--workspaces?|-w)(?=[\s=;&|]|$)/,
  /(?:^|[\s/])pnpm\b[^;&|\n]*\s(?:-r|--recursive|--filter|-F|--workspace-root)(?=[\s=;&|]|$)|(?:^|[\s/])pnpm (?:m|multi|recursive) /,
  /(?:^|[\s/])yarn\b[^;&|\n]*\s(?:workspaces?|-W)(?=[\s;&|]|$)/,
  /(?:^|[\s/])bun\b[^;&|\n]*\s(?:--filter|--workspaces)(?=[\s=;&|]|$)/,
  // As a command, and not as an argument of another one.
  /(?:^|[;&|(]\s*|\b(?:npx|bunx|yarn|pnpm|exec|dlx|run)\s+(?:--?\S+\s+)*|\w=\S*\s+|\.bin\/)(?:nx|lerna|turbo|wireit|moon|rush|ultra|lage|wsrun|oao)(?=\s|$)/,
];
/** `npm --prefix a test && npm --prefix b test`, `cd a && npm test && cd ../b && npm test` */
const PLACE = /(?:^|[\s;&|])(?:cd\s+\S|(?:npm|pnpm|yarn|bun)\b[^;&|\n]*\s(?:--prefix|--dir|-C|--cwd)[\s=])/g;

/**
 * Whether commands test several packages, each with a line before it that says whose turn it is. In the output of any other
 * such a line is one that a test printed, as one does that starts `npm run build`.
 */
export function testsInTurn(commands: readonly string[]): boolean {
  return commands.some((one) => STARTERS.some((starter) => starter.test(one)) || (one.match(PLACE)?.length ?? 0) > 1);
}
