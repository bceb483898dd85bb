/** "51–100 of 1,240" with the way back and on. `href` gives the address of a page, counted from 1. */
export function Pager(props: {
  page: number;
  perPage: number;
  total: number;
  href: (page: number) => string;
}) {
  const { page, perPage, total, href } = props;
  if (total <= perPage && page === 1) return null;
  const first = Math.min((page - 1) * perPage + 1, total);
  const last = Math.min(page * perPage, total);
  return (
    <nav className="pager" aria-label="Pages of this list">
      <span>
        {first.toLocaleString("en-GB")}–{last.toLocaleString("en-GB")} of {total.toLocaleString("en-GB")}
      </span>
      <span className="buttons">
        {page > 1 ? (
          <a className="button quiet small" href={href(page - 1)} rel="prev">
            Back
          </a>
        ) : null}
        {last < total ? (
          <a className="button quiet small" href={href(page + 1)} rel="next">
            More
          </a>
        ) : null}
      </span>
    </nav>
  );
}
