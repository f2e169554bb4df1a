"""The faults that the bot survives, by number: what happens, and what is expected then.

A test proves a row by its mark, `@pytest.mark.fault(12)`, and may say what it saw: `record_property("seen", "…")`.
"""

FAULTS: dict[int, tuple[str, str]] = {
    1: ("kill -9 before the claim commits", "sent once"),
    2: ("kill -9 after the claim, before the POST", "unknown, found absent, sent once"),
    3: ("kill -9 during the POST", "1 post"),
    4: ("kill -9 after Slack accepted, before it is recorded", "read back, 1 post"),
    5: ("kill -9 while reading back", "the lease runs out, 1 post"),
    6: ("random kills, 2 workers, 5 min", "0 lost, 0 twice"),
    7: ("SIGSTOP longer than the lease", "the old fence is refused"),
    8: ("a stall at the socket write, past the lease", "at most 1 copy left, and it is reported"),
    9: ("429 with Retry-After 30", "that bucket rests 30 s, others go on"),
    10: ("500 before acceptance", "1 post"),
    11: ("500 after acceptance", "1 post"),
    12: ("connection reset after acceptance", "1 post"),
    13: ("a hang longer than the time-out", "1 post"),
    14: ("200 with HTML", "unknown, 1 post"),
    15: ("refused or no DNS for an hour", "sent on recovery, collapsed"),
    16: ("token_revoked", "paused, rows kept, unhealthy, 1 log line"),
    17: ("archived channel, deactivated person", "dead, secretariat told once"),
    18: ("history 429 or 5xx during the check", "stays unknown, then resolves"),
    19: ("an event redelivered x4, also at once", "1 row"),
    20: ("kill -9 before the ack", "redelivery or a visible error, 1 row"),
    21: ("kill -9 after the ack", "the row exists"),
    22: ("SQLite locked by another process for 60 s", "a clear answer within 3 s, no silent ack, no loss"),
    23: ("PostgreSQL stopped -m immediate x10", "0 lost, 0 twice, reconnects by itself"),
    24: ("disk full", "no ack of what was not stored, recovers"),
    25: ("a corrupted database byte", "refuses to start, names `restore`"),
    26: ("two processes on one SQLite file", "the second exits with a sentence"),
    27: ("two replicas on PostgreSQL", "1 post per key, both answer"),
    28: ("clock +1 day, -1 day", "nothing early, nothing again"),
    29: ("DST gap, fold, zone-rule change", "one occurrence, wall time kept"),
    30: ("down for 3 days over a deadline", "one collapsed DM each, the dropped listed"),
    31: ("meeting moved or cancelled while sending", "old copies superseded and edited"),
    32: ("a hung tick", "noticed within 10 min"),
    33: ("SIGTERM under load", "drained in 25 s, exit 0"),
    34: ("forged, garbage, 5,000-digit, bad UTF-8 signature", "401, no traceback"),
    35: ("the same signed body replayed within 5 min", "no second effect"),
    36: ("tampered metadata, value, another area's id", "refused, journalled"),
    37: ("role taken away while the modal is open", "refused, the text handed back"),
    38: ("<!channel>, <@U..>, <url|text> in texts", "inert everywhere"),
    39: ("1 MB, NUL, RTL, surrogates, 10,000 emoji", "refused visibly or cleaned, never a 500"),
    40: ("=cmd(), @, tab, CR, <script> in exports", "quoted, escaped"),
}
DATABASES = ("sqlite", "postgresql")
ALONE = {22: "sqlite", 23: "postgresql", 24: "sqlite", 25: "sqlite", 26: "sqlite", 27: "postgresql"}
"""Faults that only one of them can have: they are of its files, or of its server. All others are seen on both."""


def databases_of(row: int) -> tuple[str, ...]:
    """Return the databases on which a row has to be seen."""
    return (ALONE[row],) if row in ALONE else DATABASES
