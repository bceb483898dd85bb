import type { ReactNode } from "react";

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** Figures: to the right, in digits of one width. */
  right?: boolean;
}

/**
 * Rows and columns; on a phone each row becomes a small block in which every value says what it is.
 * Empty lists are the caller's: they say what to do next (ui/empty.tsx).
 */
export function Table<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  const { caption, columns, rows, keyOf } = props;
  return (
    <table className="stack">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" className={column.right ? "right" : undefined}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, index) => (
              <td
                key={column.head}
                className={column.right ? "right" : undefined}
                data-label={index === 0 ? undefined : column.head}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
