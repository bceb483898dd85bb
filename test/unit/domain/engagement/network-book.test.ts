import { describe, expect, it } from "vitest";
import { readIp, readNetwork } from "../../../../src/domain/engagement/ip-address.ts";
import { networkBook, readRanges } from "../../../../src/domain/engagement/network-book.ts";

const book = networkBook();

describe("the shipped networks", () => {
  it.each([
    ["40.92.0.0", "microsoft"],
    ["40.93.255.255", "microsoft"],
    ["104.47.127.255", "microsoft"],
    ["::ffff:40.107.3.4", "microsoft"],
    ["2a01:111:f400:7c00::1", "microsoft"],
    ["148.163.159.255", "proofpoint"],
    ["205.139.111.9", "mimecast"],
    ["64.235.150.1", "barracuda"],
    ["17.58.0.1", "apple"],
    ["66.249.84.7", "google-image-proxy"],
  ])("know %s as %s", (address, name) => {
    expect(book(address)).toBe(name);
  });

  it.each([
    "148.163.160.0",
    "40.126.0.1",
    "64.235.160.0",
    "2a02:8070::1",
    "192.168.1.4",
    "::1",
    "nonsense",
    "",
  ])("know nothing of %s", (address) => {
    expect(book(address)).toBeNull();
  });

  it("are looked up ten thousand times within two seconds among twenty thousand blocks", () => {
    const many = Array.from({ length: 20_000 }, (_, n) => `scanner 198.${n >> 8}.${n & 255}.0/24`);
    const large = networkBook(readRanges(many.join("\n")).ranges);
    const began = performance.now();
    for (let n = 0; n < 10_000; n += 1) large(`93.184.${(n >> 8) & 255}.${n & 255}`);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(large("198.3.7.9")).toBe("scanner");
  });
});

describe("a file of the operator's own", () => {
  it("adds networks, and the narrowest block wins whoever names it", () => {
    const { ranges, problems } = readRanges(
      "# our own gateway\n203.0.113.0/24\nmimecast 40.92.7.0/24 # a tenant's\nicloud-relay 17.0.0.0/8\n\n2001:db8::/32\n",
    );
    expect(problems).toEqual([]);
    const own = networkBook(ranges);
    expect(["203.0.113.77", "40.92.7.1", "40.92.8.1", "17.1.1.1", "2001:db8::5"].map(own)).toEqual([
      "scanner",
      "mimecast",
      "microsoft",
      "icloud-relay",
      "scanner",
    ]);
  });

  it("is told every line that is wrong at once, by its number", () => {
    const text =
      "nobody 192.0.2.0/24\nmicrosoft 192.0.2.1/24\nmicrosoft 192.0.2.0/33\naws a b\nmicrosoft 1.2.3.04\n";
    expect(readRanges(text).problems.map((problem) => problem.split(":")[0])).toEqual([
      "line 1",
      "line 2",
      "line 3",
      "line 4",
      "line 5",
    ]);
  });
});

describe("an address", () => {
  it("is read whatever its spelling, and refused when it is none", () => {
    expect(readIp("2A01:0111::")).toEqual(readIp("2a01:111:0:0:0:0:0:0"));
    expect(readIp("::ffff:1.2.3.4")).toEqual(readIp("1.2.3.4"));
    for (const wrong of ["1.2.3", "1.2.3.256", "1:2:3:4:5:6:7", "1::2::3", "g::1", "1:2:3:4:5:6:7:8:9"])
      expect(readIp(wrong), wrong).toBeNull();
    expect(readNetwork("10.0.0.0/8")).toMatchObject({ bits: 32, prefix: 8 });
    expect(readNetwork("10.0.0.1/8")).toBeNull();
  });
});
