import type { ReactNode } from "react";

interface CardProps {
  title?: ReactNode;
  /** Right of the title: a count, a link. */
  aside?: ReactNode;
  tone?: "next" | "said" | "refused" | "warned" | "informed" | undefined;
  id?: string;
  className?: string;
  children: ReactNode;
}

/** One subject on one surface. */
export function Card({ title, aside, tone, id, className, children }: CardProps) {
  const classes = ["card", tone, className].filter(Boolean).join(" ");
  return (
    <section className={classes} id={id}>
      {title === undefined ? null : (
        <header>
          <h2>{title}</h2>
          {aside === undefined ? null : <div className="small soft">{aside}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
