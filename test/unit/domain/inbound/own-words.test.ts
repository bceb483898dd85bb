import { describe, expect, it } from "vitest";
import { ownWords } from "../../../../src/domain/inbound/own-words.ts";

const cases: readonly (readonly [string, string])[] = [
  ["Gmail", "On Tue, Mar 17, 2026 at 8:00 AM Lena <lena@baton.example> wrote:\n> Your first task"],
  [
    "Gmail, broken over two lines",
    "On Tue, Mar 17, 2026 at 8:00 AM Lena Park\n<lena@baton.example> wrote:\n> Your first task",
  ],
  [
    "Outlook",
    "________________________________\nFrom: Lena <lena@baton.example>\nSent: Tuesday\nYour first task",
  ],
  [
    "Outlook without an address",
    "From: Lena Park\nSent: Tuesday, 17 March 2026 08:00\nTo: Abdullah\n\nYour first task",
  ],
  ["Outlook, German", "-----Ursprüngliche Nachricht-----\nVon: Lena\nIhre erste Aufgabe"],
  ["German", "Am Di., 17. März 2026 um 08:00 Uhr schrieb Lena <lena@baton.example>:\n> Ihre erste Aufgabe"],
  ["French", "Le mar. 17 mars 2026 à 08:00, Lena <lena@baton.example> a écrit :\n> Votre première tâche"],
  ["Spanish", "El mar, 17 mar 2026 a las 8:00, Lena (<lena@baton.example>) escribió:\n> Su primera tarea"],
  ["Dutch", "Op di 17 mrt 2026 om 08:00 schreef Lena <lena@baton.example>:\n> Uw eerste taak"],
  [
    "Italian",
    "Il giorno mar 17 mar 2026 alle ore 08:00 Lena <lena@baton.example> ha scritto:\n> Il primo compito",
  ],
  ["a signature", "-- \nAbdullah Al-Harthi\nNajm Retail Group"],
];

describe("a person's own words", () => {
  it.each(cases)("are what stands above the quote: %s", (_, quote) => {
    expect(ownWords(`Done, thank you.\nWho helps with imports?\n\n${quote}\n`)).toBe(
      "Done, thank you.\nWho helps with imports?",
    );
  });

  it("are what stands between quoted lines", () => {
    expect(ownWords("> Who is the sponsor?\nMona.\n> When?\nIn May.")).toBe("Mona.\nIn May.");
  });

  it("keep the whole text when all of it is quoted, since an answer may stand inside", () => {
    expect(ownWords("> Who is the sponsor? MONA")).toBe("> Who is the sponsor? MONA");
  });
});
