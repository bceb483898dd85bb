import type { ReactNode } from "react";

/** The top of a page of the app: where one is, what it is about, what one can do. */
export function PageHead(props: {
  title: string;
  crumbs?: readonly { href: string; name: string }[];
  /** Under the title: tags and facts. */
  meta?: ReactNode;
  /** Right of the title: at most three buttons, the main one first. */
  actions?: ReactNode;
}) {
  const { title, crumbs, meta, actions } = props;
  return (
    <header className="page-head">
      <div>
        {crumbs === undefined ? null : (
          <nav className="crumbs" aria-label="You are here">
            {crumbs.map((crumb) => (
              <span key={crumb.href}>
                <a href={crumb.href}>{crumb.name}</a> /{" "}
              </span>
            ))}
          </nav>
        )}
        <h1>
          <bdi>{title}</bdi>
        </h1>
        {meta === undefined ? null : <div className="tags">{meta}</div>}
      </div>
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </header>
  );
}
