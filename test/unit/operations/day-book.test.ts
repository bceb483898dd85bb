import { describe, expect, it } from "vitest";
import { DayBook } from "../../../src/operations/day-book.ts";

const mail = (contactId: string, localDate = "2026-03-02", accountId = "a") => ({
  accountId,
  contactId,
  localDate,
});

describe("DayBook", () => {
  it("holds the dates on which a person has a program mail", () => {
    const book = new DayBook([mail("robin")]);
    book.take(mail("robin", "2026-03-04"));
    expect([...book.takenBy("robin")]).toEqual(["2026-03-02", "2026-03-04"]);
    expect(book.takenBy("sam").size).toBe(0);
  });

  it("calls a date full for the account with the third mail", () => {
    const book = new DayBook([mail("robin"), mail("sam")]);
    expect(book.fullFor("a").size).toBe(0);
    book.take(mail("kim"));
    expect([...book.fullFor("a")]).toEqual(["2026-03-02"]);
    expect(book.fullFor("b").size).toBe(0);
  });

  it("leaves a date free that only holds a service notice", () => {
    const book = new DayBook([]);
    book.take({ ...mail("robin"), mailClass: "service" });
    expect(book.takenBy("robin").size).toBe(0);
  });
});
