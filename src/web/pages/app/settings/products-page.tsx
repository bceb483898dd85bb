import type { Product } from "../../../../drivers/store/generated/client.ts";
import type { Problem } from "../../../problem.ts";
import { AppForm, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Table } from "../../ui/table.tsx";
import { count } from "../../words.ts";
import { SettingsPage } from "./settings-page.tsx";

export type ProductRow = Product & { accounts: number };

/** What the vendor sells: each account has one, and mails call it by its name. */
export function productsPage(props: {
  viewer: Viewer;
  products: readonly ProductRow[];
  said: string | null;
}) {
  const { viewer, products, said } = props;
  const change = viewerMay(viewer, "manage-settings");
  return (
    <SettingsPage viewer={viewer} here="/settings/products" title="Products" said={said}>
      <Card
        title="What your customers use"
        aside={
          change ? (
            <a className="button small" href="/settings/products/new">
              Add a product
            </a>
          ) : (
            count(products.length, "product")
          )
        }
      >
        <p className="soft">
          Every account has one of these. Mails and pages call it by its name; imports by its key.
        </p>
        <Table
          caption="Products"
          rows={products}
          keyOf={(product) => product.id}
          columns={[
            {
              head: "Name",
              cell: (product) => (
                <strong>
                  <bdi>{product.name}</bdi>
                </strong>
              ),
            },
            { head: "Key", cell: (product) => <code>{product.key}</code> },
            { head: "Mails go", cell: (product) => product.cadence ?? "as each program says" },
            { head: "Accounts", right: true, cell: (product) => product.accounts },
            ...(change
              ? [
                  {
                    head: "Change",
                    cell: (product: ProductRow) => (
                      <a href={`/settings/products/${product.id}`} aria-label={`Change ${product.name}`}>
                        Change
                      </a>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
    </SettingsPage>
  );
}

export interface ProductFormValues {
  key: string;
  name: string;
  cadence: string;
}

/** One product, new (`product` null) or known. A refused form keeps what was typed. */
export function productPage(props: {
  viewer: Viewer;
  product: Product | null;
  typed: ProductFormValues;
  problem: Problem | null;
}) {
  const { viewer, product, typed, problem } = props;
  const field = (name: keyof ProductFormValues) => ({
    id: name,
    defaultValue: typed[name],
    complaint: problem?.place === name ? `${problem.detail} ${problem.remedy}` : undefined,
  });
  return (
    <SettingsPage
      viewer={viewer}
      here="/settings/products"
      title={product === null ? "Add a product" : product.name}
      said={null}
    >
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}
        </Notice>
      )}
      <Card className="form">
        <AppForm
          viewer={viewer}
          action={product === null ? "/settings/products/new" : `/settings/products/${product.id}`}
        >
          <TextField
            {...field("name")}
            label="Name"
            hint="As your customers know it: it stands in every mail. A new name is used from the next mail on."
            required
          />
          <TextField
            {...field("key")}
            label="Key"
            hint={
              product === null
                ? "The word for it in imports and in “applies to” of a sequence, such as campaigns. It cannot be changed later."
                : "Accounts and imports hold it, so it stays."
            }
            required
            disabled={product !== null}
          />
          <TextField
            {...field("cadence")}
            label="How often mails go"
            hint="daily, weekly, every 2 business days. Empty: as each program says. Programs that run keep theirs."
          />
          <div className="buttons">
            <button type="submit">{product === null ? "Add" : "Save"}</button>
            <a className="button quiet" href="/settings/products">
              Back
            </a>
          </div>
        </AppForm>
      </Card>
    </SettingsPage>
  );
}
