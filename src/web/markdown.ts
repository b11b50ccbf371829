import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import type { CompileContext, Extension, HtmlExtension, Token } from "micromark-util-types";
import { isTangled } from "../hygiene/markdown.ts";
import { html, type Html, trusted } from "./html.ts";

/** Shorter texts are rendered before anybody waits for it, however they are knotted. */
const TANGLED_FROM = 8_000;

/**
 * Renders our own messages as GitHub does. Raw HTML is shown as text, but for the few tags that the messages use
 * themselves: exactly these, without attributes. Texts of models and people never hold raw HTML (messages/escape.ts); this
 * is the second lock.
 */
export function rendered(markdown: string): Html {
  if (markdown.length > TANGLED_FROM && isTangled(markdown)) return html`<pre>${markdown}</pre>`;
  return glyphed(micromark(markdown, { extensions: [gfm(), NO_LINKS], htmlExtensions: [gfmHtml(), ownTags] }));
}

/** Our messages have no links and no pictures; what looks like one in them is somebody else's, and stays text. */
const NO_LINKS: Extension = {
  disable: {
    null: ["labelStartImage", "labelStartLink", "autolink", "definition", "wwwAutolink", "protocolAutolink", "emailAutolink"], // prettier-ignore
  },
};

/** Emoji need a font that servers and many desktops lack; the pages use signs that every font has, in the theme's colours. */
const GLYPHS: Readonly<Record<string, string>> = {
  "✅": '<span class="glyph yes" role="img" aria-label="yes">✓</span>',
  "❌": '<span class="glyph no" role="img" aria-label="no">✗</span>',
  "❔": '<span class="glyph open" role="img" aria-label="unknown">?</span>',
  "➖": '<span class="glyph" role="img" aria-label="not applicable">–</span>',
  "🤝": '<span class="glyph yes" role="img" aria-label="accepted by a person">☑</span>',
};

function glyphed(markup: string): Html {
  const spoken = markup.replace(/[✅❌❔➖🤝]/gu, (glyph) => GLYPHS[glyph] ?? glyph);
  return trusted(ACCESSIBLE.reduce((text, [from, to]) => text.replaceAll(from, to), spoken));
}

/** What GitHub's Markdown makes, as somebody hears it who cannot see it, or reaches it who has no mouse. */
const ACCESSIBLE: readonly (readonly [string, string])[] = [
  ['<input type="checkbox" disabled="" checked="" />', '<span class="glyph yes" role="img" aria-label="done">☑</span>'],
  ['<input type="checkbox" disabled="" />', '<span class="glyph" role="img" aria-label="not done">☐</span>'],
  ["<th></th>", "<td></td>"],
  ["<table>", '<table tabindex="0">'],
];

/** One of the state glyphs by itself. */
export function glyph(sign: string): Html {
  return glyphed(sign);
}

const OWN_TAGS: ReadonlySet<string> = new Set(["</details>", "<code>", "</code>"]);
const OWN_FOLD = /^<details><summary>([^<>&"]*)<\/summary>$/;

function ownTag(this: CompileContext, token: Token): undefined {
  const source = this.sliceSerialize(token);
  this.raw(OWN_TAGS.has(source) || OWN_FOLD.test(source) ? source : this.encode(source));
}

const ownTags: HtmlExtension = { exit: { htmlFlowData: ownTag, htmlTextData: ownTag } };
