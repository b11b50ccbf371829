import { createHash } from "node:crypto";
import { html, type Html, trusted } from "./html.ts";
import { LIVE_SCRIPT_PATH } from "./live-script.ts";
import { FIGURES_STYLE } from "./style-figures.ts";
import { STYLE } from "./style.ts";

/** Enough that two styles never share an address. */
const HASH_DIGITS = 10;

export const WHOLE_STYLE = `${STYLE}${FIGURES_STYLE}`;

/** The frame around every page. One script of our own, without which everything works; nothing from another host. */
export const STYLE_PATH = `/style-${createHash("sha256").update(WHOLE_STYLE).digest("hex").slice(0, HASH_DIGITS)}.css`;
export const ICON_PATH = "/icon.svg";

/** Two circles that overlap: one writes, others doubt. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="12" cy="16" r="9" fill="#5b5bd6"/><circle cx="20" cy="16" r="9" fill="#12a594" fill-opacity=".8"/></svg>';

/** @param live where the page hears that it changed; absent: it does not change */
export function layout(title: string, main: Html, live = ""): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="${ICON_PATH}" type="image/svg+xml" />
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="bar">
          <a class="brand" href="/">${trusted(ICON.replace("<svg ", '<svg aria-hidden="true" '))} Cooperations</a>
          <nav aria-label="Pages">
            <a href="/">Tickets</a> <a href="/board">Board</a> <a href="/figures">Figures</a>
          </nav>
          <p>One model writes. Two models doubt. Nothing merges without proof.</p>
        </header>
        <main id="main" data-live="${live}">${main}</main>
        ${live ? html`<script src="${LIVE_SCRIPT_PATH}" defer></script>` : null}
      </body>
    </html>`;
  return page.html;
}

/** A page that only says something: not found, out of order. */
export function notice(title: string, sentence: string): string {
  return layout(
    title,
    html`<section class="empty">
      <h1>${title}</h1>
      <p>${sentence}</p>
      <p><a href="/">All tickets</a></p>
    </section>`,
  );
}
