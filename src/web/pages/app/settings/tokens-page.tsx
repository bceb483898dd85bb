import { API_SCOPES } from "../../../../operations/api-tokens.ts";
import { AppForm, type Viewer } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Time } from "../../ui/time.tsx";
import { SettingsPage } from "./settings-page.tsx";

export interface TokenRow {
  id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const scopeMeanings = {
  read: "reads everything the API has",
  write: "opens cases, enrolls, answers, pauses",
  admin: "imports, publishes, registers webhooks",
} as const;

/** Keys for other programs. `fresh` is shown once, right after it was made, and never again. */
export function tokensPage(props: {
  viewer: Viewer;
  tokens: readonly TokenRow[];
  fresh: { name: string; token: string } | null;
  said: string | null;
}) {
  const { viewer, tokens, fresh, said } = props;
  return (
    <SettingsPage viewer={viewer} here="/settings/tokens" title="API tokens" said={said}>
      {fresh === null ? null : (
        <Notice tone="said" title={`The token “${fresh.name}” is made.`}>
          <p>Copy it now: it is kept as a hash only and cannot be shown again.</p>
          <pre>{fresh.token}</pre>
        </Notice>
      )}
      <div className="cols two">
        <Card title="Tokens" aside={<a href="/api/docs">What the API can do</a>}>
          {tokens.length === 0 ? (
            <p className="soft">None yet. A program that calls /api/v1 needs one.</p>
          ) : (
            <ul className="rows">
              {tokens.map((token) => (
                <li key={token.id}>
                  <div>
                    <p>
                      <strong>{token.name}</strong>{" "}
                      {token.scopes.map((scope) => (
                        <Tag key={scope}>{scope}</Tag>
                      ))}{" "}
                      {token.revokedAt === null ? null : <Tag tone="bad">Revoked</Tag>}
                    </p>
                    <p className="small soft">
                      Made <Time at={token.createdAt} zone={viewer.zone} />,{" "}
                      {token.lastUsedAt === null ? (
                        "never used"
                      ) : (
                        <>
                          last used <Time at={token.lastUsedAt} zone={viewer.zone} />
                        </>
                      )}
                    </p>
                  </div>
                  {token.revokedAt === null ? (
                    <AppForm viewer={viewer} action={`/settings/tokens/${token.id}/revoke`}>
                      <button className="danger small" type="submit" aria-label={`Revoke ${token.name}`}>
                        Revoke
                      </button>
                    </AppForm>
                  ) : null}
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title="Make a token">
          <AppForm viewer={viewer} action="/settings/tokens">
            <TextField
              id="name"
              label="What it is for"
              hint="For example: nightly CRM import"
              required
              maxLength={80}
            />
            <fieldset>
              <legend>What it may do</legend>
              {API_SCOPES.map((scope) => (
                <label key={scope} className="choice">
                  <input type="checkbox" name="scopes" value={scope} defaultChecked={scope === "read"} />
                  <span>
                    {scope} <span className="hint">{scopeMeanings[scope]}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <button type="submit">Make it</button>
          </AppForm>
        </Card>
      </div>
    </SettingsPage>
  );
}
