/**
 * A mail's HTML for a sandboxed frame. Its links open beside the frame, since the pages they lead to
 * refuse to be framed. Nothing is cleaned away: the frame's policy allows no script, no form and
 * nothing from elsewhere, so the mail shows as it was sent.
 */
export function forFrame(html: string): string {
  const base = '<base target="_blank">';
  const head = /<head[^>]*>/i.exec(html);
  if (head === null) return `${base}${html}`;
  const end = head.index + head[0].length;
  return `${html.slice(0, end)}${base}${html.slice(end)}`;
}
