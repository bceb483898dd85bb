import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { ENROLL_STEPS, type EnrollStep, mayStandOn } from "../../../domain/turnover/enroll-steps.ts";
import { type EnrollDesk, enrollDesk } from "../../../operations/enroll-desk.ts";
import type { NameSuccessorInput } from "../../../operations/name-successor.ts";
import { DETECTION_SOURCES } from "../../../operations/open-case.ts";
import type { RecordDepartureInput } from "../../../operations/record-departure.ts";
import { type Refusal, type Result, refuse } from "../../../operations/refusal.ts";
import { type Complaint, stepAddress, type Typed, type Values } from "../../pages/app/enroll-frame.tsx";
import { REASONS } from "../../pages/app/enroll-left-page.tsx";
import { sessionOf } from "../../plugins/session-guard.ts";
import { seeOther } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { idOf, noSuchPage } from "./form.ts";

const LONGEST_TYPED = 2_000;

/** Every text field as it was posted; a name that came twice is read once. */
export function typedIn(request: FastifyRequest): Values {
  const body = typeof request.body === "object" && request.body !== null ? request.body : {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const [one] = Array.isArray(value) ? value : [value];
      return typeof one === "string" && name !== "csrf" ? [[name, one.slice(0, LONGEST_TYPED)]] : [];
    }),
  );
}

export const untouched = (values: Values): Typed => ({ values, complaint: null, leaveTo: null });

/** Where a field stands in the forms of the wizard, by the place that operations name. */
const FIELDS: Readonly<Record<string, string>> = {
  departedContactId: "who",
  replacementContactId: "who",
  competitorKey: "competitor",
  competitorMonths: "months",
};

export function refusedTyped(values: Values, problem: Refusal, back: string): Typed {
  const complaint: Complaint = { ...problem, place: FIELDS[problem.place] ?? problem.place };
  return { values, complaint, leaveTo: values["go"] === "back" ? back : null };
}

/** The case of the address, as far as it is answered. 404 for another workspace's. */
export async function deskOf(parts: WebParts, request: FastifyRequest): Promise<EnrollDesk> {
  const { workspaceId } = sessionOf(request);
  const desk = await enrollDesk(parts, { workspaceId, caseId: idOf(request, "case") });
  if (desk === null) throw noSuchPage();
  return desk;
}

/** Sends to where the case stands when this step has nothing to stand on; null: the step may be shown. */
export function elsewhere(reply: FastifyReply, desk: EnrollDesk, step: EnrollStep): FastifyReply | null {
  const { id } = desk.turnover;
  if (desk.isEnrolled || desk.turnover.status === "closed") return seeOther(reply, `/cases/${id}`);
  if (mayStandOn(step, desk.turnover)) return null;
  return seeOther(reply, addressOf(desk.next, id));
}

export function addressOf(next: EnrollDesk["next"], caseId: string): `/${string}` {
  return next === "waiting" ? `/enroll/${caseId}/waiting` : (stepAddress(next, caseId) as `/${string}`);
}

/** The steps of this case that can be gone to by name. */
export function openSteps(desk: EnrollDesk): EnrollStep[] {
  return ENROLL_STEPS.filter((step) => step !== "account" && mayStandOn(step, desk.turnover));
}

/** After this step: the first open question, or the next page when everything after it is answered already. */
export function addressAfter(step: EnrollStep, desk: EnrollDesk): `/${string}` {
  const { id } = desk.turnover;
  if (desk.next === "waiting") return `/enroll/${id}/waiting`;
  return addressOf(desk.next, id) === stepAddress(step, id)
    ? (stepAddress(ENROLL_STEPS[ENROLL_STEPS.indexOf(step) + 1] ?? "confirm", id) as `/${string}`)
    : addressOf(desk.next, id);
}

const Uuid = z.uuid();

/** "new", an id, or nothing; anything else was not on the page. */
function readWho(
  values: Values,
): Result<{ who: { contactId: string } | { person: RecordDepartureInputPerson } }> {
  const who = values["who"] ?? "";
  if (who === "new") {
    const { name = "", email = "", title = "", zone, language } = values;
    const more = { ...(zone === undefined ? {} : { zone }), ...(language === undefined ? {} : { language }) };
    return { ok: true, who: { person: { name, email, title, ...more } } };
  }
  if (Uuid.safeParse(who).success) return { ok: true, who: { contactId: who } };
  return refuse("who", "who", "Nobody is chosen.", "Choose a person, or add one.");
}
type RecordDepartureInputPerson = Extract<RecordDepartureInput["who"], { person: unknown }>["person"];

