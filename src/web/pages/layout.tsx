import type { ReactNode } from "react";
import type { Capability } from "../../domain/access/capabilities.ts";
import { may, type Role } from "../../domain/access/capabilities.ts";
import { scriptAddress, styleAddress } from "../assets.ts";
import type { DemoState } from "../web-parts.ts";
import { Icon, type IconName } from "./ui/icon.tsx";
import { Avatar } from "./ui/person.tsx";
import { plain, timeWords } from "./words.ts";

interface DocumentProps {
  title: string;
  language?: string;
  /** Stylesheets of src/web/assets/css beside the core, by name. */
  styles?: readonly string[];
  /** Scripts of src/web/assets/js, by name, with the request's nonce. A page must work without them. */
  scripts?: { names: readonly string[]; nonce: string };
  children: ReactNode;
}

/** The frame of every page. Nothing inline: the page's policy forbids it. */
export function Document({ title, language = "en", styles = [], scripts, children }: DocumentProps) {
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        {["core", ...styles].map((name) => (
          <link key={name} rel="stylesheet" href={styleAddress(name)} />
        ))}
        {scripts?.names.map((name) => (
          <script key={name} src={scriptAddress(name)} nonce={scripts.nonce} defer />
        ))}
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

/** A page for a customer, or before signing in: one column, no navigation of ours. */
export function Narrow({ children, ...document }: DocumentProps) {
  return (
    <Document {...document}>
      <main id="main" className="narrow">
        {children}
      </main>
    </Document>
  );
}

/** What every page of the app knows about its reader. */
export interface Viewer {
  userId: string;
  userName: string;
  roles: readonly string[];
  /** IANA: what times on the pages are shown in. */
  zone: string;
  /** Goes back in every form of the app. */
  csrf: string;
  /** Of this one answer: a script without it does not run. */
  nonce: string;
  demo: DemoState | null;
  hasMailbox: boolean;
  path: string;
}

/** Hides what the reader may not do; the route refuses it anyway. */
export function viewerMay(viewer: Viewer, capability: Capability): boolean {
  return may(viewer.roles, capability);
}

const places: readonly { href: string; name: string; icon: IconName; needs: Capability }[] = [
  { href: "/", name: "My week", icon: "week", needs: "see" },
  { href: "/cases", name: "Cases", icon: "cases", needs: "see" },
  { href: "/manager", name: "Manager board", icon: "board", needs: "see" },
  { href: "/accounts", name: "Accounts", icon: "accounts", needs: "see" },
  { href: "/studio", name: "Studio", icon: "studio", needs: "see" },
  { href: "/mailbox", name: "Mailbox", icon: "mailbox", needs: "see-mailbox" },
  { href: "/settings", name: "Settings", icon: "settings", needs: "see-settings" },
];

/** A page of the app: the rail with every place, and the room beside it. */
export function AppPage(props: {
  viewer: Viewer;
  title: string;
  styles?: readonly string[];
  scripts?: readonly string[];
  children: ReactNode;
}) {
  const { viewer, title, styles = [], scripts = [], children } = props;
  return (
    <Document
      title={`${title} · Baton`}
      styles={["frame", "lists", ...styles]}
      {...(scripts.length === 0 ? {} : { scripts: { names: scripts, nonce: viewer.nonce } })}
    >
      <div className="app">
        {viewer.demo === null ? null : <DemoBar viewer={viewer} demo={viewer.demo} />}
        <Rail viewer={viewer} />
        <main id="main" className="room">
          {children}
        </main>
      </div>
    </Document>
  );
}

function Rail({ viewer }: { viewer: Viewer }) {
  const shown = places.filter(
    (place) => viewerMay(viewer, place.needs) && (place.href !== "/mailbox" || viewer.hasMailbox),
  );
  return (
    <header className="rail">
      <a className="brand" href="/">
        <BrandMark />
        Baton
      </a>
      {viewerMay(viewer, "work-cases") ? (
        <a className="button small" href="/enroll">
          <Icon name="enroll" />
          Enroll a contact
        </a>
      ) : null}
      <nav aria-label="Places">
        {shown.map((place) => (
          <a
            key={place.href}
            href={place.href}
            aria-current={isHere(place.href, viewer.path) ? "page" : undefined}
          >
            <Icon name={place.icon} />
            {place.name}
          </a>
        ))}
      </nav>
      <details className="who">
        <summary>
          <Avatar name={viewer.userName} small />
          <span className="name">
            <bdi>{viewer.userName}</bdi> <br />
            <span className="small soft">{viewer.roles.map((role) => roleWords(role)).join(", ")}</span>
            <span className="sr">: your settings, sign out</span>
          </span>
        </summary>
        <div>
          <a className="button quiet small" href="/settings">
            Your settings
          </a>
          <AppForm viewer={viewer} action="/sign-out">
            <button className="quiet small" type="submit">
              Sign out
            </button>
            <button className="quiet small" type="submit" name="everywhere" value="yes">
              Sign out everywhere
            </button>
          </AppForm>
        </div>
      </details>
    </header>
  );
}

/** Two hands and what passes between them. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M9 21 23 11" />
      <circle cx="9.5" cy="12" r="2.6" />
      <circle cx="22.5" cy="20.5" r="2.6" />
    </svg>
  );
}

const spelledRoles: Readonly<Record<Role, string>> = {
  csm: "CSM",
  cs_leader: "CS leader",
  manager: "Manager",
  author: "Author",
  approver: "Approver",
  sales: "Sales",
  support: "Support",
  admin: "Admin",
  viewer: "Viewer",
};

export function roleWords(role: string): string {
  return Object.hasOwn(spelledRoles, role) ? spelledRoles[role as Role] : plain(role);
}

function isHere(href: string, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}

/** A form of the app: always with the token that the server checks beside the Origin. */
export function AppForm({
  viewer,
  action,
  className,
  files = false,
  children,
}: {
  viewer: Viewer;
  action: string;
  className?: string;
  /** Sent as multipart, for the few forms that take a file. */
  files?: boolean;
  children: ReactNode;
}) {
  return (
    <form
      method="post"
      action={action}
      className={className}
      encType={files ? "multipart/form-data" : undefined}
    >
      <input type="hidden" name="csrf" value={viewer.csrf} />
      {children}
    </form>
  );
}

function DemoBar({ viewer, demo }: { viewer: Viewer; demo: DemoState }) {
  return (
    <section className="demo" aria-label="Demo clock">
      <strong>Demo clock</strong>
      <span className="nowrap">
        {timeWords(demo.now, "utc")} UTC{demo.playing ? "" : ", paused"}
      </span>
      <AppForm viewer={viewer} action="/demo/clock">
        <input type="hidden" name="back" value={viewer.path} />
        <button className="quiet small" name="do" value={demo.playing ? "pause" : "play"} type="submit">
          <Icon name={demo.playing ? "pause" : "play"} />
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
    </section>
  );
}

function daySeconds(standing: number): number[] {
  return [...new Set([0.5, 1, 2, 4, 10, 30, 60, standing])].sort((a, b) => a - b);
}
