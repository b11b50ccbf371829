import { isPaleOn, isReadableOn } from "./hidden-styles.ts";

/**
 * Styles and settings of a diagram that make letters small, pale or none. There are more of them than anybody can list, so only
 * those are let pass of which it is known that a reader sees the text.
 */
export function hidesByStyle(lines: readonly string[]): boolean {
  return settingsOf(lines).some((one) => LETTERS.test(one)) || lines.some((line) => hides(line) || isDarkFrame(line));
}

const STYLE = /^\s{0,80}(?:style|classDef|linkStyle)\s{1,9}\S{1,200}\s{1,9}([^\n]{0,1000})/;
const HARMLESS: ReadonlySet<string> = new Set("fill stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap color font-weight font-style rx ry".split(" ")); // prettier-ignore

function hides(line: string): boolean {
  const style = STYLE.exec(line)?.[1];
  if (style === undefined) return false;
  const said = new Map<string, string>();
  for (const one of style.split(/[,;]/)) {
    const [name = "", ...value] = one.split(":");
    // `stroke-dasharray: 5, 5` goes on behind its comma.
    if (value.length === 0) continue;
    if (!HARMLESS.has(name.trim().toLowerCase())) return true;
    said.set(name.trim().toLowerCase(), value.join(":").trim().toLowerCase());
  }
  const [colour, fill] = [said.get("color"), said.get("fill")];
  if (colour !== undefined) return isPaleOn(colour, fill ?? null);
  return fill !== undefined && fill !== "none" && !isReadableOn(fill);
}

/** A frame around messages, whose words are dark; `box` may have a title in place of a colour. */
const FRAME = /^\s{0,80}(?:rect\s{1,9}([^\n]{0,200})|box\s{1,9}(#\w{3,8}|rgba?\([^)\n]{0,60}\)|hsla?\([^)\n]{0,60}\)|black|navy|midnight\w{0,9}|dark\w{0,20}|dim\w{0,9}|indigo|maroon|purple|teal|brown|saddlebrown|slate\w{0,9})(?![\w-]))/i; // prettier-ignore

function isDarkFrame(line: string): boolean {
  const [, rect, box] = FRAME.exec(line) ?? [];
  const said = (rect ?? box)?.trim().toLowerCase();
  if (said === undefined) return false;
  const colour = /^(?:(?:rgb|hsl)a?\([^)]{0,60}\)|\S{1,60})/.exec(said)?.[0] ?? "";
  return colour !== "transparent" && !isReadableOn(colour);
}

/** Settings that change letters or the room for them. The others move boxes and lines about. */
const LETTERS = /theme(?:variables|css)|font|colou?r|bkg|size|scale|(?<!max)width|height|padding|margin|opacity|\\|&/i;

/** Each `%%{init: …}%%`, and the front matter but for the title, which is drawn. */
function settingsOf(lines: readonly string[]): string[] {
  const end = lines[0]?.trim() === "---" ? lines.findIndex((line, index) => index > 0 && line.trim() === "---") : 0;
  const front = lines.slice(0, end < 0 ? lines.length : end).filter((line) => !/^title:/.test(line));
  return [front.join("\n"), ...(lines.join("\n").match(/%%\{[^}]{0,2000}(?:\}[^%\n]{0,200}){0,9}(?:%%|$)/gm) ?? [])];
}
