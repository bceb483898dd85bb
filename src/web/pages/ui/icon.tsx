const drawn = {
  week: "M4 6h16M4 12h10M4 18h7M18 14l2 2 3-4",
  cases: "M4 7h16v12H4zM9 7V5h6v2",
  board: "M4 20V10M10 20V4M16 20v-7M22 20H2",
  accounts: "M4 21V5l8-3v19M12 9h8v12M8 8v0M8 12v0M8 16v0M16 13v0M16 17v0M2 21h20",
  studio: "M4 5h16v14H4zM4 10h16M9 10v9",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M6 14v6",
  mailbox: "M3 6h18v12H3zM3 7l9 6 9-6",
  enroll: "M12 5v14M5 12h14",
  question: "M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17v0",
  check: "M5 12l5 5L19 7",
  clock: "M12 7v5l3 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  people:
    "M9 11a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7zM2 20c.5-4 3-6 7-6s6.5 2 7 6M16 4.5a3.5 3.5 0 0 1 0 6M18.5 14.5c2 .8 3.2 2.6 3.5 5.5",
  warning: "M12 4l9 16H3zM12 10v4M12 17v0",
  pause: "M8 5v14M16 5v14",
  play: "M7 5l12 7-12 7z",
  arrow: "M5 12h14M13 6l6 6-6 6",
  download: "M12 4v11M7 11l5 5 5-5M4 20h16",
  upload: "M12 16V5M7 9l5-5 5 5M4 20h16",
  book: "M4 5c3-1 6-1 8 1 2-2 5-2 8-1v14c-3-1-6-1-8 1-2-2-5-2-8-1zM12 6v14",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
  flag: "M5 21V4h12l-2 4 2 4H5",
} as const;

export type IconName = keyof typeof drawn;

/** A drawing beside words, never instead of them. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawn[name]} />
    </svg>
  );
}
