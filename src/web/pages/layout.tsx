import type { ReactNode } from "react";
import { stylesheet } from "../assets.ts";
import type { DemoState } from "../web-parts.ts";
import { timeWords } from "./words.ts";

interface DocumentProps {
  title: string;
  language?: string;
  children: ReactNode;
}

/** The frame of every page. No script here; a page that wants one adds it with the request's nonce. */
export function Document({ title, language = "en", children }: DocumentProps) {
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="stylesheet" href={stylesheet.address} />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a className="skip" href="#main">
          To the content
        </a>
        {children}
      </body>
    </html>
  );
}

/** A page for a customer: one column, no navigation of ours. */
export function Narrow({ title, language = "en", children }: DocumentProps) {
  return (
    <Document title={title} language={language}>
      <main id="main" className="narrow">
        {children}
      </main>
    </Document>
  );
}

/** What every page of the app knows about its reader. */
export interface Viewer {
  userName: string;
  /** Goes back in every form of the app. */
  csrf: string;
  demo: DemoState | null;
  hasMailbox: boolean;
  path: string;
}

const places = [
  { href: "/", name: "My week" },
  { href: "/cases", name: "Cases" },
  { href: "/accounts", name: "Accounts" },
  { href: "/enroll", name: "Enroll" },
  { href: "/sequences", name: "Sequences" },
  { href: "/mailbox", name: "Mailbox" },
] as const;

export function AppPage({ viewer, title, children }: { viewer: Viewer; title: string; children: ReactNode }) {
  const shown = places.filter((place) => place.href !== "/mailbox" || viewer.hasMailbox);
  return (
    <Document title={`${title} · Baton`}>
      {viewer.demo === null ? null : <DemoBar viewer={viewer} demo={viewer.demo} />}
      <header className="top">
        <div>
          <a className="brand" href="/">
            Baton
          </a>
          <nav aria-label="Places">
            {shown.map((place) => (
              <a
                key={place.href}
                href={place.href}
                aria-current={isHere(place.href, viewer.path) ? "page" : undefined}
              >
                {place.name}
              </a>
            ))}
          </nav>
          <span className="soft small">{viewer.userName}</span>
          <AppForm viewer={viewer} action="/sign-out">
            <button className="quiet small" type="submit">
              Sign out
            </button>
            <button className="quiet small" type="submit" name="everywhere" value="yes">
              Everywhere
            </button>
          </AppForm>
        </div>
      </header>
      <main id="main" className="wide">
        {children}
      </main>
    </Document>
  );
}

function isHere(href: string, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}

/** A form of the app: always with the token that the server checks beside the Origin. */
export function AppForm({
  viewer,
  action,
  className,
  children,
}: {
  viewer: Viewer;
  action: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <form method="post" action={action} className={className}>
      <input type="hidden" name="csrf" value={viewer.csrf} />
      {children}
    </form>
  );
}

function DemoBar({ viewer, demo }: { viewer: Viewer; demo: DemoState }) {
  return (
    <div className="demo">
      <div>
        <strong>Demo clock</strong>
        <span className="nowrap">
          {timeWords(demo.now, "utc")} UTC{demo.playing ? "" : ", paused"}
        </span>
        <AppForm viewer={viewer} action="/demo/clock">
          <input type="hidden" name="back" value={viewer.path} />
          <button className="quiet small" name="do" value={demo.playing ? "pause" : "play"} type="submit">
            {demo.playing ? "Pause" : "Play"}
          </button>
          <button className="quiet small" name="do" value="step" type="submit">
            One day ahead
          </button>
        </AppForm>
        <AppForm viewer={viewer} action="/demo/clock">
          <input type="hidden" name="back" value={viewer.path} />
          <input type="hidden" name="do" value="rate" />
          <label htmlFor="day-seconds" className="small">
            A day takes
          </label>
          <select id="day-seconds" name="daySeconds" defaultValue={String(demo.daySeconds)}>
            {daySeconds(demo.daySeconds).map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds} s
              </option>
            ))}
          </select>
          <button className="quiet small" type="submit">
            Set
          </button>
        </AppForm>
      </div>
    </div>
  );
}

function daySeconds(standing: number): number[] {
  return [...new Set([0.5, 1, 2, 4, 10, 30, 60, standing])].sort((a, b) => a - b);
}
