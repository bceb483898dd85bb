/** Words before the person to turn to, in six languages. */
const TURN_TO =
  /(?:\bcontact|write to|reach(?: out to)?|turn to|speak (?:to|with)|get in touch with|\bask(?: for)?|refer to|e-?mail|direct (?:your|all) (?:\S{1,15} ){1,3}to|replaced by|successor(?: is)?|taken over by|wenden sie sich(?: in \S{1,15} \S{1,10})?(?: bitte)?(?: direkt)?(?: an)?|kontaktieren sie(?: bitte)?|vertret(?:ung|en|er|erin|ungsweise)(?: \S{1,10})?(?: ist| übernimmt| durch)?|nachfolger(?:in)?(?: ist)?|contacte[rz]|adresse[rz](?: \S{1,15})? à|joindre|contact[ae]r?(?: con| a)?|contacto con|dirigirse a|diríjase a|escriba a|contact op(?:nemen)? met|richten aan|wenden tot|contattare|rivolger(?:si|vi) a|scrivere a)\b\s*:?\s*/giu;
const NAME =
  /^(?:(?:my|our|mein(?:e[nrm]?)?|unser(?:e[nrm]?)?|mon|ma|notre|mi|nuestr[ao]|mijn|onze|il mio|la mia|al|a la|la|el|il|my) )?(?:\p{L}{2,20} ){0,2}?(?:(?:colleagues?|assistant|manager|[Kk]olleg(?:e|en|in)|collègues?|compañer[ao]|colega|collega),? ?)?(?:(?:[Mm]rs?|[Mm]s|[Dd]r|[Hh]errn?|[Ff]rau|[Mm]|[Mm]me|[Mm]onsieur|[Mm]adame|[Ss]ra?|[Ss]eñora?|[Mm]evr|[Dd]hr|[Ss]ig(?:\.ra)?|[Dd]ott)\.? ){0,2}(?<name>\p{Lu}[\p{L}'’-]+(?: (?:(?:van|von|de|del|der|den|da|di|al|el|la|bin|ter)[ -]){0,2}\p{Lu}[\p{L}'’-]*){1,3})/u;
const ADDRESS = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/;

/**
 * Who stands in, as the note names them: "Name <address>", a name, or an address; null when nobody is named.
 * For the CSM to read: nobody is mailed because an automatic answer named them.
 */
export function findStandIn(text: string, from: string | null): string | null {
  const plain = text.slice(0, 4000).replace(/\s+/g, " ");
  let addressOnly: string | null = null;
  for (const cue of plain.matchAll(TURN_TO)) {
    const rest = plain.slice(cue.index + cue[0].length, cue.index + cue[0].length + 160);
    const found =
      ADDRESS.exec(rest.split(/[.!?] \p{Lu}/u, 1)[0] ?? "")?.[0]
        .replace(/\.$/, "")
        .toLowerCase() ?? null;
    const address = found === from ? null : found;
    const name = NAME.exec(rest)?.groups?.["name"];
    if (name !== undefined) return address === null ? name : `${name} <${address}>`;
    addressOnly ??= address;
  }
  return addressOnly;
}
