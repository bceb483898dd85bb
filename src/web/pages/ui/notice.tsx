import type { ReactNode } from "react";

/** What just happened, or what one must know first. A refusal is read out at once, the rest politely. */
export function Notice(props: {
  tone: "said" | "refused" | "warned" | "informed";
  title?: string;
  children: ReactNode;
}) {
  const { tone, title, children } = props;
  return (
    <div className={`card ${tone}`} role={tone === "refused" ? "alert" : "status"}>
      {title === undefined ? null : <strong>{title} </strong>}
      {children}
    </div>
  );
}

/** The sentence after a form was taken; nothing when there is none. */
export function Said({ said }: { said: string | null }) {
  return said === null ? null : <Notice tone="said">{said}</Notice>;
}
