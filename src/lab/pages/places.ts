import type { AppParts } from "../../app.ts";

/** One kind of page, at the address of a real row. */
export interface Place {
  /** As a reader names it, such as /cases/:id. */
  readonly name: string;
  readonly path: string;
  readonly as: "csm" | "lead" | "nobody";
}

/** Every kind of page of the product, opened on rows of the crowd: busy ones, as their readers have them. */
export async function findPlaces(parts: AppParts, workspaceId: string, csmId: string): Promise<Place[]> {
  const { db, links } = parts;
  const open = { workspaceId, status: { not: "closed" }, account: { csmId } };
  const found = await db.case.findFirstOrThrow({
    where: { ...open, enrollments: { some: { audience: "contact", status: "active" } } },
    include: { enrollments: { where: { audience: "contact" } } },
    orderBy: { detectedAt: "asc" },
  });
  const enrollment = found.enrollments[0];
  const bare = await db.case.findFirst({ where: { ...open, replacementContactId: null } });
  const sponsor = await db.enrollment.findFirstOrThrow({
    where: { workspaceId, audience: "sponsor", status: "active", account: { csmId } },
  });
  const mailOf = async (id: string) =>
    (
      await db.send.findFirstOrThrow({
        where: { workspaceId, enrollmentId: id, status: "submitted" },
        orderBy: { submittedAt: "desc" },
      })
    ).id;
  const pageOf = async (id: string) => `/p/${links.sign("page", await mailOf(id), 1)}`;
  const csm = (name: string, path = name): Place => ({ name, path, as: "csm" });
  const lead = (name: string, path = name): Place => ({ name, path, as: "lead" });
  const account = await db.account.findFirstOrThrow({ where: { workspaceId, id: found.accountId } });
  const word = account.name.split(" ")[1] ?? "";
  return [
    csm("/"),
    lead("/?who=all"),
    csm("/cases"),
    csm("/cases/:id", `/cases/${found.id}`),
    ...(bare === null ? [] : [csm("/cases/:id (nobody takes over)", `/cases/${bare.id}`)]),
    lead("/manager"),
    lead("/manager?verdict=ready"),
    lead("/manager/:enrollment (before you schedule)", `/manager/${enrollment?.id ?? ""}`),
    csm("/accounts"),
    csm("/accounts?search=", `/accounts?search=${encodeURIComponent(word)}`),
    csm("/accounts?q=", `/accounts?q=${encodeURIComponent(word)}`),
    csm("/accounts/:id", `/accounts/${found.accountId}`),
    csm("/accounts/import"),
    csm("/studio"),
    csm("/studio/:key", "/studio/internal"),
    csm("/sequences"),
    csm("/sequences/:key", "/sequences/internal"),
    csm("/settings"),
    lead("/settings/audit"),
    lead("/settings/users"),
    lead("/settings/webhooks"),
    csm("/enroll"),
    csm("/enroll?case=", `/enroll?case=${(bare ?? found).id}`),
    csm("/mailbox"),
    { name: "/sign-in", path: "/sign-in", as: "nobody" },
    { name: "the contact's page", path: await pageOf(enrollment?.id ?? ""), as: "nobody" },
    { name: "the sponsor's page", path: await pageOf(sponsor.id), as: "nobody" },
  ];
}
