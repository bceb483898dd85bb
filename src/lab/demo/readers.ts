import type { Parts } from "../../operations/parts.ts";
import type { IntendedAct, Mind, Persona, PersonaAct } from "../personas/persona.ts";
import { personaNamed } from "../personas/roster.ts";
import { type Random, seeded as seededRandom } from "../random.ts";
import { type Character, characterOf, wallInstant } from "./cast.ts";
import type { Inboxes, InboxMail } from "./inbox.ts";
import { mailSeen } from "./mail-seen.ts";
import { scanLinks } from "./mail-software.ts";
import { type DeedDone, doDeed, type PersonAtWork, sendOwnMail } from "./person.ts";
import type { SeededWorld } from "./seed-world.ts";
import type { Agenda } from "./stage.ts";
import type { Deed, Story } from "./story-types.ts";
import type { WorldAccount } from "./world-types.ts";

export interface ReaderParts {
  parts: Parts;
  seeded: SeededWorld;
  agenda: Agenda;
  inboxes: Inboxes;
  smtpUrl: string;
  /** Everybody who may get mail, by lower-case address. */
  addressBook: ReadonlyMap<string, { name: string; zone: string }>;
  tell: (at: Date, zone: string, words: string) => void;
}

interface Reader {
  character: Character;
  story: Story;
  mails: number;
  persona: { persona: Persona; mind: Mind; random: Random } | null;
}

const MINUTE = 60_000;

/** The customers' people. Each lives from their inbox: acts by the story, or by a persona, through HTTP and mail alone. */
export class Readers {
  readonly #with: ReaderParts;
  readonly #byAddress = new Map<string, Reader>();

  constructor(parts: ReaderParts) {
    this.#with = parts;
  }

  stage(account: WorldAccount, story: Story): void {
    const character = characterOf(this.#with.seeded, account, story.reader);
    const random = seededRandom(`demo.${account.ref}`);
    const persona = story.persona === undefined ? null : personaNamed(story.persona);
    const track = trackOf(account);
    this.#byAddress.set(character.email.toLowerCase(), {
      character,
      story,
      mails: 0,
      persona: persona === null ? null : { persona, mind: persona.start(track, random), random },
    });
    for (const { at, deed } of story.beats ?? []) this.#put(character, wallInstant(at, character.zone), deed);
    if (story.sponsorBeats && account.sponsor !== null) {
      const sponsor = characterOf(this.#with.seeded, account, account.sponsor);
      for (const { at, deed } of story.sponsorBeats) this.#put(sponsor, wallInstant(at, sponsor.zone), deed);
    }
  }

  /** Everybody looks into their inbox. True when there was anything new. */
  async readMail(): Promise<boolean> {
    const mails = await this.#with.inboxes.fresh();
    for (const mail of mails) await this.#arrived(mail);
    return mails.length > 0;
  }

  async #arrived(mail: InboxMail): Promise<void> {
    const { parts, tell, addressBook } = this.#with;
    const reader = this.#byAddress.get(mail.to);
    const receiver = addressBook.get(mail.to);
    // Mail to an address of nobody's came for Baton itself: a reply, told when it was written.
    if (receiver !== undefined) {
      tell(mail.receivedAt, receiver.zone, `mail   → ${receiver.name}: ${mail.subject}`);
    }
    if (reader === undefined || mail.pageLink === null) return;
    reader.mails += 1;
    await this.#software(reader, mail);
    await this.#away(reader, mail);
    if (reader.persona === null) return;
    const seen = await mailSeen(parts, this.#with.seeded.workspaceId, mail, reader.mails - 1);
    if (seen === null) return;
    const { persona, mind, random } = reader.persona;
    const reaction = persona.react(seen, mind, random);
    reader.persona.mind = reaction.mind;
    for (const intended of reaction.acts) this.#intend(reader.character, mail, intended);
  }

  async #software(reader: Reader, mail: InboxMail): Promise<void> {
    const { software } = reader.story;
    if (software === undefined) return;
    if (software.kind === "prefetch-and-scan" && reader.mails > software.mails) return;
    const { tell, parts } = this.#with;
    const at = new Date(mail.receivedAt.getTime() + 43_000);
    this.#with.agenda.put({
      at,
      run: async () => {
        const made = await scanLinks(mail);
        tell(
          parts.clock.now(),
          reader.character.zone,
          `robot  a mail gateway fetched ${made} links of ${reader.character.person.firstName}'s mail`,
        );
      },
    });
  }

  async #away(reader: Reader, mail: InboxMail): Promise<void> {
    const { away } = reader.story;
    if (away === undefined) return;
    const { zone } = reader.character;
    const gone = mail.receivedAt >= wallInstant(`${away.from}T00:00`, zone);
    if (!gone || mail.receivedAt >= wallInstant(`${away.until}T23:59`, zone)) return;
    const person = this.#atWork(reader.character, mail);
    await sendOwnMail(person, {
      subject: `Automatic reply: ${mail.subject}`,
      text: away.text,
      headers: { "Auto-Submitted": "auto-replied", "X-Autoreply": "yes" },
      nullReturnPath: true,
    });
    this.#with.tell(mail.receivedAt, zone, `away   ${reader.character.person.name} answers by auto-reply`);
  }

  #intend(character: Character, mail: InboxMail, { afterMinutes, act }: IntendedAct): void {
    const deed = deedOf(act);
    if (deed !== null)
      this.#put(character, new Date(mail.receivedAt.getTime() + afterMinutes * MINUTE), deed);
  }

  #put(character: Character, at: Date, deed: Deed): void {
    this.#with.agenda.put({ at, run: () => this.#do(character, deed) });
  }

  async #do(character: Character, deed: Deed): Promise<void> {
    const { parts, inboxes, tell } = this.#with;
    const mail = inboxes.latest(character.email);
    const name = character.person.name;
    const done: DeedDone =
      mail === null
        ? { done: false, why: "no mail from us yet" }
        : await doDeed(this.#atWork(character, mail), deed);
    const words = done.done ? `act    ${name}: ${done.words}` : `–      ${name}: ${deed.kind}: ${done.why}`;
    tell(parts.clock.now(), character.zone, words);
  }

  #atWork(character: Character, mail: InboxMail): PersonAtWork {
    const { smtpUrl, parts } = this.#with;
    return { name: character.person.name, email: character.email, smtpUrl, mail, now: parts.clock.now() };
  }
}

function trackOf(account: WorldAccount) {
  return account.turnover.replacement?.type ?? "internal";
}

/** A persona's intention as a deed of the story; null for what nobody of this cast does. */
function deedOf(act: PersonaAct): Deed | null {
  switch (act.kind) {
    case "open-page":
      return { kind: "visit", item: act.item, seconds: act.seconds };
    case "reply":
      return { kind: "reply", text: act.text };
    case "auto-reply":
    case "unsubscribe":
      return null;
    default:
      return { kind: "act", act };
  }
}
