/**
 * required: no mail leaves without TLS. opportunistic: TLS when offered. off: plain, for a relay
 * on the same machine.
 */
type TlsPolicy = "required" | "opportunistic" | "off";

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465) instead of STARTTLS. */
  readonly implicitTls: boolean;
  readonly tls: TlsPolicy;
  readonly user: string | null;
  readonly password: string | null;
}

/**
 * Reads `smtp://user:password@host:587` or `smtps://host`. STARTTLS is required unless the
 * server is on this machine or `?tls=opportunistic|off` says otherwise. Throws with the remedy,
 * and never repeats the password.
 */
export function readSmtpUrl(url: string): SmtpServer {
  const form = "write it like smtp://user:password@mail.example.com:587";
  if (!URL.canParse(url)) throw new Error(`SMTP_URL is not an address: ${form}`);
  const parsed = new URL(url);
  if (parsed.protocol !== "smtp:" && parsed.protocol !== "smtps:") {
    throw new Error(`SMTP_URL must start with smtp:// or smtps://: ${form}`);
  }
  if (parsed.hostname === "") throw new Error(`SMTP_URL names no server: ${form}`);
  const implicitTls = parsed.protocol === "smtps:";
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  return {
    host,
    port: parsed.port === "" ? (implicitTls ? 465 : 587) : Number(parsed.port),
    implicitTls,
    tls: readPolicy(parsed.searchParams.get("tls"), host),
    user: parsed.username === "" ? null : decodeURIComponent(parsed.username),
    password: parsed.password === "" ? null : decodeURIComponent(parsed.password),
  };
}

function readPolicy(asked: string | null, host: string): TlsPolicy {
  switch (asked) {
    case "required":
    case "opportunistic":
    case "off":
      return asked;
    case null:
      return /^(localhost|127(\.\d+){3}|::1)$/.test(host) ? "opportunistic" : "required";
    default:
      throw new Error("SMTP_URL: tls must be required, opportunistic or off");
  }
}
