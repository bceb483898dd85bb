import { Tabs } from "../../ui/tabs.tsx";

/** Accounts, people, import: three pages of one place. */
export function AccountTabs({ here }: { here: string }) {
  const tabs = [
    { href: "/accounts", name: "Accounts" },
    { href: "/contacts", name: "People" },
    { href: "/import", name: "Import" },
  ];
  return <Tabs label="Accounts" tabs={tabs.map((tab) => ({ ...tab, here: tab.href === here }))} />;
}
