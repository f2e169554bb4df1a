"""Meetings in Slack: `/isctf meeting schedule | list | show | move | cancel | hold`, their form and buttons."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from foundation.durations import is_fold, is_gap
from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, Day, Listing, Mrkdwn
from handlers import agenda, attendance, brief, calendar, meeting_floor, minutes, proposals
from handlers.asking import moment_typed
from handlers.hints import moment_named
from handlers.meeting_names import meeting_named
from handlers.request import Answer, Reply, Request
from handlers.slack_text import readable
from handlers.typing_forgiven import first_word, take_option
from models.meetings import Meeting, MeetingState
from services import meeting_lookup as lookup
from services import meetings as rules
from services.directory import Directory, directory
from services.meetings import Appointment
from services.past_meetings import list_past_meetings, past_meeting
from services.rights import may_manage, require_manager, require_reader
from services.typed_dates import read_when
from views import ids
from views import meetings as views


def command(request: Request) -> Reply:
    """`/isctf meeting …`; without a word the list."""
    word, rest = first_word(request.text)
    if word.casefold().startswith("--at"):
        word, rest = "list", request.text
    act = ACTS.get(word.casefold() or "list")
    if act is None:
        raise Refusal(
            N_("I do not know `meeting {word}`. What follows `meeting` is one of {words}."),
            word=word,
            words=Listing(tuple(Mrkdwn(f"`{word}`") for word in ACTS)),
        )
    request.text = rest
    return act(request)


def schedule(request: Request) -> Reply:
    """`meeting schedule 2026-12-03 14:30 [zone] [title]`, or the form when nothing is given."""
    if not request.text:
        return open_form(request)
    with request.transaction() as session:
        who = directory(session)
        require_manager(who, request.actor, now=request.now)
        appointment, title = read_appointment(request, request.text, who)
        made = rules.schedule_meeting(
            session, actor=request.actor, appointment=appointment, title=title, now=request.now
        )
        caused = lookup.reminders_caused(session, made, now=request.now)
    return Answer(views.scheduled(made, caused, reader=request.reader))


def move(request: Request) -> Reply:
    """`meeting move [MTG-1] 2026-12-10 14:30 [zone]`; the form when only the meeting is given."""
    word, rest = meeting_named(request.text)
    with request.reading() as session:
        meeting = lookup.find_meeting(session, word, now=request.now)
        require_manager(directory(session), request.actor, now=request.now)
    if not rest:
        return _open(request, meeting)
    with request.transaction() as session:
        meeting = lookup.find_meeting(session, meeting.ref, now=request.now)
        appointment, _ = read_appointment(request, rest, directory(session), zone=meeting.timezone)
        rules.move_meeting(session, actor=request.actor, meeting=meeting, appointment=appointment, now=request.now)
        caused = lookup.reminders_caused(session, meeting, now=request.now)
    return Answer(views.scheduled(meeting, caused, reader=request.reader, moved=True))


def cancel(request: Request) -> Reply:
    """`meeting cancel MTG-1 [reason]`."""
    word, reason = meeting_named(request.text)
    if not word:
        raise Refusal(N_("Say which meeting: for example `meeting cancel MTG-1`. `meeting list` shows them all."))
    with request.transaction() as session:
        meeting = lookup.find_meeting(session, word, now=request.now)
        reason = readable(reason, directory(session))
        rules.cancel_meeting(session, actor=request.actor, meeting=meeting, now=request.now, reason=reason)
    return Answer(views.cancelled(meeting, reader=request.reader))


def hold(request: Request) -> Reply:
    """`meeting hold [MTG-1]`: it begins now."""
    with request.transaction() as session:
        meeting = lookup.meeting_to_hold(session, request.text, now=request.now)
        rules.hold_meeting(session, actor=request.actor, meeting=meeting, now=request.now)
    with request.reading() as session:
        said = views.held(meeting, reader=request.reader)
        return Answer(meeting_floor.board(request, session, session.get_one(Meeting, meeting.id), said=said))


def show(request: Request) -> Reply:
    """`meeting show [MTG-1] [--at DAY|MTG-n]`: one meeting, the next one when none is named."""
    typed_at, typed = take_option(request.text or request.value, "at")
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        at = moment_named(moment_typed(request, session, typed_at))
        if at is not None:
            meeting = past_meeting(session, typed, at=at, now=request.now)
            over = minutes.shown_of(request, session, meeting) if meeting.state is MeetingState.CLOSED else None
            return Answer(views.one(meeting, None, reader=request.reader, manages=False, over=over, who=who, at=at))
        meeting = lookup.find_meeting(session, typed, now=request.now)
        if meeting.state is MeetingState.HELD:
            return Answer(meeting_floor.board(request, session, meeting))
        caused = lookup.reminders_caused(session, meeting, now=request.now)
        manages = may_manage(who, request.actor, now=request.now)
        over = minutes.shown_of(request, session, meeting) if meeting.state is MeetingState.CLOSED else None
        return Answer(views.one(meeting, caused, reader=request.reader, manages=manages, over=over, who=who))


def listing(request: Request) -> Reply:
    """`meeting list [--at DAY|MTG-n]`: what is ahead and what was."""
    typed_at, _ = take_option(request.text, "at")
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        at = moment_named(moment_typed(request, session, typed_at))
        if at is not None:
            past = list_past_meetings(session, at=at)
            return Answer(views.several(past, reader=request.reader, now=at, manages=False, past=True))
        found = lookup.list_meetings(session, now=request.now)
        manages = may_manage(who, request.actor, now=request.now)
    return Answer(views.several(found, reader=request.reader, now=request.now, manages=manages))


def open_form(request: Request) -> Reply:
    """Open the form; the value of a button names a meeting to move."""
    meeting: Meeting | None = None
    if request.value:
        with request.reading() as session:
            meeting = lookup.find_meeting(session, request.value, now=request.now)
    return _open(request, meeting)


def _open(request: Request, meeting: Meeting | None) -> Reply:
    with request.reading() as session:
        who = directory(session)
        require_manager(who, request.actor, now=request.now)
        zones = list(dict.fromkeys(s.timezone for s in who.stations_by_id.values() if s.archived_at is None))
        view = views.form(meeting, reader=request.reader, zones=zones, zone=who.task_force.timezone)
    request.open_form(view)
    return None


def submit_form(request: Request) -> Reply:
    """The form was submitted: schedule, or move the meeting that it was opened for."""
    day, clock = request.chosen_day(ids.MEETING_DAY), request.typed(ids.MEETING_TIME)
    if day is None or not clock:
        raise FieldRefusal(ids.MEETING_DAY, N_("Please choose a day and a time."))
    with request.transaction() as session:
        zone = _known_zone(request.typed(ids.MEETING_ZONE), directory(session))
        appointment = Appointment(_unmistakable(datetime.combine(day, time.fromisoformat(clock)), zone), zone)
        moved = request.metadata.get("meeting")
        if moved:
            meeting = lookup.find_meeting(session, str(moved), now=request.now)
            rules.move_meeting(session, actor=request.actor, meeting=meeting, appointment=appointment, now=request.now)
        else:
            meeting = rules.schedule_meeting(
                session,
                actor=request.actor,
                appointment=appointment,
                title=request.typed(ids.MEETING_TITLE),
                now=request.now,
                place=request.typed(ids.MEETING_PLACE),
                link=request.typed(ids.MEETING_LINK),
            )
        caused = lookup.reminders_caused(session, meeting, now=request.now)
    return Answer(views.scheduled(meeting, caused, reader=request.reader, moved=bool(moved)))


def undo(request: Request) -> Reply:
    """**Undo** of a scheduling: the meeting is cancelled."""
    with request.transaction() as session:
        meeting = lookup.find_meeting(session, request.value, now=request.now)
        rules.cancel_meeting(session, actor=request.actor, meeting=meeting, now=request.now)
    return Answer(views.cancelled(meeting, reader=request.reader), replace=True)


def read_appointment(request: Request, typed: str, who: Directory, zone: str | None = None) -> tuple[Appointment, str]:
    """Read day, time and zone off what was typed. Returns them and the words that follow."""
    places = {s.name.casefold(): s.timezone for s in who.stations_by_id.values()}
    read = read_when(
        typed, now=request.now, zone=zone or who.task_force.timezone, languages=[request.say.code], places=places
    )
    if read.time is None:
        raise Refusal(N_("At what time? Write day and time, like `2026-12-03 14:30`."))
    return Appointment(datetime.combine(read.date, read.time), read.zone), readable(read.rest, who)


def _unmistakable(local: datetime, zone: str) -> datetime:
    """Refuse, at its field, a time that the zone's clocks skip or pass twice: a form cannot say which is meant."""
    shown = {"time": f"{local:%H:%M}", "day": Day(local.date()), "zone": zone}
    if is_gap(local, zone):
        raise FieldRefusal(
            ids.MEETING_TIME,
            N_("There is no {time} on {day} in {zone}: the clocks go forward. Choose another time."),
            **shown,
        )
    if is_fold(local, zone):
        raise FieldRefusal(
            ids.MEETING_TIME,
            N_("{time} comes twice on {day} in {zone}: the clocks go back. Choose another time or another time zone."),
            **shown,
        )
    return local


def _known_zone(zone: str, who: Directory) -> str:
    try:
        return ZoneInfo(zone).key
    except (ValueError, OSError):
        return who.task_force.timezone


ACTS = {
    "schedule": schedule,
    "list": listing,
    "show": show,
    "move": move,
    "cancel": cancel,
    "hold": hold,
    "attend": attendance.attend,
    "calendar": calendar.command,
    "brief": brief.show,
    "agenda": agenda.show,
    "propose": proposals.propose,
    "close": minutes.close,
    "minutes": minutes.show,
    "correct": minutes.correct,
}

COMMANDS = {"meeting": command, "meetings": listing}
ACTIONS = {ids.MEETING_OPEN: open_form, ids.MEETING_UNDO: undo, ids.MEETING_SHOW: show}
FORMS = {ids.MEETING_FORM: submit_form}
