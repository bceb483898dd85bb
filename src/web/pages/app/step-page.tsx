import { AppPage, type Viewer } from "../layout.tsx";

export interface StepPreview {
  viewer: Viewer;
  sequenceKey: string;
  sequenceName: string;
  stepKey: string;
  subject: string;
  text: string;
  variant: "a" | "b";
  hasVariantB: boolean;
  warnings: readonly string[];
}

/** One mail of a sequence with typical values, as HTML and as text. */
export function stepPage(props: StepPreview) {
  const { viewer, sequenceKey, sequenceName, stepKey, subject, text, variant, hasVariantB, warnings } = props;
  const address = `/sequences/${sequenceKey}/steps/${stepKey}`;
  return (
    <AppPage styles={["course"]} viewer={viewer} title={subject}>
      <p className="small">
        <a href={`/sequences/${sequenceKey}`}>{sequenceName}</a>
      </p>
      <h1>{subject}</h1>
      {hasVariantB ? (
        <p>
          {variant === "a" ? (
            <a href={`${address}?variant=b`}>The shorter variant, sent when a task stays open</a>
          ) : (
            <a href={address}>The ordinary variant</a>
          )}
        </p>
      ) : null}
      {warnings.map((warning) => (
        <p className="card warned" key={warning}>
          {warning}
        </p>
      ))}
      <iframe title="The mail" src={`${address}/html?variant=${variant}`} sandbox="" />
      <p />
      <details className="card">
        <summary>Text part</summary>
        <pre>{text}</pre>
      </details>
    </AppPage>
  );
}
