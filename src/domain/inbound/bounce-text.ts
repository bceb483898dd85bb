import type { BounceReason } from "./status-codes.ts";

/**
 * What the words of a bounce say, most telling first. Rules over what servers write, never over single mails.
 * A `clear` rule goes before the status code, a `vague` one only before a loose code, and a
 * `last` one speaks where no code does.
 */
export interface TextRule {
  readonly id: string;
  readonly reason: BounceReason;
  readonly weight: "clear" | "vague" | "last";
  readonly pattern: RegExp;
}

const clear = (reason: BounceReason, pattern: RegExp): TextRule => ({
  id: `words-${reason}`,
  reason,
  weight: "clear",
  pattern,
});
const vague = (reason: BounceReason, pattern: RegExp): TextRule => ({
  id: `words-${reason}?`,
  reason,
  weight: "vague",
  pattern,
});

const last = (reason: BounceReason, pattern: RegExp): TextRule => ({
  id: `words-${reason}??`,
  reason,
  weight: "last",
  pattern,
});

export const TEXT_RULES: readonly TextRule[] = [
  clear(
    "mailboxfull",
    /mailbox (?:is )?(?:full|exceed)|over ?quota|quota (?:has been )?exceed|exceed(?:s|ed|ing)? .{0,40}(?:quota|storage|disk)|(?:disk|storage) (?:quota|full|space)|(?:insufficient|not enough|out of) (?:disk|system|mailbox|storage)? ?(?:space|storage)|mailbox .{0,60}(?:is full|size limit|limit exceeded)|too much mail data|message count exceed|voll(?:es)? postfach|quota voll|storage capacity|full mailbox|account is full|over (?:its|the|his) (?:disk )?(?:quota|limit|storage)|quota violation|メールボックスが一杯|容量/i,
  ),
  clear(
    "blocked",
    /(?:client|source|sending) (?:host|ip|address)\b.{0,40}(?:block|blacklist|bloqu)|refused to talk to me|connection refused by|my name was rejected/i,
  ),
  clear("hostunknown", /account or domain may not exist/i),
  clear(
    "virusdetected",
    /virus (?:found|detected|infected)|infected (?:with|by)|contain(?:s|ed|ing) (?:a )?(?:virus|malware)|malware|computer virus|\bvirus\b/i,
  ),
  clear(
    "mesgtoobig",
    /message (?:is )?too (?:big|large)|message size (?:exceeds|limit)|exceed\w* .{0,30}(?:maximum|message|inbound) .{0,20}size|(?:exceeds|over) .{0,20}size limit|message file too big|too large for|larger than .{0,30}(?:allowed|limit)|size of .{0,30}exceed/i,
  ),
  clear(
    "authfailure",
    /\bdkim\b|\bdmarc\b|\bspf\b|sender policy framework|unauthenticated e?-?mail|sender is unauthenticated|authentication-results/i,
  ),
  clear(
    "requireptr",
    /\bptr\b|reverse.?dns|\brdns\b|reverse (?:host|name|lookup|record|address)|cannot find your|fix reverse|ip name lookup failed|no (?:matches to )?nameserver query|resolve your (?:ip|host)/i,
  ),
  clear(
    "hasmoved",
    /has moved|user (?:has )?moved|no longer (?:on server|with|at)|recipient no longer|has been (?:replaced|changed) (?:by|to)/i,
  ),
  clear(
    "norelaying",
    /relay(?:ing)? (?:not |access |is )?(?:denied|permitted|prohibited|allowed)|relaying|(?:not|unable|cannot) .{0,15}\brelay\b|do not relay|rcpthosts|no relay/i,
  ),
  clear(
    "suspend",
    /(?:account|mailbox|user|address|recipient)\S{0,60} (?:\S+ ){0,8}?(?:suspend|disabled|deactivated|locked|inactive|discontinued|on hold)|suspended|deactivated|inactive (?:user|account|mailbox)|invalid\/inactive|mailbox is frozen/i,
  ),
  clear(
    "rejected",
    /sender (?:is |was )?(?:address |verify |domain )?(?:rejected|failed|invalid|denied|listed|empty|blocked)|(?:domain of )?sender (?:address )?.{0,80}does not (?:exist|resolve)|mail ?from .{0,40}(?:rejected|denied|not owned)|invalid sender|sender.{0,30}(?:blacklist|not (?:allowed|pre-?approved))|unroutable sender|members-only|group you tried to contact|not be posted|you are not allowed to post|null sender|groups\.google\.com|google groups|from: domain is invalid|backscatter|spam reporting address/i,
  ),
  clear(
    "spamdetected",
    /\bspam(?:my|assassin|ming)?\b|looks like bulk|unsolicited|junk mail|bulk e?-?mail|\bube\b|content (?:rejected|filter)|message (?:was )?(?:blocked|rejected) (?:by|due to|as) .{0,20}(?:content|spam)/i,
  ),
  clear("badreputation", /(?:poor|bad|low|negative) .{0,12}reputation|reputation/i),
  clear(
    "toomanyconn",
    /too many (?:connections|concurrent|sessions|smtp)|connection frequency|connection (?:rate|limit)|exceeded .{0,20}connection|simultaneous connections/i,
  ),
  clear(
    "speeding",
    /receiving mail (?:at a rate|too quickly)|rate (?:limit|that)|too (?:fast|many messages)|try again (?:later )?.{0,20}slow/i,
  ),
  clear(
    "blocked",
    /blacklist|black list|block ?list|\bdnsbl\b|\brbl\b|spamhaus|spamcop|(?:your|client|sending|this|the) (?:ip|host|mta|server|ip address|network)\b.{0,80}(?:block|reject|den(?:y|ied)|ban|refus|not (?:allowed|accept))|blocked (?:using|by|for|from|due)|\bbanned\b|refused to talk to me|service refused|invalid domain name|not accepting (?:mail|messages) from|access denied\. ip|temporarily (?:rejected|deferred)/i,
  ),
  clear(
    "hostunknown",
    /host (?:is )?(?:unknown|not found)|unknown host|host \S{1,100} not found|domain (?:name )?(?:not found|does not exist|is not (?:found|valid|reachable)|must exist)|no such (?:domain|host)|invalid domain|name or service not known|hosts? or domain name not found|can(?:not|'t) find (?:any|host|domain|a|an) |couldn't find any host|nxdomain|host name lookup failure|unrouteable|mail domain mentioned|account or domain may not exist|illegal host/i,
  ),
  clear(
    "networkerror",
    /name service error|malformed or unexpected name server|name server: .{0,80}(?:lookup failure|timed? ?out)/i,
  ),
  clear(
    "userunknown",
    /user (?:is )?(?:unknown|invalid)|unknown (?:or illegal )?(?:user|recipient|local[- ]part|address|account|mailbox|e-?mail)|no such (?:user|recipient|mailbox|address|person|account|local|alias)|(?:user|recipient|mailbox|account|address|alias|id)\b[^.;]{0,80}?\b(?:not|n't|n[o']t) (?:be |been )?(?:exist|found|known|listed|a valid|valid|recogni[sz]ed|in our|present|local|our)|does ?n[o']?t (?:exist|have an? )|invalid (?:recipient|user|mailbox|address|local|final delivery)|(?:recipient|address|mailbox|user) (?:address )?(?:is )?(?:rejected: (?:user|unknown|access denied|invalid|undeliver)|invalid|unavailable)|not (?:a )?(?:known|valid|existing|registered|active) (?:user|recipient|mailbox|address)|no (?:account|mailbox|user|person) (?:by|with|here|found|of|at)|no valid recipients|not our customer|not a local (?:user|address)|not known (?:here|at)|addressee unknown|there is no one at|no ?mail ?box here|bad (?:destination )?(?:mailbox|address|recipient)|badrcptto|recipnotfound|not listed in|name is not found|unbekannt|inconnu|desconocid|destinataire invalide|存在しま|見つかりません/i,
  ),
  clear(
    "notaccept",
    /does ?n[o']t accept (?:any )?(?:e?-?mail|messages)|do(?:es)? not accept(?:ing)? (?:any )?(?:mail|network)|no mail (?:is )?accepted|null mx|no mx (?:found|record)|mx or srv record indicated no smtp|indicated no smtp service|does not (?:receive|handle) mail|permanent error.{0,30}smtp protocol|smtp protocol returned a permanent|listed as a best-preference mx|couldn't find a mail exchanger|isn't in my control\/locals/i,
  ),
  clear(
    "filtered",
    /message filtered|user rules|recipient(?:'s)? (?:policy|preference)|recipient (?:id )?refuse|user (?:refuse|reject)|only accepting mail from|not accepting any mail|protected by|blocked by the recipient|due to recipient/i,
  ),
  vague(
    "contenterror",
    /(?:improper|illegal) use of 8-bit|mime|header (?:error|syntax)|malformed|illegal attachment|attachment .{0,30}(?:not|type|forbidden)|too many received/i,
  ),
  vague(
    "expired",
    /(?:delivery|message|queue|retry) (?:time )?(?:expired|timeout|time-?out)|timed? ?out|time-?out|retry (?:time|limit|timeout)|retry time not reached|been in the queue|too long|not been able to|failing for a long time|delivery attempts|could not be delivered (?:for|after|within)|undeliverable for|no answer|did not accept our requests|connection timed/i,
  ),
  vague(
    "networkerror",
    /no route to host|(?:mail|routing) (?:loop|is looping)|loops? back|too many hops|hop count|network (?:error|is unreachable|unreachable)|connection (?:reset|lost|dropped|died)|lost connection|malformed .{0,20}(?:name server|dns|domain)|name server:|dns (?:error|failure|problem)|(?:mx|dns) lookup|interrupted/i,
  ),
  vague(
    "mailererror",
    /\bpipe to\b|procmail|exited with|exit (?:status|code)|command (?:failed|died|output)|mailer error|x-unix|non-zero/i,
  ),
  vague(
    "systemerror",
    /system (?:error|config|problem|failure|resources|is not)|server (?:error|configuration)|internal (?:error|server)|local (?:error|configuration)|configuration error|can't (?:create|open|write)|i\/o error|duplicated message-id|cannot .{0,20}(?:open|create|write)|unable to (?:connect to|open) .{0,20}(?:database|daemon)/i,
  ),
  vague(
    "policyviolation",
    /polic(?:y|ies)|prohibited|attachment|you have exceeded|content presents a potential/i,
  ),
  last("blocked", /reject|refus|denied|deny|block|not accept|not allow|connection|try again later/i),
  last("expired", /delayed|retr(?:y|ied)|expired|still trying/i),
  last("securityerror", /security|administrat|forbidden|tls|certificate|authoriz/i),
  last("systemerror", /unexpected|error|failure|service (?:currently )?unavailable/i),
];
