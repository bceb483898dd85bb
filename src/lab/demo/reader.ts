import { type CheerioAPI, load } from "cheerio";

/** A page as a reader has it open: what the server sent, nothing more. */
export interface OpenPage {
  url: string;
  status: number;
  $: CheerioAPI;
}

export type Fields = Readonly<Record<string, string | readonly string[]>>;

const BROWSER = {
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "accept-language": "en-GB,en;q=0.8",
  accept: "text/html",
};

/**
 * A person at a browser, without script: opens a page by GET and sends the forms that are on it.
 * It knows nothing that the page does not show, so a form that is missing cannot be filled.
 */
export async function openPage(url: string): Promise<OpenPage> {
  const response = await fetch(url, { headers: BROWSER });
  return { url: response.url, status: response.status, $: load(await response.text()) };
}

/** Whether the form is on the page. `form` is the value of its hidden field of that name. */
export function hasForm(page: OpenPage, form: string): boolean {
  return formOf(page, form).length > 0;
}

/**
 * Sends one form with its hidden fields and the given values, and follows to the page that answers.
 * A page that has no such form is a fault of the story or of the page, and says so.
 */
export async function sendForm(page: OpenPage, form: string, values: Fields): Promise<OpenPage> {
  const element = formOf(page, form);
  if (element.length === 0) {
    const there = page
      .$("input[name=form]")
      .map((_, input) => page.$(input).attr("value"))
      .get();
    throw new Error(`There is no form "${form}" on ${pathOf(page.url)}; there are: ${there.join(", ")}`);
  }
  const body = new URLSearchParams();
  element.find("input[type=hidden]").each((_, input) => {
    body.append(page.$(input).attr("name") ?? "", page.$(input).attr("value") ?? "");
  });
  for (const [name, value] of Object.entries(values)) {
    for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
  }
  const target = new URL(element.attr("action") ?? page.url, page.url);
  target.hash = "";
  const response = await fetch(target, {
    method: "POST",
    headers: { ...BROWSER, "content-type": "application/x-www-form-urlencoded", origin: target.origin },
    body,
  });
  const answer = { url: response.url, status: response.status, $: load(await response.text()) };
  if (response.status >= 400) {
    const complaint = answer.$("[role=alert]").first().text().trim();
    throw new Error(`The form "${form}" was refused with ${response.status}: ${complaint}`);
  }
  return answer;
}

function formOf(page: OpenPage, form: string) {
  return page
    .$("form")
    .filter((_, element) => page.$(element).find("input[name=form]").attr("value") === form)
    .first();
}

/** The path without its signed token: a token is a key and stays out of messages. */
function pathOf(url: string): string {
  return new URL(url).pathname.replace(/^(\/[a-z]\/)[^/]+/, "$1…");
}
