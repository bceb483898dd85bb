import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** A list as a file. */
export function CsvLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className="button quiet small" href={href}>
      <Icon name="download" />
      {children}
    </a>
  );
}
