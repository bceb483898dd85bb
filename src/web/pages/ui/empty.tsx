import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** Nothing here yet: says so, and what to do next. */
export function Empty(props: { icon: IconName; title: string; children?: ReactNode; action?: ReactNode }) {
  const { icon, title, children, action } = props;
  return (
    <div className="empty">
      <Icon name={icon} />
      <h3>{title}</h3>
      {children === undefined ? null : <p>{children}</p>}
      {action === undefined ? null : <p>{action}</p>}
    </div>
  );
}
