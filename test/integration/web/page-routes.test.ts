import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NO_PAGE_ROUTES, type NoPage, PAGE_ROUTES } from "../../../src/lab/pages/page-routes.ts";
import { placesOf } from "../../../src/lab/pages/places.ts";
import { routeOf } from "../../../src/lab/pages/route-of.ts";
import { changePhoto } from "../../../src/operations/change-photo.ts";
import { aPageHouse, type PageHouse } from "../../support/page-house.ts";
import { bearer } from "../../support/web-house.ts";

// What opens, measures and photographs "every page" goes by one list: this is what keeps it whole.
let house: PageHouse;
beforeAll(async () => {
  house = await aPageHouse();
  await addWhatIsNoPage();
});
afterAll(() => house.close());

const listed = () => [...Object.keys(PAGE_ROUTES), ...Object.keys(NO_PAGE_ROUTES)];
const below = (route: string) =>
  Object.keys(NO_PAGE_ROUTES).find((name) => name.endsWith("/*") && route.startsWith(name.slice(0, -1))) ??
  route;

describe("the list of all pages", () => {
  it("names every address that the server answers to GET: as a page, or as no page with what it is", () => {
    expect(house.server.readableRoutes.length).toBeGreaterThan(90);
    expect(house.server.readableRoutes.map(below).filter((route) => !listed().includes(route))).toEqual([]);
  });

  it("names none that the server does not have, and none twice", () => {
    const real = new Set(house.server.readableRoutes.map(below));
    expect(listed().filter((route) => !real.has(route))).toEqual([]);
    expect(listed().length).toBe(new Set(listed()).size);
  });

  for (const [route, { as, at }] of Object.entries(PAGE_ROUTES)) {
    it(`opens ${route} as ${as}, and a page is there`, async () => {
      const url = at(house.rows);
      expect(routeOf(url.split("?")[0] ?? "")).toEqual({ route, isPage: true });
      const cookie = house.cookies[as];
      const answer = await house.server.inject({ url, headers: cookie === null ? {} : { cookie } });
      expect([url, answer.statusCode]).toEqual([url, 200]);
      expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(answer.body.match(/<h1\b/g)).toHaveLength(1);
    });
  }

  it("asks its variants for something that the page reads, and each answers as it should", async () => {
    const variants = placesOf(house.rows).filter(({ name }) => PAGE_ROUTES[name] === undefined);
    expect(variants.length).toBeGreaterThan(20);
    const unread: string[] = [];
    for (const { name, path, as, status } of variants) {
      const headers = as === "nobody" ? {} : { cookie: house.cookies[as] ?? "" };
      const answer = await house.server.inject({ url: path, headers });
      expect([name, answer.statusCode]).toEqual([name, status]);
      const [plain = "", query] = path.split("?");
      // A house as small as this one has no second page, and no thirteenth CSM.
      if (query === undefined || /^page=|^csms=all$/.test(query)) continue;
      const without = await house.server.inject({ url: plain, headers });
      if (stable(answer.body) === stable(without.body)) unread.push(`${name}: ${path}`);
    }
    expect(unread).toEqual([]);
  });

  it("is right about what is no page: a mail in its frame, a file, data, a redirect, a stream", async () => {
    const headers = { cookie: house.cookies.lead ?? "", ...(await bearer(house)) };
    for (const route of house.server.readableRoutes.filter((one) => PAGE_ROUTES[one] === undefined)) {
      const url = addressOf(route);
      expect([url, routeOf(url.split("?")[0] ?? "")]).toEqual([url, { route: below(route), isPage: false }]);
      const answer = await house.server.inject({ url, headers, payloadAsStream: true });
      const kind = kindOf(answer.statusCode, answer.headers);
      answer.stream().destroy();
      expect([url, kind]).toEqual([url, NO_PAGE_ROUTES[below(route)]]);
    }
  });
});

/** Without what differs from answer to answer. */
const stable = (html: string): string => html.replace(/nonce="[^"]*"|name="once" value="[^"]*"/g, "");

let mailId: string;

/** A picture, a meeting with a time and a link that leads away: their addresses answer nothing without. */
async function addWhatIsNoPage(): Promise<void> {
  const { rows, workspaceId } = house;
  const { db } = house.parts;
  const picture = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  expect((await changePhoto(house.parts, { workspaceId, userId: house.csm.id, photo: picture })).ok).toBe(
    true,
  );
  const { enrollmentId, caseId } = rows;
  const at = house.desk.clock.now();
  await db.meeting.create({
    data: { workspaceId, caseId, enrollmentId, state: "booked", requestedAt: at, slotAt: at },
  });
  const mail = await db.send.findFirstOrThrow({
    where: { workspaceId, enrollmentId },
    include: { enrollment: true },
  });
  mailId = mail.id;
  await db.link.create({
    data: {
      workspaceId,
      versionId: mail.enrollment?.versionId ?? "",
      stepKey: rows.stepKey,
      variant: mail.variant,
      position: 1,
      url: "https://example.com/guide",
    },
  });
}

/** The route on rows that are there, where this house knows them. */
function addressOf(route: string): string {
  const { rows } = house;
  const page = rows.contactPage;
  return route
    .replace(/^\/p\/:token/, page)
    .replace(/^\/c\/:token/, `/c/${house.desk.links.sign("link", mailId, 1)}`)
    .replace("/accounts/:id", `/accounts/${rows.accountId}`)
    .replace("/cases/:id", `/cases/${rows.caseId}`)
    .replace("/contacts/:id", `/contacts/${rows.contactId}`)
    .replace("/enrollments/:id", `/enrollments/${rows.enrollmentId}`)
    .replace(
      "/enroll/:case/mails/:of/:step",
      `/enroll/${rows.namedCaseId}/mails/contact/${rows.namedStepKey}`,
    )
    .replace("/escalations/:id", `/escalations/${rows.escalationId}`)
    .replace("/mailbox/:id", `/mailbox/${rows.mailId}`)
    .replace("/users/:id", `/users/${rows.userId}`)
    .replace("/drafts/:id", `/drafts/${rows.draftId}`)
    .replace("/templates/:id", `/templates/${rows.templateId}`)
    .replace(":key", rows.sequenceKey)
    .replace(":step", rows.stepKey)
    .replace(/:id/, randomUUID());
}

function kindOf(status: number, headers: Readonly<Record<string, unknown>>): NoPage | "page" {
  if (status >= 300 && status < 400) return "redirect";
  const type = String(headers["content-type"]);
  if (type.startsWith("text/event-stream")) return "stream";
  if (type.startsWith("text/html"))
    return String(headers["content-security-policy"]).includes("sandbox") ? "mail" : "page";
  const isFile = headers["content-disposition"] !== undefined || !type.includes("json");
  return isFile ? "file" : "data";
}
