import type { MailTemplate, Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export interface TemplateSearch {
  readonly workspaceId: string;
  readonly words: string;
  readonly topic: string;
  readonly retired: boolean;
  readonly skip: number;
  readonly take: number;
}

/** A page of the bank by title; words are looked for in title, subject and text. */
export async function searchTemplates(
  db: Db,
  search: TemplateSearch,
): Promise<{ templates: MailTemplate[]; total: number }> {
  const { workspaceId, words, topic, retired, skip, take } = search;
  const contains = { contains: words, mode: "insensitive" as const };
  const where: Prisma.MailTemplateWhereInput = {
    workspaceId,
    retiredAt: retired ? { not: null } : null,
    ...(topic === "" ? {} : { topics: { has: topic } }),
    ...(words === "" ? {} : { OR: [{ title: contains }, { subject: contains }, { body: contains }] }),
  };
  const [templates, total] = await Promise.all([
    db.mailTemplate.findMany({ where, orderBy: [{ title: "asc" }, { id: "asc" }], skip, take }),
    db.mailTemplate.count({ where }),
  ]);
  return { templates, total };
}

/** Every topic in use, in order. */
export async function listTopics(db: Db, workspaceId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ topic: string }[]>`
    select distinct unnest(topics) as topic from mail_template
     where "workspaceId" = ${workspaceId}::uuid and "retiredAt" is null order by 1 limit 100`;
  return rows.map(({ topic }) => topic);
}

export function findTemplate(db: Db, workspaceId: string, id: string): Promise<MailTemplate | null> {
  return db.mailTemplate.findFirst({ where: { workspaceId, id } });
}
