import type { Code } from "mdast";
import { diagram } from "./hidden-diagrams.ts";

/**
 * What GitHub draws instead of showing it: formulas, diagrams, maps, models. Words in their source hide from whoever looks
 * at the page, so a source is shown only where nothing in it can hide.
 */
export type Figure = { readonly what: string; readonly shown: string };

/** Drawn as a map or a model: not one word of the source is on the page. */
const DRAWN: Readonly<Record<string, string>> = { geojson: "map", topojson: "map", stl: "model" };

/** @returns what a reader sees in its place; null for code that is shown as it is */
export function figureOf(node: Code): Figure | null {
  const lang = (node.lang ?? "").toLowerCase();
  const drawn = Object.hasOwn(DRAWN, lang) ? DRAWN[lang] : undefined;
  if (drawn) return { what: `Source of a ${drawn}`, shown: `(${drawn})` };
  if (lang === "math")
    return hidesInFormula(node.value) ? { what: "Formula that can hide words", shown: FORMULA } : null;
  return lang === "mermaid" ? diagram(node) : null;
}

export const FORMULA = "(formula)";

/** Commands whose whole effect is on the page; any other one might draw nothing, or white on white. */
const DRAWING: ReadonlySet<string> = new Set(
  (
    "frac dfrac tfrac binom sqrt sum prod int iint oint lim limsup liminf log ln exp sin cos tan cot arcsin arccos arctan sinh cosh tanh min max sup inf det dim gcd " +
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega " +
    "cdot cdots ldots dots vdots ddots times div pm mp le leq ge geq ne neq equiv approx sim simeq cong propto ll gg lt gt subset subseteq supset supseteq in notin ni cup cap setminus emptyset varnothing " +
    "forall exists nexists neg lnot land lor wedge vee oplus otimes circ bullet star ast to gets rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow iff implies mapsto longrightarrow uparrow downarrow " +
    "infty partial nabla ell hbar Re Im angle perp parallel mid vert Vert lvert rvert lVert rVert langle rangle lfloor rfloor lceil rceil left right big Big bigg Bigg " +
    "mathbb mathbf mathcal mathrm mathit mathsf mathtt mathfrak boldsymbol text textbf textit textrm operatorname bar hat tilde vec dot ddot overline underline overbrace underbrace widehat widetilde " +
    "quad qquad begin end matrix pmatrix bmatrix vmatrix cases align aligned array mod bmod pmod prime not displaystyle limits nolimits stackrel overset underset hline"
  ).split(" "),
);
const ENVIRONMENT = /\\(?:begin|end)\s{0,9}\{(?!(?:p|b|v|V|B|small)?matrix\}|cases\}|align(?:ed)?\*?\}|array\}|gather(?:ed)?\*?\}|equation\*?\}|split\})|\\begin\s{0,9}\{array\}\s{0,9}(?!\s|\{[lcr|:\s]{1,40}\})/; // prettier-ignore

/** The next row over this one, or far below: any distance but a small one. */
const ROW_ELSEWHERE = /\\\\\s{0,9}\[(?!\s{0,9}\d(?:\.\d{1,3})?\s{0,9}(?:em|ex|pt|mm)\s{0,9}\])/;

/** Spaces, and signs that TeX needs a stroke for. `\!` goes back, so that what follows stands over what was there. */
const SIGNS_DRAWN = /^[\\,:;>{}|_%$#& \s]$/;
const BACK_MAX = 4;
/** Blanks, columns, rows and letters of one row, of which more push what follows out of the page. */
const SPACES_MAX = 30;
const COLUMNS_MAX = 40;
const ROWS_MAX = 60;
const ROW_LETTERS_MAX = 250;

function hidesInFormula(tex: string): boolean {
  if (/(?:^|[^\\])%/.test(tex) || ENVIRONMENT.test(tex) || ROW_ELSEWHERE.test(tex)) return true;
  let [back, spaces] = [0, tex.match(/~/g)?.length ?? 0];
  for (const [, command = "", sign = ""] of tex.matchAll(/\\(?:([A-Za-z]+)|([^A-Za-z]|$))/g)) {
    if (sign === "!") back += 1;
    else if (command !== "" ? !DRAWING.has(command) : !SIGNS_DRAWN.test(sign)) return true;
    if (/^q?quad$/.test(command) || /^[,:;> ]$/.test(sign)) spaces += 1;
  }
  const rows = tex.split("\\\\");
  const isWide = rows.some(
    (row) =>
      (row.match(/&/g)?.length ?? 0) > COLUMNS_MAX ||
      row.replace(/\\[A-Za-z]+/g, "x").replace(/[\s{}^_&]/g, "").length > ROW_LETTERS_MAX,
  );
  return back > BACK_MAX || spaces > SPACES_MAX || rows.length > ROWS_MAX || isWide;
}

export type Span = { readonly from: number; readonly to: number };

/**
 * Places in running text that GitHub may draw as a formula and that would hide words: `$…$`, `$$…$$`, and code between dollar
 * signs. Which sign begins one and which ends one is for GitHub to say, so each two that follow each other are looked at.
 */
export function hidingFormulasIn(text: string, skip: (offset: number) => boolean): Span[] {
  const signs = [...text.matchAll(/\${1,2}/g)]
    .map(({ index, 0: sign }) => ({ at: index, past: index + sign.length, isDouble: sign.length === 2 }))
    .filter(({ at }) => !skip(at) && !isEscaped(text, at));
  const found: Span[] = [];
  for (const [index, open] of signs.entries()) {
    const close = signs[index + 1];
    if (close === undefined) break;
    const inside = text.slice(open.past, close.at);
    // `$HOME and $PATH` are two names: a single sign stands close to its formula.
    const isClose = open.isDouble || close.isDouble || (/^\S/.test(inside) && /\S$/.test(inside));
    if (!isClose || !hidesInFormula(inside)) continue;
    const last = found.at(-1);
    if (last && last.to > open.at) found[found.length - 1] = { from: last.from, to: close.past };
    else found.push({ from: open.at, to: close.past });
  }
  return found;
}

/** By one stroke, and not by two that are themselves one. */
function isEscaped(text: string, at: number): boolean {
  let strokes = 0;
  while (text[at - 1 - strokes] === "\\") strokes += 1;
  return strokes % 2 === 1;
}
