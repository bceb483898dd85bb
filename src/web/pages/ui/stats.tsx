import type { ReactNode } from "react";

export interface Stat {
  label: string;
  value: ReactNode;
  /** The list behind the number: every number opens its list (domain.md F). */
  href?: string;
}

/** A row of figures, each of which opens its list. */
export function Stats({ stats }: { stats: readonly Stat[] }) {
  return (
    <ul className="stats">
      {stats.map((stat) => {
        const body = (
          <>
            <b>{stat.value}</b>
            <span>{stat.label}</span>
          </>
        );
        return <li key={stat.label}>{stat.href === undefined ? body : <a href={stat.href}>{body}</a>}</li>;
      })}
    </ul>
  );
}
