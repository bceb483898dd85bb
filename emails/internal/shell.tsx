import { Body, Container, Head, Html, Link, Preview, Text } from "@react-email/components";
import type { ReactNode } from "react";

/** The look shared by mails to our own people: the same paper, ink and green as the contact's mails. */
export const ink = {
  font: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif",
  text: "#2d2a26",
  quiet: "#6b645b",
  green: "#1c5d57",
  line: "#e3ddd2",
  paper: "#f5f2ec",
} as const;

const DARK = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media only screen and (max-width: 480px) { .sheet { padding: 24px 20px !important; border-radius: 0 !important; } }
@media (prefers-color-scheme: dark) {
  body, body > table, body > table > tbody > tr > td { background: #171614 !important; background-color: #171614 !important; }
  .sheet { background: #211f1c !important; }
  .ink, .ink p, .ink td, .ink h1, .ink h2 { color: #efeae2 !important; }
  .quiet, .ink .quiet { color: #b5ada1 !important; }
  .green, .ink .green { color: #9ccfc7 !important; }
  .box { background: #2a2824 !important; border-color: #3b3832 !important; }
  .bar { background: #9ccfc7 !important; }
  .track { background: #3b3832 !important; }
  .act { background: #9ccfc7 !important; color: #10211f !important; }
}`;

export function Shell(props: { title: string; preview: string; footer: string; children: ReactNode }) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <title>{props.title}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK}</style>
      </Head>
      <Preview>{props.preview}</Preview>
      <Body
        className="page"
        style={{ backgroundColor: ink.paper, fontFamily: ink.font, margin: 0, padding: "28px 0" }}
      >
        <Container
          className="sheet ink"
          style={{
            backgroundColor: "#ffffff",
            borderRadius: "12px",
            padding: "32px 40px 36px",
            maxWidth: "600px",
          }}
        >
          {props.children}
        </Container>
        <Container style={{ maxWidth: "600px", padding: "18px 40px" }}>
          <Text
            className="quiet"
            style={{ fontSize: "13px", lineHeight: "20px", color: ink.quiet, margin: 0 }}
          >
            {props.footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** A small label over a title. */
export function Label(props: { children: ReactNode }) {
  return (
    <Text
      className="green"
      style={{
        color: ink.green,
        fontSize: "13px",
        fontWeight: 600,
        lineHeight: "20px",
        margin: "22px 0 6px",
      }}
    >
      {props.children}
    </Text>
  );
}

export function Title(props: { children: ReactNode }) {
  return (
    <Text
      style={{ color: ink.text, fontSize: "22px", fontWeight: 600, lineHeight: "30px", margin: "0 0 10px" }}
    >
      {props.children}
    </Text>
  );
}

export function Say(props: { children: ReactNode; quiet?: boolean }) {
  return (
    <Text
      className={props.quiet ? "quiet" : "ink"}
      style={{
        color: props.quiet ? ink.quiet : ink.text,
        fontSize: props.quiet ? "14px" : "16px",
        lineHeight: props.quiet ? "22px" : "26px",
        margin: "0 0 10px",
      }}
    >
      {props.children}
    </Text>
  );
}

/** The one button of the mail. */
export function Act(props: { href: string; children: ReactNode }) {
  return (
    <Text style={{ margin: "20px 0 2px" }}>
      <Link
        href={props.href}
        className="act"
        style={{
          backgroundColor: ink.green,
          borderRadius: "8px",
          color: "#ffffff",
          display: "inline-block",
          fontSize: "16px",
          fontWeight: 600,
          lineHeight: "20px",
          padding: "14px 26px",
          textDecoration: "none",
        }}
      >
        {props.children}
      </Link>
    </Text>
  );
}