function chosenOf<T extends string>(
  values: Values,
  name: string,
  allowed: readonly T[],
  message: string,
): Result<{ value: T }> {
  const value = allowed.find((one) => one === values[name]);
  return value === undefined
    ? refuse("choose", name, message, "Choose one of the answers.")
    : { ok: true, value };
}

type Departure = Pick<RecordDepartureInput, "who" | "source" | "reason" | "lastDay" | "learned">;

export function readDeparture(values: Values): Result<{ departure: Departure }> {
  const who = readWho(values);
  if (!who.ok) return who;
  const source = chosenOf(values, "source", DETECTION_SOURCES, "It is not said how we know.");
  if (!source.ok) return source;
  const reason = chosenOf(values, "reason", REASONS, "This is not one of the reasons.");
  if (!reason.ok) return reason;
  const learned = chosenOf(values, "learned", ["unknown", "pre", "post"], "This is not one of the answers.");
  if (!learned.ok) return learned;
  return {
    ok: true,
    departure: {
      who: who.who,
      source: source.value,
      reason: reason.value,
      lastDay: (values["lastDay"] ?? "").trim(),
      learned: learned.value,
    },
  };
}

export const DESTINATIONS = ["external", "internal", "retired", "leave", "unknown"] as const;
export const ROLE_OUTCOMES = ["replacing", "merging", "leaving_space", "unknown"] as const;
const LONGEST_COMPANY = 200;

export function readWhere(values: Values): Result<{
  where: {
    destination: (typeof DESTINATIONS)[number];
    newCompany: string | null;
    roleOutcome: (typeof ROLE_OUTCOMES)[number];
  };
}> {
  const destination = chosenOf(values, "destination", DESTINATIONS, "It is not said where they went.");
  if (!destination.ok) return destination;
  const role = chosenOf(values, "roleOutcome", ROLE_OUTCOMES, "It is not said what happens with the role.");
  if (!role.ok) return role;
  const company = (values["newCompany"] ?? "").replace(/\s+/g, " ").trim();
  if (company.length > LONGEST_COMPANY)
    return refuse(
      "too-long",
      "newCompany",
      `The name is longer than ${LONGEST_COMPANY} characters.`,
      "Shorten it.",
    );
  // Somebody who stays, retires or pauses has no new company, whatever the hidden field still holds.
  const named = ["external", "unknown"].includes(destination.value) && company !== "";
  return {
    ok: true,
    where: { destination: destination.value, newCompany: named ? company : null, roleOutcome: role.value },
  };
}

const TYPES = ["internal", "external_new_function", "ex_competitor"] as const;
const MOST_MONTHS = 600;
type Successor = Omit<NameSuccessorInput, "workspaceId" | "caseId" | "actor">;

export function readSuccessor(values: Values): Result<{ successor: Successor }> {
  const who = readWho(values);
  if (!who.ok) return who;
  const type = chosenOf(values, "type", TYPES, "It is not said how they arrive.");
  if (!type.ok) return type;
  const successor: Successor = {
    who: who.who,
    type: type.value,
    competitorKey: null,
    competitorMonths: null,
    competitorRole: null,
  };
  if (type.value !== "ex_competitor") return { ok: true, successor };
  const months = (values["months"] ?? "").trim();
  if (months !== "" && (!/^\d{1,4}$/.test(months) || Number(months) > MOST_MONTHS))
    return refuse(
      "months",
      "months",
      `"${months}" is not a number of months.`,
      `Write a whole number up to ${MOST_MONTHS}.`,
    );
  const role = chosenOf(values, "role", ["", "user", "owner", "buyer"], "This is not one of the roles.");
  if (!role.ok) return role;
  return {
    ok: true,
    successor: {
      ...successor,
      competitorKey: (values["competitor"] ?? "") === "" ? null : (values["competitor"] ?? null),
      competitorMonths: months === "" ? null : Number(months),
      competitorRole: role.value === "" ? null : role.value,
    },
  };
}
