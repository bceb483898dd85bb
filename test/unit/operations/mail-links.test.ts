import { describe, expect, it } from "vitest";
import { trackedLinks } from "../../../src/operations/mail-links.ts";

describe("the tracked addresses of a mail", () => {
  it("are its pages and redirects, each once; not the trap, the way out, or an outside address", () => {
    const html = `
      <a class="act" href="https://baton.test/p/one">Do</a> <a href="https://baton.test/p/one?open=pace#pace">Pace</a>
      <a href="https://baton.test/p/two">Read</a> <a href="https://baton.test/c/three">Watch</a>
      <a href="https://baton.test/c/trap" aria-hidden="true" tabindex="-1">.</a>
      <a href="https://baton.test/u/out">Stop</a> <a href="https://elsewhere.test/p/four">Elsewhere</a>`;
    expect(trackedLinks(html, "https://baton.test")).toBe(3);
  });
});
