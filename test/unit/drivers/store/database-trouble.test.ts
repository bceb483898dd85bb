import { describe, expect, it } from "vitest";
import { isDatabaseTrouble } from "../../../../src/drivers/store/database-trouble.ts";

const withCode = (code: string) => Object.assign(new Error("refused"), { code });

describe("isDatabaseTrouble", () => {
  it("knows a server that starts up, shuts down or cannot be reached", () => {
    for (const code of ["57P03", "57P01", "08006", "ECONNREFUSED", "ECONNRESET", "P1001"]) {
      expect(isDatabaseTrouble(withCode(code)), code).toBe(true);
    }
    expect(isDatabaseTrouble(new Error("Connection terminated unexpectedly"))).toBe(true);
  });

  it("looks behind the error that others put before it", () => {
    expect(isDatabaseTrouble(new Error("cannot load", { cause: withCode("57P01") }))).toBe(true);
  });

  it("leaves what was asked wrongly as it is", () => {
    expect(isDatabaseTrouble(withCode("23505"))).toBe(false);
    expect(isDatabaseTrouble(withCode("P2025"))).toBe(false);
    expect(isDatabaseTrouble(new Error("Nobody writes mails of that kind."))).toBe(false);
  });
});
