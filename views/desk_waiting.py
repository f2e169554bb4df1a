"""What waits for the secretariat, on its desk."""

from collections.abc import Sequence

from foundation.language import Language, Listing, Mrkdwn
from models.meetings import Meeting
from models.structure import Seat
from services.desk import Waiting
from services.directory import Directory
from views import ids
from views.blocks import Block, button, context, divider, section
from views.texts import excerpt

SHOWN, NAMED, REASON = 5, 20, 150


def waiting_blocks(waiting: Waiting, who: Directory, say: Language) -> list[Block]:
    """Show vacant seats, disclaimed ones, what is proposed, open minutes and what could not be sent."""
    if not waiting:
        return []
    blocks: list[Block] = [divider(), section(say.m("*Waiting for the secretariat*"))]
    if waiting.vacant:
        blocks.append(section(_vacant_line(waiting.vacant, who, say)))
        blocks += [_seat_row(say.m("vacant"), seat, who, say) for seat in waiting.vacant[:SHOWN]]
    for disclaimer, seat in waiting.disclaimed[:SHOWN]:
        told = say.m(
            "*Not mine*, says {person}: {reason}",
            person=who.name_of(disclaimer.person_id),
            reason=excerpt(disclaimer.reason, REASON),
        )
        blocks.append(_seat_row(told, seat, who, say))
    blocks += left_out(len(waiting.disclaimed) - SHOWN, say)
    if waiting.proposed:
        told = say.mn("*{n} item* is proposed for the agenda.", "*{n} items* are proposed for the agenda.",
                      waiting.proposed)  # fmt: skip
        blocks.append(section(told, accessory=button(say.t("Agenda"), ids.AGENDA_SHOW)))
    blocks += [_minutes_row(meeting, say) for meeting in waiting.minutes[:SHOWN]]
    if waiting.not_sent:
        blocks.append(
            section(
                say.mn(
                    "*{n} message* of this cycle could not be sent.",
                    "*{n} messages* of this cycle could not be sent.",
                    waiting.not_sent,
                )
            )
        )
    return blocks


def _minutes_row(meeting: Meeting, say: Language) -> Block:
    told = say.m("*{meeting} · {title}*: the minutes are not closed yet.", meeting=meeting.ref, title=meeting.title)
    spoken = say.t("Minutes of {meeting}", meeting=meeting.ref)
    label = say.tc("of a meeting", "Minutes")
    return section(told, accessory=button(label, ids.MINUTES_OPEN, value=str(meeting.id), spoken=spoken))


def _vacant_line(vacant: Sequence[Seat], who: Directory, say: Language) -> str:
    seats = [
        say.t("{area} ({unit})", area=who.area_name(s.area_id), unit=who.unit_key(s.unit_id)) for s in vacant[:NAMED]
    ]
    return say.mn("*{n} vacant seat:* {seats}", "*{n} vacant seats:* {seats}", len(vacant), seats=Listing(tuple(seats)))


def _seat_row(told: str, seat: Seat, who: Directory, say: Language) -> Block:
    line = say.m(
        "{area} ({unit}) · {told}", area=who.area_name(seat.area_id), unit=who.unit_key(seat.unit_id), told=Mrkdwn(told)
    )
    spoken = say.t("Reassign {area}", area=who.area_name(seat.area_id))
    return section(line, accessory=button(say.t("Reassign"), ids.REASSIGN_OPEN, value=str(seat.id), spoken=spoken))


def left_out(more: int, say: Language) -> list[Block]:
    """Say how many of a kind are not shown."""
    return [context(say.mn("and {n} more", "and {n} more", more))] if more > 0 else []
