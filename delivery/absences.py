"""Renders what people are told about absences."""

from delivery.composing import Composer, Letter, Moot
from foundation.language import Names
from models.delivery import NoticeKind
from models.people import Absence, RoleName
from services.absence_news import also_covered
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


COMPOSERS: dict[NoticeKind, Composer] = {NoticeKind.ABSENCE: compose_named}
