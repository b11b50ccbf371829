import { html, type Html } from "./html.ts";

/** Plots as SVG, drawn here: no script, colours of the theme, a title and a description, and a table beside each. */
export type Stack = {
  /** Under the column. */
  readonly label: string;
  /** By the name of a series; what is missing is nothing. */
  readonly parts: ReadonlyMap<string, number>;
};

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 64;
const BOTTOM = 26;
const TOP = 10;
/** Pixels: two columns alone would be walls. */
const COLUMN_WIDTH_MAX = 48;
/** Below each other they would run into each other. */
const LABELS_MAX = 10;
/** As many as there are colours; further series share the last one. */
const COLOURS = 8;

/** @param words a value with its unit */
export function stackedColumns(
  id: string,
  about: { readonly title: string; readonly says: string },
  series: readonly string[],
  stacks: readonly Stack[],
  words: (value: number) => string,
): Html {
  const sums = stacks.map(({ parts }) => [...parts.values()].reduce((sum, value) => sum + value, 0));
  const top = niceTop(Math.max(...sums, 0));
  const step = (WIDTH - LEFT) / Math.max(stacks.length, 1);
  const width = Math.min(COLUMN_WIDTH_MAX, step * 0.7);
  const high = (value: number) => (value / top) * (HEIGHT - TOP - BOTTOM);
  const columns = stacks.map(({ label, parts }, at) => {
    const x = LEFT + at * step + (step - width) / 2;
    let y = HEIGHT - BOTTOM;
    const bars = series.flatMap((name, index) => {
      const value = parts.get(name) ?? 0;
      if (value === 0) return [];
      y -= high(value);
      return [
        html`<rect
          class="${colourOf(index)}"
          x="${px(x)}"
          y="${px(y)}"
          width="${px(width)}"
          height="${px(high(value))}"
        >
          <title>${label}, ${name}: ${words(value)}</title>
        </rect>`,
      ];
    });
    const every = Math.ceil(stacks.length / LABELS_MAX);
    const under = at % every === 0 ? html`<text x="${px(x + width / 2)}" y="${HEIGHT - 8}" text-anchor="middle">${label}</text>` : null; // prettier-ignore
    return html`${bars}${under}`;
  });
  const lines = [0, 0.5, 1].map((share) => {
    const y = px(HEIGHT - BOTTOM - high(top * share));
    return html`<line x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}" /><text x="${LEFT - 8}" y="${Number(y) + 4}" text-anchor="end">${words(top * share)}</text>`; // prettier-ignore
  });
  return html`<figure class="plot" tabindex="0" aria-labelledby="${id}-title">
    ${legend(series)}
    <svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${WIDTH} ${HEIGHT}">
      <title id="${id}-title">${about.title}</title>
      <desc id="${id}-desc">${about.says} The table below has every number.</desc>
      ${lines}${columns}
    </svg>
  </figure>`;
}

export type Bar = { readonly label: string; readonly value: number; readonly words: string; readonly series: number };

/** Pixels: a line of text with air. */
const ROW = 24;
const LABEL_WIDTH = 250;
const BAR_WIDTH = 340;

export function bars(id: string, about: { readonly title: string; readonly says: string }, all: readonly Bar[]): Html {
  const largest = Math.max(...all.map(({ value }) => value), Number.MIN_VALUE);
  const rows = all.map(({ label, value, words, series }, at) => {
    const [y, width] = [at * ROW, Math.max(1, (value / largest) * BAR_WIDTH)];
    return html`<text x="${LABEL_WIDTH - 10}" y="${y + 16}" text-anchor="end">${label}</text>
      <rect class="${colourOf(series)}" x="${LABEL_WIDTH}" y="${y + 4}" width="${px(width)}" height="${ROW - 8}" />
      <text x="${px(LABEL_WIDTH + width + 8)}" y="${y + 16}">${words}</text>`;
  });
  return html`<figure class="plot" tabindex="0" aria-labelledby="${id}-title">
    <svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${WIDTH} ${all.length * ROW}">
      <title id="${id}-title">${about.title}</title>
      <desc id="${id}-desc">${about.says} The table below has every number.</desc>
      ${rows}
    </svg>
  </figure>`;
}

function legend(series: readonly string[]): Html {
  return html`<ul class="legend">
    ${series.map((name, at) => html`<li><span class="swatch ${colourOf(at)}"></span>${name}</li>`)}
  </ul>`;
}

function colourOf(index: number): string {
  return `series-${Math.min(index, COLOURS - 1)}`;
}

/** The next of 1, 2 or 5 with noughts, so that the lines stand at round numbers. */
function niceTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((one) => one * power >= value) ?? 10) * power;
}

function px(value: number): string {
  return (Math.round(value * 10) / 10).toString();
}
