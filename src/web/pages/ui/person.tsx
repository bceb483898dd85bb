import type { ReactNode } from "react";
import { initials } from "../words.ts";

/** Somebody's first letters, for pages that show a person without a picture. */
export function Avatar({ name, photo, small }: { name: string; photo?: string | null; small?: boolean }) {
  const classes = small === true ? "avatar small" : "avatar";
  if (photo !== undefined && photo !== null) return <img className={classes} src={photo} alt="" />;
  return (
    <span className={classes} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** A person with one line under the name. Names may run right to left: they are isolated. */
export function Person({
  name,
  photo,
  children,
}: {
  name: string;
  photo?: string | null;
  children?: ReactNode;
}) {
  return (
    <div className="person">
      <Avatar name={name} photo={photo ?? null} />
      <div>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        {children === undefined ? null : <p className="small soft">{children}</p>}
      </div>
    </div>
  );
}
