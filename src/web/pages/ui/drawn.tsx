import type { Tone } from "./tag.tsx";

const CIRCUMFERENCE = 2 * Math.PI * 45;

/** A score of 0–100 as a ring with the number in it. Drawn with attributes: the page's policy forbids inline styles. */
export function Ring({ value, label, tone }: { value: number; label: string; tone?: Tone | undefined }) {
  const part = Math.max(0, Math.min(100, value)) / 100;
  return (
    <svg
      className={tone === undefined ? "ring" : `ring ${tone}`}
      viewBox="0 0 100 100"
      role="img"
      aria-label={label}
    >
      <circle cx="50" cy="50" r="45" />
      {part === 0 ? null : (
        <circle
          cx="50"
          cy="50"
          r="45"
          strokeDasharray={`${(part * CIRCUMFERENCE).toFixed(1)} ${CIRCUMFERENCE.toFixed(1)}`}
          transform="rotate(-90 50 50)"
        />
      )}
      <text x="50" y="50">
        {Math.round(value)}
      </text>
    </svg>
  );
}

/** A bar of 0–100. */
export function Bar({ value, label, tone }: { value: number; label: string; tone?: Tone | undefined }) {
  const width = Math.max(0, Math.min(100, value));
  return (
    <svg
      className={tone === undefined ? "bar" : `bar ${tone}`}
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path d={`M0 0h${Math.round(width)}v1H0z`} />
    </svg>
  );
}
