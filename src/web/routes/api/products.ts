import { z } from "zod";
import { saveProduct } from "../../../operations/save-product.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { type ApiApp, answers, ById, created, Id, KeyHeader, notFound, whoOf } from "./api.ts";

const Product = z.object({ id: Id, key: z.string(), name: z.string(), cadence: z.string().nullable() });
const cadence = z
  .string()
  .max(100)
  .nullable()
  .describe("“daily”, “weekly”, “every 2 business days”; null: as each program says.");
const text = z.string().max(300);

/** What the vendor sells; each account has one, by its key. */
export function addProductRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;

  app.get(
    "/products",
    {
      config: { scope: "read" },
      schema: {
        tags: ["products"],
        summary: "List products",
        response: answers(z.object({ items: z.array(Product) })),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      return { items: await db.product.findMany({ where: { workspaceId }, orderBy: { name: "asc" } }) };
    },
  );

  app.post(
    "/products",
    {
      config: { scope: "admin" },
      schema: {
        tags: ["products"],
        summary: "Add a product",
        headers: KeyHeader,
        body: z.strictObject({ key: text, name: text, cadence: cadence.default(null) }),
        response: created(Product),
      },
    },
    async (request, reply) => {
      const product = { ...request.body, cadence: request.body.cadence ?? "" };
      const saved = unwrap(await saveProduct(parts, { ...product, productId: null, ...whoOf(request) }));
      return reply.code(201).send(saved.product);
    },
  );

  app.patch(
    "/products/:id",
    {
      config: { scope: "admin" },
      schema: {
        tags: ["products"],
        summary: "Change a product's name or cadence; its key stays",
        params: ById,
        body: z.strictObject({ name: text.exactOptional(), cadence: cadence.exactOptional() }),
        response: answers(Product),
      },
    },
    async (request) => {
      const { workspaceId, actor } = whoOf(request);
      const productId = request.params.id;
      const known = await db.product.findFirst({ where: { workspaceId, id: productId } });
      if (known === null) throw notFound("product");
      const changed = { ...known, ...request.body };
      const product = { key: known.key, name: changed.name, cadence: changed.cadence ?? "" };
      return unwrap(await saveProduct(parts, { ...product, workspaceId, productId, actor })).product;
    },
  );
}
