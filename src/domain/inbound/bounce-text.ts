/**
 * What the words of a bounce say, most telling first. Rules over what servers write, in the languages they
 * write it; never over single mails. `hard` is only said when the address itself is dead: a refusal of our
 * reputation, our content or our size says nothing about the person (trust.md 5).
 */
export interface TextRule {
  readonly id: string;
  readonly reason: string;
  readonly hard: boolean;
  readonly pattern: RegExp;
}

const rule = (id: string, reason: string, hard: boolean, pattern: RegExp): TextRule => ({
  id: `text-${id}`,
  reason,
  hard,
  pattern,
});

export const TEXT_RULES: readonly TextRule[] = [
  rule(
    "full",
    "mailbox full",
    false,
    /mailbox (is )?(full|exceed)|over ?quota|quota (has been )?exceeded|exceeded (the |its |his |their )?(storage|quota|disk|mailbox)|(disk|storage) quota|exceed(s|ed) .{0,30}(quota|storage)|insufficient (disk|system|mailbox)? ?(space|storage)|out of (disk|storage)|not enough (disk|storage) space|mailbox .{0,40}(size limit|limit exceeded)|too much mail data|message count|voll(?:es)? postfach|quota voll/i,
  ),
  rule(
    "size",
    "message too big",
    false,
    /message (is )?too (big|large)|message size exceeds|exceeds? .{0,30}(maximum|message) .{0,20}size|size limit|too large for|552.{0,30}size|larger than .{0,30}(allowed|limit)/i,
  ),
  rule("virus", "virus found", false, /\bvirus\b|infected|malware|worm detected/i),
  rule(
    "authentication",
    "authentication of the sender failed",
    false,
    /\bdkim\b|\bdmarc\b|\bspf\b|sender policy framework|unauthenticated email|550.{0,10}5\.7\.(26|515)|authentication (failed|check)/i,
  ),
  rule(
    "rdns",
    "the sending server has no reverse name",
    false,
    /\bptr\b|reverse dns|rdns|reverse (host|name|lookup)|cannot find your (reverse )?host ?name|fix reverse|resolve your ip/i,
  ),
  rule(
    "spam",
    "taken for spam",
    false,
    /\bspam(my|assassin)?\b|looks like bulk|unsolicited|junk mail|bulk e?-?mail|content filter|message (was )?(blocked|rejected) (by|due to) (content|our)/i,
  ),
  rule(
    "reputation",
    "the sending server is blocked",
    false,
    /blacklist|black list|block ?list|\bdnsbl\b|\brbl\b|spamhaus|spamcop|barracuda|poor reputation|bad reputation|low reputation|reputation|blocked (using|by|for|from)|(your|client|sending|this) (ip|host|mta|server).{0,60}(block|reject|den|ban|refus)|banned|too many (connections|messages|invalid|errors|concurrent|hops)|rate limit|throttl|temporarily (rejected|deferred|blocked)|not (currently )?accepting (mail|messages) from (your|this)|access denied|connection refused|connections? (not accepted|dropped|was refused)|service refused|deny/i,
  ),
  rule(
    "unknown-user",
    "no such person",
    true,
    /user (is )?unknown|unknown (user|recipient|local part|address|account|mailbox)|no such (user|recipient|mailbox|address|person|account|local)|(user|recipient|mailbox|account|address|alias)( name)?( <?\S+@\S+>?)?( (you|to which you|that you|was|is|has|have|does|did|could|can|are)( \S+){0,6})? (not|n't) ?(be |been |exist|found|known|listed|a valid|valid|have|recogni[sz]ed|in our|our customer|present|local)|does ?n[o']?t (exist|have an? (account|mailbox|[a-z.]+ account))|doesn't have a|invalid (recipient|user|mailbox|address|local)|(recipient|address|mailbox|user) (address )?(is )?(rejected: user|invalid|no longer|unknown|unavailable)|not (a )?(known|valid|existing|registered) (user|recipient|mailbox|address)|no (account|mailbox|user|one|person) (by|with|here|found|of|at)|not our customer|not a local (user|address)|not known (here|at)|addressee unknown|unrouteable address|there is no one at|recipient not (found|exist)|no mail ?box here|unknown in|mailbox not (found|present|exist)|\bRCPT TO\b.{0,40}(unknown|not exist)|account (is |has been )?(closed|deleted|terminated)|bad (destination )?(mailbox|address|recipient)|不明|存在しません|見つかりません|unbekannt|inconnu|desconocid|user not known|not listed in|isn't (listed|in) |list unknown|delivery to the following (recipient|address)es? failed permanently/i,
  ),
  rule(
    "moved",
    "the address has moved",
    true,
    /has moved|user (has )?moved|no longer (with|at|on|in use|valid|available|employed)|(address|mailbox|account) (has |was )?(changed|been replaced)|new address/i,
  ),
  rule(
    "unknown-host",
    "no such domain",
    true,
    /host (is )?(unknown|not found)|unknown host|domain (name )?(not found|does not exist|is not (found|valid)|must exist|has no)|no such (domain|host)|name (or service|service)? ?(not known|error)|hosts? or domain name not found|can(not|'t) find (any|host|domain|a|an) |couldn't find any host|nxdomain|no (mx|mail exchanger|route to host record|host by that)|unrouteable (mail )?domain|host name lookup failure|no (such )?mail server|recipient domain (must exist|not found)|name server: .{0,60}host not found|illegal host|bad destination host/i,
  ),
  rule(
    "refuses-mail",
    "the domain takes no mail",
    true,
    /(host|domain|server|system|account) (does ?n[o']t|do not|not) accept(ing|s)? (any )?(e?-?mail|messages?|network)|no mail (is )?accepted|null mx|does not receive mail|smtp protocol .{0,20}permanently|521 |do(es)? not accept mail/i,
  ),
  rule(
    "suspended",
    "the account is switched off",
    false,
    /suspend|disabled|inactive|deactivated|mailbox (is )?(currently )?(unavailable|not available|locked)|(account|user) (is )?(locked|blocked|expired|not active|unavailable|not allowed)|temporarily (unavailable|locked)|no longer accepting|停止/i,
  ),
  rule(
    "filtered",
    "the recipient's settings refuse it",
    false,
    /filtered|due to (extended inactivity|recipient'?s|user|his|her)|recipient('s)? (policy|preference|has (chosen|set))|sender (is )?(not )?(on|in|allowed)|not (whitelisted|authori[sz]ed|allowed|permitted)/i,
  ),
  rule(
    "relay",
    "that server does not take mail for this domain",
    false,
    /relay(ing)? (not|access|denied|prohibited|is not)|not (permitted|allowed) to relay|unable to relay|we do not relay|relaying/i,
  ),
  rule(
    "policy",
    "refused by policy",
    false,
    /policy|administrat|restrict|prohibit|security|sender (address )?rejected|rejected|refused|not accepted|TLS|certificate|greylist|forbidden/i,
  ),
  rule(
    "expired",
    "no answer for too long",
    false,
    /expired|timed? ?out|time-?out|retry (time|limit)|delayed|too (long|old)|giving up|could not be delivered (for|after|within)|delivery (temporarily )?suspended|undeliverable for|has been in the queue|keep trying|still trying|will (be )?retr/i,
  ),
  rule(
    "network",
    "the network between us failed",
    false,
    /network|no route|connection (reset|lost|was|timed|closed|died)|unreachable|loop(s|ed|ing)? (back|detected)?|mail loop|dns (error|failure|problem)|lookup (failed|failure|timed)|hop count|lost connection/i,
  ),
  rule(
    "system",
    "the receiving system failed",
    false,
    /system (error|config|problem|not|failure)|server error|internal error|local (error|problem|configuration)|configuration error|resources|mailer error|command (failed|died|not|time)|pipe to|procmail|i\/o error|exit (status|code)|unexpected/i,
  ),
];

export function findTextRule(text: string): TextRule | null {
  return TEXT_RULES.find(({ pattern }) => pattern.test(text)) ?? null;
}
