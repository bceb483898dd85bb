import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Html,
  Preview,
  Row,
  Section,
  Text,
} from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";
import { initials } from "../../src/domain/sequences/initials.ts";
import { darkStyles, FONT, LIGHT, outlookDarkStyles } from "../palette.ts";

/** The look of mails with loops and figures: the same paper, ink and green as the mails of the programs. */

const REST = `
body{margin:0;padding:0;-webkit-text-size-adjust:100%}
.ink,.soft{overflow-wrap:anywhere}
@media only screen and (max-width:480px){
.gutter{padding-left:22px!important;padding-right:22px!important}
td.panel{padding-left:18px!important;padding-right:18px!important}
.fine,.soft{font-size:15px!important}
a.act{display:block!important}
}
`;

export const type = (size: number, line: number, colour: "ink" | "soft" | "accent" = "ink") =>
  ({
    fontFamily: FONT,
    fontSize: `${size}px`,
    lineHeight: `${line}px`,
    color: LIGHT[colour],
  }) satisfies CSSProperties;

export interface ShellProps {
  readonly title: string;
  /** What an inbox shows beside the subject. */
  readonly preview: string;
  /** Whose mail it is: a name for the initials, and what stands under it. Absent: the product's own. */
  readonly from?: { readonly name: string; readonly line: string };
  /** A word or two at the right of the masthead. */
  readonly aside?: string;
  readonly footer: string;
  readonly children: ReactNode;
}

export function Shell(props: ShellProps) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <title>{props.title}</title>
        <style>{REST + darkStyles()}</style>
        <style>{outlookDarkStyles()}</style>
      </Head>
      <Preview>{props.preview}</Preview>
      <Body className="page" style={{ backgroundColor: LIGHT.paper, margin: 0, padding: "28px 0 0" }}>
        <Container style={{ maxWidth: "600px" }}>
          <Padded style={{ padding: "0 40px 18px" }}>
            <Masthead {...props} />
          </Padded>
        </Container>
        <Container
          className="sheet"
          style={{ maxWidth: "600px", backgroundColor: LIGHT.card, borderRadius: "12px" }}
        >
          <Padded style={{ padding: "34px 40px 38px" }}>{props.children}</Padded>
        </Container>
        <Container style={{ maxWidth: "600px" }}>
          <Padded style={{ padding: "22px 40px 44px" }}>
            <Text className="soft" style={{ ...type(14, 22, "soft"), margin: 0 }}>
              {props.footer}
            </Text>
          </Padded>
        </Container>
      </Body>
    </Html>
  );
}

/** Padding on a cell: Outlook on Windows ignores it on a table. */
function Padded(props: { style: CSSProperties; children: ReactNode }) {
  return (
    <Row>
      <Column className="gutter" style={{ ...props.style, textAlign: "left" }}>
        {props.children}
      </Column>
    </Row>
  );
}

const PRODUCT = { name: "Baton", line: "For the people who take over" };

function Masthead({ from = PRODUCT, aside }: Pick<ShellProps, "from" | "aside">) {
  return (
    <Row className="masthead">
      <Column style={{ width: "44px", verticalAlign: "middle" }}>
        <Row style={{ width: "44px", borderCollapse: "separate" }}>
          <Column
            className="badge"
            aria-hidden="true"
            align="center"
            style={{
              ...type(16, 44, "accent"),
              width: "44px",
              height: "44px",
              borderRadius: "22px",
              fontWeight: 600,
              backgroundColor: LIGHT["tint-line"],
            }}
          >
            {initials(from.name)}
          </Column>
        </Row>
      </Column>
      <Column className="ink" style={{ ...type(15, 21), paddingLeft: "14px", verticalAlign: "middle" }}>
        <strong>{from.name}</strong>
        <br />
        <span className="soft" style={{ color: LIGHT.soft }}>
          {from.line}
        </span>
      </Column>
      {aside === undefined ? null : (
        <Column
          className="soft"
          align="right"
          style={{
            ...type(14, 21, "soft"),
            paddingLeft: "12px",
            whiteSpace: "nowrap",
            verticalAlign: "middle",
          }}
        >
          {aside}
        </Column>
      )}
    </Row>
  );
}

/** The mail's own headline. */
export function Title(props: { children: ReactNode }) {
  return (
    <Heading
      as="h1"
      className="ink"
      style={{ ...type(23, 31), fontWeight: 600, letterSpacing: "-0.01em", margin: "0 0 8px" }}
    >
      {props.children}
    </Heading>
  );
}

/** A small heading over a part. */
export function Label(props: { children: ReactNode }) {
  return (
    <Heading
      as="h2"
      className="acc fine"
      style={{ ...type(14, 20, "accent"), fontWeight: 600, margin: "0 0 6px" }}
    >
      {props.children}
    </Heading>
  );
}

export function Say(props: { children: ReactNode; quiet?: boolean }) {
  return (
    <Text
      className={props.quiet ? "soft" : "ink"}
      style={{ ...(props.quiet ? type(15, 23, "soft") : type(16, 26)), margin: "0 0 12px" }}
    >
      {props.children}
    </Text>
  );
}

/** A part under a hairline, as in the mails of the programs; right under the panel none is needed. */
export function Part(props: { children: ReactNode; afterPanel?: boolean }) {
  if (props.afterPanel) return <div style={{ paddingTop: "26px" }}>{props.children}</div>;
  return (
    <div
      className="rule"
      style={{ borderTop: `1px solid ${LIGHT.line}`, marginTop: "24px", paddingTop: "22px" }}
    >
      {props.children}
    </div>
  );
}

/** The one tinted place of a mail: what to do next, with its one button. */
export function Panel(props: { label: string; says: string; href: string; button: string }) {
  return (
    <Row style={{ marginTop: "22px", borderCollapse: "separate" }}>
      <Column
        className="panel"
        style={{
          backgroundColor: LIGHT.tint,
          border: `1px solid ${LIGHT["tint-line"]}`,
          borderRadius: "10px",
          padding: "20px 22px 22px",
          textAlign: "left",
        }}
      >
        <Label>{props.label}</Label>
        <Text className="ink" style={{ ...type(18, 26), fontWeight: 600, margin: "0 0 18px" }}>
          {props.says}
        </Text>
        <Act href={props.href}>{props.button}</Act>
      </Column>
    </Row>
  );
}

/** The one button of the mail, 48 px high. `alone`: between words, not in a panel. */
export function Act(props: { href: string; children: ReactNode; alone?: boolean }) {
  return (
    <Section {...(props.alone ? { style: { margin: "24px 0" } } : {})}>
      <Button
        href={props.href}
        className="act"
        style={{
          ...type(16, 20),
          backgroundColor: LIGHT.accent,
          borderRadius: "8px",
          color: LIGHT["accent-ink"],
          fontWeight: 600,
          padding: "14px 28px",
          textAlign: "center",
        }}
      >
        {props.children}
      </Button>
    </Section>
  );
}
