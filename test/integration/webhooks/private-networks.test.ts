import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postWebhook } from "../../../src/drivers/webhooks/post-webhook.ts";
import { isPrivateAddress, resolveSafely } from "../../../src/drivers/webhooks/public-address.ts";

const POST = { headers: {}, body: "{}", timeoutMs: 2_000 };

describe("A10: an address that somebody else chose", () => {
  let server: Server;
  let asked: string[] = [];
  let answer: { status: number; location?: string } = { status: 204 };
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.headers.host} ${request.url}`);
      const { status, location } = answer;
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const port = () => (server.address() as AddressInfo).port;

  it("is private in every spelling of a private network, and public otherwise", () => {
    const spelled = [
      ...["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.0.9", "169.254.169.254", "172.31.0.1"],
      ...["192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::a00:1"],
      ...[
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "not one",
      ],
    ];
    expect(spelled.filter((address) => !isPrivateAddress(address))).toEqual([]);
    expect(["93.184.216.34", "2a00:1450::1", "9.9.9.9"].filter(isPrivateAddress)).toEqual([]);
  });

  it("is refused in octal, decimal and hexadecimal, and by its own network", async () => {
    const hosts = [
      "0177.0.0.1",
      "2130706433",
      "0x7f000001",
      "127.1",
      "0",
      "10.0.0.7",
      "[::ffff:7f00:1]",
      "[fec0::1]",
    ];
    for (const host of hosts) {
      const place = await resolveSafely(new URL(`https://${host}/`), {
        allowPrivateNetworks: false,
        timeoutMs: 500,
      });
      expect([host, place]).toMatchObject([host, { ok: false }]);
    }
  });

  it("is refused when one of its several addresses is private", async () => {
    asked = [];
    const sent = await postWebhook({
      ...POST,
      url: "https://mixed.example/",
      allowPrivateNetworks: false,
      resolver: async () => [
        { address: "93.184.216.34", family: 4 },
        { address: "127.0.0.1", family: 4 },
      ],
    });
    expect(sent).toEqual({ kind: "refused", message: "mixed.example is an address of a private network." });
    expect(asked).toEqual([]);
  });

  it("is connected to where it was checked, whatever its name says the second time", async () => {
    asked = [];
    answer = { status: 204 };
    let looks = 0;
    const sent = await postWebhook({
      ...POST,
      url: `http://rebinding.example:${port()}/here`,
      allowPrivateNetworks: true,
      resolver: async () => {
        looks += 1;
        return [{ address: looks === 1 ? "127.0.0.1" : "192.0.2.1", family: 4 }];
      },
    });
    expect(sent).toEqual({ kind: "answered", status: 204 });
    expect([looks, asked]).toEqual([1, [`rebinding.example:${port()} /here`]]);
  });

  it("leads nowhere else: a redirect is an answer and is not followed", async () => {
    asked = [];
    answer = { status: 302, location: `http://127.0.0.1:${port()}/inside` };
    const url = `http://127.0.0.1:${port()}/first`;
    expect(await postWebhook({ ...POST, url, allowPrivateNetworks: true })).toEqual({
      kind: "answered",
      status: 302,
    });
    expect(asked).toEqual([`127.0.0.1:${port()} /first`]);
  });

  it("holds nobody up when its name server never answers, and is no fault of ours when it is unknown", async () => {
    const url = new URL("https://silent.example/");
    const options = { allowPrivateNetworks: false, timeoutMs: 50 };
    const silent = await resolveSafely(url, { ...options, resolver: () => new Promise(() => undefined) });
    expect(silent).toEqual({ ok: false, message: "The name silent.example was not found in time." });
    const unknown = await resolveSafely(url, {
      ...options,
      resolver: () => Promise.reject(new Error("ENOTFOUND")),
    });
    expect(unknown).toEqual({ ok: false, message: "The name silent.example is not known." });
  });
});
