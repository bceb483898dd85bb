import type { Actor } from "../../operations/actor.ts";
import { answerQuestion } from "../../operations/answer-question.ts";
import { bookMeeting } from "../../operations/book-meeting.ts";
import { enrollContact } from "../../operations/enroll-contact.ts";
import { holdMeeting } from "../../operations/hold-meeting.ts";
import { type CaseFields, openCase } from "../../operations/open-case.ts";
import type { Parts } from "../../operations/parts.ts";
import { resumeEnrollment } from "../../operations/resume-enrollment.ts";
import { updateCase } from "../../operations/update-case.ts";
import { type Character, characterOf, wallInstant } from "./cast.ts";
import { idOf, type SeededWorld } from "./seed-world.ts";
import type { Agenda } from "./stage.ts";
import type { Duty, Story } from "./story-types.ts";
import type { WorldAccount, WorldCase } from "./world-types.ts";

type Telling = (at: Date, zone: string, words: string) => void;

export interface PlotParts {
  parts: Parts;
  seeded: SeededWorld;
  agenda: Agenda;
  tell: Telling;
}

/** What the vendor's people do: open cases, add what they learn, enroll, answer, meet. All by the product's own acts. */
export class Plot {
  readonly #with: PlotParts;
  readonly #caseIds = new Map<string, string>();

  constructor(parts: PlotParts) {
    this.#with = parts;
  }

  /** Puts one account's turnover on the agenda; what lies before the story's start happens at once, with its true dates. */
  stage(account: WorldAccount, story: Story | undefined): void {
    const { agenda } = this.#with;
    const { turnover } = account;
    const at = (wall: string) => wallInstant(wall, account.zone);
    agenda.put({ at: at(turnover.openedAt), run: () => this.#openCase(account) });
    if (turnover.replacement) {
      const identified = at(`${turnover.replacement.identifiedOn}T08:15`);
      const opened = new Date(at(turnover.openedAt).getTime() + 60_000);
      agenda.put({
        at: identified > opened ? identified : opened,
        run: () => this.#replacementFound(account, turnover),
      });
    }
    if (account.enrollAt !== null && turnover.replacement) {
      const character = characterOf(this.#with.seeded, account, turnover.replacement.person);
      agenda.put({ at: wallInstant(account.enrollAt, character.zone), run: () => this.#enroll(character) });
    }
    for (const { at: wall, duty } of story?.duties ?? []) {
      agenda.put({ at: at(wall), run: () => this.#duty(account, duty) });
    }
  }

  async #openCase(account: WorldAccount): Promise<void> {
    const { parts, seeded, tell } = this.#with;
    const { turnover } = account;
    const result = await openCase(parts, {
      workspaceId: seeded.workspaceId,
      accountId: idOf(seeded.accountIds, account.ref),
      actor: this.#csm(account),
      kind: "main_contact",
      departedContactId: idOf(seeded.contactIds, `${account.ref}/${turnover.departed}`),
      detectedAt: wallInstant(turnover.openedAt, account.zone),
      detectionSource: turnover.detectionSource as "csm",
      departureEffectiveOn: turnover.effectiveOn,
      departureReason: turnover.reason as "new_job",
      destination: turnover.destination as "external",
      ...(turnover.newCompany === undefined ? {} : { newCompany: turnover.newCompany }),
      roleOutcome: turnover.roleOutcome as "replacing",
    });
    if (!result.ok) throw new Error(`${account.name}: ${result.problem.message} ${result.problem.remedy}`);
    this.#caseIds.set(account.ref, result.case.id);
    const who = account.people.find(({ ref }) => ref === turnover.departed)?.name ?? "The contact";
    tell(
      parts.clock.now(),
      account.zone,
      `case   ${account.name}: ${who} leaves (severity ${result.case.severity})`,
    );
  }

  async #replacementFound(account: WorldAccount, turnover: WorldCase): Promise<void> {
    const { parts, seeded } = this.#with;
    const { replacement } = turnover;
    if (replacement === undefined) return;
    const fields: CaseFields = {
      replacementContactId: idOf(seeded.contactIds, `${account.ref}/${replacement.person}`),
      replacementType: replacement.type,
      ...(replacement.competitor === undefined ? {} : { competitorKey: replacement.competitor }),
      ...(replacement.competitorMonths === undefined
        ? {}
        : { competitorMonths: replacement.competitorMonths }),
      ...(replacement.competitorRole === undefined
        ? {}
        : { competitorRole: replacement.competitorRole as "owner" }),
    };
    const result = await updateCase(parts, {
      workspaceId: seeded.workspaceId,
      caseId: this.#caseOf(account),
      actor: this.#csm(account),
      ...fields,
    });
    if (!result.ok) throw new Error(`${account.name}: ${result.problem.message} ${result.problem.remedy}`);
  }

  async #enroll(character: Character): Promise<void> {
    const { parts, seeded, tell } = this.#with;
    const { account, person, zone } = character;
    const result = await enrollContact(parts, {
      workspaceId: seeded.workspaceId,
      caseId: this.#caseOf(account),
      contactId: character.contactId,
      actor: this.#csm(account),
      idempotencyKey: `demo.${account.ref}`,
    });
    if (!result.ok) throw new Error(`${person.name}: ${result.problem.message} ${result.problem.remedy}`);
    tell(parts.clock.now(), zone, `enroll ${person.name}, ${account.name}. ${result.reason}`);
  }

  async #duty(account: WorldAccount, duty: Duty): Promise<void> {
    const { parts, seeded, tell } = this.#with;
    const { workspaceId } = seeded;
    const actor = this.#csm(account);
    const enrollment = await parts.db.enrollment.findFirst({
      where: { workspaceId, caseId: this.#caseOf(account), audience: "contact" },
      include: { contact: true },
    });
    if (enrollment === null) return;
    const say = (words: string) => tell(parts.clock.now(), account.zone, `csm    ${account.name}: ${words}`);
    if (duty.kind === "answer") {
      const question = await parts.db.question.findFirst({
        where: {
          workspaceId,
          enrollmentId: enrollment.id,
          answer: null,
          text: { contains: duty.about, mode: "insensitive" },
        },
      });
      if (question === null) return;
      await answerQuestion(parts, { workspaceId, questionId: question.id, answer: duty.text, actor });
      say(`answered “${question.text}”`);
    } else if (duty.kind === "resume") {
      await resumeEnrollment(parts, { workspaceId, enrollmentId: enrollment.id, actor });
      say(`answered ${enrollment.contact.firstName}'s mail; the program goes on`);
    } else if (duty.kind === "book") {
      const slotAt = wallInstant(duty.at, account.zone);
      await bookMeeting(parts, { workspaceId, enrollmentId: enrollment.id, slotAt, actor });
      say("booked the meeting");
    } else {
      const meeting = await parts.db.meeting.findFirst({
        where: { workspaceId, enrollmentId: enrollment.id, state: { in: ["booked", "requested"] } },
      });
      if (meeting === null) return;
      await holdMeeting(parts, {
        workspaceId,
        meetingId: meeting.id,
        outcome: "held",
        demo: duty.demo,
        actor,
      });
      say(`met ${enrollment.contact.firstName}; did it turn into a demo? ${duty.demo}`);
    }
  }

  #caseOf(account: WorldAccount): string {
    return idOf(this.#caseIds, account.ref);
  }

  #csm(account: WorldAccount): Actor {
    return `user:${idOf(this.#with.seeded.userIds, account.csm)}`;
  }
}
