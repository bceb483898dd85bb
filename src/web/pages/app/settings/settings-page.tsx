import type { ReactNode } from "react";
import type { Capability } from "../../../../domain/access/capabilities.ts";
import { AppPage, type Viewer, viewerMay } from "../../layout.tsx";
import { Said } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Tabs } from "../../ui/tabs.tsx";

const tabs: readonly { href: string; name: string; needs: Capability }[] = [
  { href: "/settings", name: "You", needs: "see" },
  { href: "/settings/mail", name: "Sender and mail", needs: "see-settings" },
  { href: "/settings/calendar", name: "Windows and holidays", needs: "see-settings" },
  { href: "/settings/policies", name: "How much", needs: "see-settings" },
  { href: "/settings/products", name: "Products", needs: "see-settings" },
  { href: "/settings/users", name: "Users", needs: "see-settings" },
  { href: "/settings/tokens", name: "API tokens", needs: "manage-settings" },
  { href: "/settings/webhooks", name: "Webhooks", needs: "manage-settings" },
  { href: "/settings/suppressions", name: "Never mailed", needs: "see-settings" },
  { href: "/settings/audit", name: "Audit log", needs: "see-audit" },
];

/** The frame of the settings: tabs that the reader's roles may open. */
export function SettingsPage(props: {
  viewer: Viewer;
  /** Path of the tab that is open. */
  here: string;
  title: string;
  said: string | null;
  children: ReactNode;
}) {
  const { viewer, here, title, said, children } = props;
  const shown = tabs.filter((tab) => viewerMay(viewer, tab.needs));
  return (
    <AppPage viewer={viewer} title={title} styles={["settings"]}>
      <PageHead title={title} />
      <Tabs label="Settings" tabs={shown.map((tab) => ({ ...tab, here: tab.href === here }))} />
      <Said said={said} />
      {children}
    </AppPage>
  );
}
