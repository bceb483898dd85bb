/** Pages of one place. The one that is open is named to a screen reader too. */
export function Tabs(props: {
  label: string;
  tabs: readonly { href: string; name: string; here: boolean }[];
}) {
  return (
    <nav className="tabs" aria-label={props.label}>
      {props.tabs.map((tab) => (
        <a key={tab.href} href={tab.href} aria-current={tab.here ? "page" : undefined}>
          {tab.name}
        </a>
      ))}
    </nav>
  );
}
