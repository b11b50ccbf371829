import { describe, expect, it } from "@jest/globals";
import { aTicketLedger } from "../../test/support/builders.ts";
import { scorecard } from "../audit/scorecard.ts";
import { benchPage } from "./bench/page.ts";
import { summaryOf } from "./bench/figures.ts";
import { scorecardPage } from "./scorecard-page.ts";

describe("pages of figures", () => {
  it("stand alone: plots without scripts, and nothing from elsewhere", () => {
    const page = scorecardPage(
      { head: ["Model"], rows: [["<b>x</b>"]], legend: "First pass: …" },
      scorecard([aTicketLedger()]),
    );
    expect(page).toContain("&lt;b&gt;x&lt;/b&gt;");
    expect(page.match(/<svg /g)?.length).toBeGreaterThan(2);
    expect(page).not.toMatch(/<script|src=|href=/);
    expect(page).toContain("First pass: …");
    expect(page).toContain("Share of the tickets that were proven without a fix round");
  });

  it("have no plot where there is nothing to show", () => {
    expect(scorecardPage({ head: ["Model"], rows: [], legend: "" }, [])).not.toContain("<svg");
    expect(benchPage([], summaryOf([], { right: 0, n: 0 }, 0, "live"), new Map([["a", "<no Go>"]]))).toContain(
      "&lt;no Go&gt;",
    );
  });
});
