import type { User } from "../../../../drivers/store/generated/client.ts";
import { AppForm, roleWords, type Viewer } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Person } from "../../ui/person.tsx";
import { Time } from "../../ui/time.tsx";
import { SettingsPage } from "./settings-page.tsx";

export interface OwnSession {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  here: boolean;
}

/** What somebody sets for themselves: name, picture, zone, and where they are signed in. */
export function ownSettingsPage(props: {
  viewer: Viewer;
  user: User;
  sessions: readonly OwnSession[];
  said: string | null;
}) {
  const { viewer, user, sessions, said } = props;
  const photo = user.photoType === null ? null : `/settings/users/${user.id}/photo`;
  return (
    <SettingsPage viewer={viewer} here="/settings" title="Your settings" said={said}>
      <div className="cols two">
        <Card title="You">
          <Person name={user.name} photo={photo}>
            {user.email} · {user.roles.map(roleWords).join(", ")}
          </Person>
          <hr />
          <AppForm viewer={viewer} action="/settings/you">
            <TextField
              id="name"
              label="Name"
              hint="As your contacts see it."
              defaultValue={user.name}
              required
            />
            <TextField
              id="title"
              label="Title"
              hint="Stands under your name in mails and pages."
              defaultValue={user.title ?? ""}
            />
            <TextField
              id="zone"
              label="Time zone"
              hint="Times on your pages are shown in it. A name like Europe/Oslo."
              defaultValue={user.zone}
              required
            />
            <button type="submit">Save</button>
          </AppForm>
        </Card>
        <div>
          <Card title="Your picture">
            <p className="soft">
              Your contacts see it on their page, beside your name. Without one: your initials.
            </p>
            <AppForm viewer={viewer} action="/settings/you/photo" files>
              <TextField
                id="photo"
                type="file"
                accept="image/png,image/jpeg,image/webp"
                label="Picture"
                hint="PNG, JPEG or WebP, at most 100 KB."
                required
              />
              <div className="buttons">
                <button className="quiet" type="submit">
                  Use this picture
                </button>
              </div>
            </AppForm>
            {photo === null ? null : (
              <AppForm viewer={viewer} action="/settings/you/photo/remove">
                <button className="link" type="submit">
                  Take it away
                </button>
              </AppForm>
            )}
          </Card>
          <Card title="Where you are signed in">
            <ul className="rows">
              {sessions.map((session) => (
                <li key={session.id}>
                  <div>
                    <p>{session.here ? "This browser" : "Another browser"}</p>
                    <p className="small soft">
                      Since <Time at={session.createdAt} zone={viewer.zone} />, last seen{" "}
                      <Time at={session.lastSeenAt} zone={viewer.zone} />
                    </p>
                  </div>
                  {session.here ? null : (
                    <AppForm viewer={viewer} action={`/settings/you/sessions/${session.id}/end`}>
                      <button className="quiet small" type="submit">
                        Sign it out
                      </button>
                    </AppForm>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
    </SettingsPage>
  );
}
