import type { Random } from "../random.ts";
import type { MailSeen, Mind, Reaction, Traits } from "./persona.ts";
import { put, readMail, sitDown, think } from "./read-mail.ts";

/** Follows links and leaves again, now and then after a glance that a script could take for reading. */
export function skimLinks(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  if (!random.chance(traits.reads)) return { mind, acts: [] };
  const sitting = sitDown(mail, mind, traits, random, 0.2);
  for (const block of mail.blocks)
    if (block.type === "resource")
      put(sitting, { kind: "open-page", item: block.key, seconds: random.between(1, 30) });
  return { mind: sitting.mind, acts: sitting.acts };
}

/** Reads well for a few mails; then something else matters more. */
export function leaveHalfway(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  const gone = mind.gone || (mail.before >= 2 && random.chance(0.35));
  return gone ? { mind: { ...mind, gone }, acts: [] } : readMail(mail, mind, traits, random);
}

export function replyOnly(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  if (!random.chance(traits.reads)) return { mind, acts: [] };
  const sitting = sitDown(mail, mind, traits, random);
  think(sitting);
  if (random.chance(0.5))
    put(sitting, { kind: "reply", text: "Got it. What matters to us this quarter is the report." });
  return { mind: sitting.mind, acts: sitting.acts };
}

/** Once, around the third mail: an automatic answer, and that mail is read when they are back. */
export function goAway(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  if (mail.before !== 2) return readMail(mail, mind, traits, random);
  const awayDays = random.between(5, 12);
  const standIn = random.chance(0.5) ? "a colleague" : null;
  const { mind: after, acts } = readMail(mail, mind, traits, random);
  const later = acts.map(({ afterMinutes, act }) => ({ afterMinutes: afterMinutes + awayDays * 1440, act }));
  return {
    mind: after,
    acts: [{ afterMinutes: 1, act: { kind: "auto-reply", awayDays, standIn } }, ...later],
  };
}

/** Wants another product and says why: what they object to is something they want to talk about. */
export function objectFirst(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  const read = readMail(mail, mind, traits, random);
  if (read.acts.length === 0 || !random.chance(0.3)) return read;
  const last = read.acts[read.acts.length - 1];
  const objection = {
    kind: "objection-raised" as const,
    text: `What we had before did this better: ${mail.stepKey}`,
  };
  const { questions, toldQuestions } = read.mind;
  return {
    mind: { ...read.mind, questions: [objection.text, ...questions], toldQuestions: toldQuestions + 1 },
    acts: [...read.acts, { afterMinutes: (last?.afterMinutes ?? 0) + 3, act: objection }],
  };
}

/** Hostile until a few honest answers were read; then their mind changes, and they say so when asked. */
export function winOver(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  const turned = mind.intent !== "keep" && mail.before >= 3 && random.chance(0.5);
  if (!turned)
    return mind.intent === "keep"
      ? readMail(mail, mind, traits, random)
      : objectFirst(mail, mind, traits, random);
  const read = readMail(mail, { ...mind, intent: "keep" }, traits, random);
  const last = read.acts[read.acts.length - 1];
  if (last === undefined) return read;
  const said = {
    kind: "intent-stated" as const,
    intent: "keep" as const,
    why: "You told us what it cannot do.",
  };
  return {
    mind: { ...read.mind, toldIntent: "keep" },
    acts: [...read.acts, { afterMinutes: last.afterMinutes + 5, act: said }],
  };
}

/** Begins, names a colleague for the day-to-day work, and leaves it to them. */
export function handOver(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  if (mind.gone) return { mind, acts: [] };
  if (mail.before < 2) return readMail(mail, mind, traits, random);
  const sitting = sitDown(mail, mind, traits, random);
  put(sitting, { kind: "colleague-introduced", who: "The colleague who will run it", delegate: true });
  return { mind: { ...mind, gone: true }, acts: sitting.acts };
}

export function decline(mail: MailSeen, mind: Mind, traits: Traits, random: Random): Reaction {
  if (mind.gone || !random.chance(traits.reads)) return { mind, acts: [] };
  const sitting = sitDown(mail, mind, traits, random);
  put(sitting, { kind: "wrong-person", whoInstead: "Somebody in operations" });
  return { mind: { ...mind, gone: true }, acts: sitting.acts };
}
