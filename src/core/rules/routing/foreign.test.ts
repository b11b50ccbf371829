import { describe, expect, it } from "@jest/globals";
import { type Foreign, isForeign, saysForeign } from "./foreign.ts";

describe("a text in another language", () => {
  it.each([
    "Absturz beim Start",
    "Le menu ne se ferme pas",
    "La página está vacía",
    "Não consigo salvar",
    "Het menu sluit niet",
    "Nie można zapisać pliku",
    "Не открывается файл",
    "菜单打不开",
    "開けない",
    "파일이 열리지 않음",
    "Το αρχείο",
  ])("%s is one", (text) => {
    expect(isForeign(text)).toBe(true);
  });

  it.each([
    "Crash on start",
    "Café page is blank",
    "Support Los Angeles time",
    "Die on SIGTERM",
    "Move en_US strings",
    "Show the von Neumann entropy",
    "El Capitan: window flickers",
    "",
  ])("%s is none", (text) => {
    expect(isForeign(text)).toBe(false);
  });
});

describe("what it says", () => {
  it.each<[Foreign, string]>([
    ["fault", "Fenster wird falsch gezeichnet"],
    ["fault", "L'écran se fige à l'ouverture"],
    ["fault", "A tela trava quando abro o menu"],
    ["fault", "Ошибка входа"],
    ["fault", "登录界面卡死"],
    ["fault", "画面が固まる"],
    ["fault", "앱이 튕김"],
    ["negation", "Der Knopf reagiert nicht"],
    ["negation", "La page ne s'affiche pas"],
    ["negation", "无法登录"],
    ["negation", "保存できない"],
    ["event", "Absturz beim Drucken der Seite"],
    ["event", "Сбой при запуске"],
    ["event", "保存时闪退"],
    ["wish", "Es wäre schön, wenn man die Farbe wählen könnte"],
    ["wish", "Ajouter la prise en charge du format webp dans la galerie"],
    ["wish", "希望能排序"],
    ["wish", "印刷に対応してほしい"],
    ["reshape", "Steuerklassen vereinfachen und auf Deutsch benennen"],
    ["reshape", "Extraire le calcul des prix dans une classe"],
    ["reshape", "拆分订单服务"],
    ["document", "Tippfehler im Handbuch"],
    ["document", "教程里少了一步"],
    ["document", "Опечатка в документации"],
  ])("%s: %s", (what, title) => {
    expect(saysForeign(what, { title, prose: "" }, "title")).toBe(true);
  });

  it("hears nothing foreign in English", () => {
    const title = "Guide: error when the manual is rot13, mal-formed or in the po file";
    for (const what of ["fault", "event", "document", "negation"] as const)
      expect(saysForeign(what, { title, prose: "" }, "title")).toBe(false);
  });

  it("knows the language of a short title from the text below it", () => {
    expect(saysForeign("fault", { title: "Fehler 500", prose: "Der Server antwortet damit." }, "title")).toBe(true);
  });
});
