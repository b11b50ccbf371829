import { html, type Html } from "../web/html.ts";

/** A bar for each row, as SVG: no script, and each bar says its number to whoever points at it or cannot see it. */
export type Bar = {
  readonly label: string;
  readonly value: number;
  /** The value with its unit. */
  readonly words: string;
  readonly tone: "one" | "other" | "bad";
};

const BAR_WIDTH = 420;
const ROW_HEIGHT = 20;
const LABEL_WIDTH = 240;
const WORDS_WIDTH = 140;
const COLOURS = { one: "#2c7fb8", other: "#7f8c8d", bad: "#c0392b" } as const;

/** @param full the value of a bar of full length; the largest one where none is given */
export function barChart(about: string, bars: readonly Bar[], full?: number): Html {
  const largest = full ?? Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const rows = bars.map(({ label, value, words, tone }, at) => {
    const y = at * ROW_HEIGHT;
    // A trace of colour for little, none for nothing.
    const width = value > 0 ? Math.max(1, Math.round((value / largest) * BAR_WIDTH)) : 0;
    return html`<g>
      <title>${label}: ${words}</title>
      <text x="0" y="${y + 14}">${label}</text>
      <rect x="${LABEL_WIDTH}" y="${y + 3}" width="${width}" height="${ROW_HEIGHT - 6}" fill="${COLOURS[tone]}" />
      <text x="${LABEL_WIDTH + width + 6}" y="${y + 14}">${words}</text>
    </g>`;
  });
  const size = `0 0 ${LABEL_WIDTH + BAR_WIDTH + WORDS_WIDTH} ${bars.length * ROW_HEIGHT}`;
  return html`<figure>
    <figcaption>${about}</figcaption>
    <svg role="img" aria-label="${about}" viewBox="${size}" width="100%" style="max-width: 60rem">${rows}</svg>
  </figure>`;
}

/** A page that stands alone: one file to send around. */
export function standalonePage(title: string, body: readonly Html[]): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <style>
          body {
            font:
              15px/1.5 system-ui,
              sans-serif;
            max-width: 82rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
          :root {
            color-scheme: light dark;
          }
          .wide {
            overflow-x: auto;
          }
          table {
            border-collapse: collapse;
            font-size: 12px;
            font-variant-numeric: tabular-nums;
          }
          th,
          td {
            padding: 0.15rem 0.35rem;
            text-align: right;
            vertical-align: bottom;
            white-space: nowrap;
          }
          th:first-child,
          th:nth-child(2),
          td:first-child,
          td:nth-child(2) {
            text-align: left;
          }
          tr + tr {
            border-top: 1px solid #8884;
          }
          figure {
            margin: 1.5rem 0;
          }
          figcaption {
            font-weight: 600;
          }
          svg text {
            fill: currentColor;
            font:
              12px system-ui,
              sans-serif;
          }
          pre {
            overflow-x: auto;
            white-space: pre-wrap;
          }
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`.html;
}
