"""Renders what people are told about absences."""

from delivery.composing import Composer, Letter, Moot
from foundation.language import Names
from models.delivery import NoticeKind
from models.people import Absence, RoleName
from services.absence_news import NAMED, also_covered
from services.covers import coming
from services.slack_status import ASKED
from views import absence_news as views
from views.blocks import Message


def compose_named(letter: Letter) -> Message | Moot:
    """Render that somebody stands in; once sent, also that they need not any more."""
    absence = letter.session.get_one(Absence, letter.ref("absence_id"))
    person, who = letter.who.people_by_id[absence.person_id], letter.who
    assert letter.person is not None, "a DM has a recipient"  # noqa: S101 - a programming error, not input
    if absence.cancelled_at is not None:
        return views.cancelled(letter.say, absence, person=person.name) if letter.sent else Moot("cancelled")
    areas = dict.fromkeys(seat.area_id for seat in who.seats_by_person.get(absence.person_id, []))
    return views.named(
        letter.say, absence, person=person.name, by=who.name_of(absence.set_by_id),
        chair=who.has_role(person, RoleName.CHAIR), areas=[Names(who.areas_by_id[area].name) for area in areas],
        also=also_covered(who, letter.person, absence, now=letter.now),
    )  # fmt: skip


def compose_question(letter: Letter) -> Message | Moot:
    """Render the question whether somebody is away, as their status in Slack says."""
    assert letter.person is not None, "a DM has a recipient"  # noqa: S101 - a programming error, not input
    noted = coming(letter.who, letter.person, now=letter.now)
    if noted:
        return views.answered(letter.say, noted[0]) if letter.sent else Moot("the absence is noted")
    return views.are_you_away(letter.say, letter.notice.refs["status"], until=letter.notice.refs["until"])


def compose(letter: Letter) -> Message | Moot:
    """Render one message about an absence."""
    return _NEWS[letter.notice.refs["news"]](letter)


_NEWS: dict[str, Composer] = {NAMED: compose_named, ASKED: compose_question}

COMPOSERS: dict[NoticeKind, Composer] = {NoticeKind.ABSENCE: compose}
