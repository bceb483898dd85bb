import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Product } from "../../../../drivers/store/generated/client.ts";
import type { Refusal } from "../../../../operations/refusal.ts";
import { saveProduct } from "../../../../operations/save-product.ts";
import {
  type ProductFormValues,
  productPage,
  productsPage,
} from "../../../pages/app/settings/products-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { problemOf, statusOf } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "../form.ts";

const text = z.string().max(300).default("");
const Typed = z.object({ key: text, name: text, cadence: text });

export function addProductPages(app: FastifyInstance, parts: WebParts): void {
  const admin = { config: { needs: "manage-settings" } } as const;

  app.get("/settings/products", { config: { needs: "see-settings" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const [products, used] = await Promise.all([
      parts.db.product.findMany({ where: { workspaceId }, orderBy: { name: "asc" } }),
      parts.db.account.groupBy({ by: ["productKey"], where: { workspaceId }, _count: true }),
    ]);
    const accounts = new Map(used.map((row) => [row.productKey, row._count]));
    const rows = products.map((product) => ({ ...product, accounts: accounts.get(product.key) ?? 0 }));
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, productsPage({ viewer, products: rows, said: sentenceFor(request.query) }));
  });

  app.get("/settings/products/new", admin, async (request, reply) =>
    show(parts, request, reply, { product: null, typed: { key: "", name: "", cadence: "" }, refusal: null }),
  );

  app.post("/settings/products/new", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const typed = formOf(request, Typed);
    const saved = await saveProduct(parts, { workspaceId, productId: null, ...typed, actor });
    if (!saved.ok) return show(parts, request, reply, { product: null, typed, refusal: saved.problem });
    return goBack(reply, "/settings/products", "saved");
  });

  app.get("/settings/products/:id", admin, async (request, reply) => {
    const product = await find(parts, request);
    const typed = { ...product, cadence: product.cadence ?? "" };
    return show(parts, request, reply, { product, typed, refusal: null });
  });

  app.post("/settings/products/:id", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const product = await find(parts, request);
    const typed = { ...formOf(request, Typed), key: product.key };
    const saved = await saveProduct(parts, { workspaceId, productId: product.id, ...typed, actor });
    if (!saved.ok) return show(parts, request, reply, { product, typed, refusal: saved.problem });
    return goBack(reply, "/settings/products", "saved");
  });
}

async function find(parts: WebParts, request: FastifyRequest): Promise<Product> {
  const { workspaceId } = sessionOf(request);
  const product = await parts.db.product.findFirst({ where: { workspaceId, id: idOf(request) } });
  if (product === null) throw noSuchPage();
  return product;
}

function show(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { product: Product | null; typed: ProductFormValues; refusal: Refusal | null },
) {
  const { product, typed, refusal } = form;
  const status = refusal === null ? 200 : statusOf(refusal);
  const problem = refusal === null ? null : problemOf(status, refusal);
  const viewer = viewerOf(parts, request, reply);
  return sendPage(reply.code(status), productPage({ viewer, product, typed, problem }));
}
