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

export function hidesInFormula(tex: string): boolean {
  if (/(?:^|[^\\])%/.test(tex) || ENVIRONMENT.test(tex) || ROW_ELSEWHERE.test(tex)) return true;
  for (const [, command = ""] of tex.matchAll(/\\([A-Za-z]+)/g)) if (!DRAWING.has(command)) return true;
  return false;
}

export type Span = { readonly from: number; readonly to: number };

/** Formulas in running text, as GitHub finds them: `$…$`, `$$…$$`, and code between dollar signs. */
export function formulasIn(text: string, skip: (offset: number) => boolean): Span[] {
  const found: Span[] = [];
  let open = null as { at: number; signs: number } | null;
  for (let at = text.indexOf("$"); at >= 0; at = text.indexOf("$", at)) {
    const signs = text[at + 1] === "$" ? 2 : 1;
    const past = at + signs;
    if (skip(at) || text[at - 1] === "\\") {
      at = past;
      continue;
    }
    if (open?.signs === signs && (signs === 2 || !/[\s]/.test(text.charAt(at - 1)))) {
      found.push({ from: open.at, to: past });
      open = null;
    } else if (signs === 2 || (/\S/.test(text.charAt(past)) && !/[A-Za-z0-9]/.test(text.charAt(at - 1)))) {
      open = { at, signs };
    }
    at = past;
  }
  return found;
}
