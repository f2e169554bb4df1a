"""Slack's status is a hint: where it says that somebody is away, they are asked once, and nobody is absent by it."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from models.delivery import Notice, NoticeKind, NoticeState
from models.people import Person
from services.covers import coming
from services.directory import directory
from services.folding import fold
from services.outbox import owe, withdraw

ASKED = "status"
"""The question whether somebody is away. refs: status, until"""
SHORT = timedelta(hours=12)
"""A status that ends sooner speaks of lunch or a flight, not of an absence."""
SIGNS = frozenset({
    ":palm_tree:", ":airplane:", ":beach_with_umbrella:", ":umbrella_on_ground:", ":desert_island:", ":luggage:",
    ":face_with_thermometer:", ":mask:", ":baby:", ":national_park:", ":tent:",
})  # fmt: skip
WORDS = (
    "vacation", "holiday", "on leave", "annual leave", "sick leave", "parental leave", "away", "out of office", "ooo",
    "conge", "vacances", "absent", "absence", "maladie", "hors du bureau",
    "vacaciones", "ausente", "de baja", "fuera de la oficina", "отпуск", "отсутств", "больничн",
)  # fmt: skip
UNSPACED = ("休假", "度假", "请假", "病假", "不在办公室", "إجازة", "اجازة", "عطلة", "غائب")
"""Words of languages that write them together with others."""
_AWAY = re.compile(rf"(?<!\w)(?:{'|'.join(fold(word) for word in WORDS)})|{'|'.join(fold(word) for word in UNSPACED)}")


def ask_if_away(session: Session, person: Person, profile: dict[str, Any], *, now: datetime) -> None:
    """Owe a member whose status says that they are away the question whether they are, in their working time.

    What was to be asked of a status that is no more is not asked.
    """
    shown = profile.get("profile") or {}
    sign, text = str(shown.get("status_emoji") or ""), str(shown.get("status_text") or "")
    until = _instant(shown.get("status_expiration"))
    subject = f"status:{person.id}"
    told = sha256(f"{sign} {text} {until}".encode()).hexdigest()[:12]
    key = f"{subject}:{told}:{now.year}.{now.month // 4}"
    waiting = select(Notice.key).where(Notice.subject == subject, Notice.state == NoticeState.PENDING)
    if any(other != key for other in session.exec(waiting)):
        withdraw(session, subject, reason="the status has changed", now=now)
    who = directory(session)
    if not _says_away(sign, text) or not person.here or person.guest or coming(who, person, now=now):
        return
    if until is not None and until - now < SHORT:
        return
    last_day = until.astimezone(ZoneInfo(who.zone_of(person))).date().isoformat() if until is not None else ""
    owe(
        session, NoticeKind.ABSENCE, key=key, subject=subject, now=now, to=person, expires_at=until,
        refs={"news": ASKED, "status": f"{sign} {text}".strip(), "until": last_day},
        due_at=who.hours_of(person).next_moment(now) or now,
    )  # fmt: skip


def _says_away(sign: str, text: str) -> bool:
    return sign in SIGNS or _AWAY.search(fold(text)) is not None


def _instant(expiration: object) -> datetime | None:
    seconds = expiration if isinstance(expiration, int) else 0
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < 2**33 else None
