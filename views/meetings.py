"""What people see of meetings: announcements, the answer to scheduling, the list, and the form."""

from datetime import datetime
from zoneinfo import ZoneInfo

from foundation.language import N_, Language, Mrkdwn, Reader, When, Words
from models.meetings import Meeting, MeetingState
from services.directory import Directory
from services.meeting_lookup import RemindersCaused
from services.meeting_shown import Shown
from views import ids
from views.agenda import agenda_button
from views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    confirm,
    context,
    date_picker,
    divider,
    field_block,
    header,
    modal,
    option,
    section,
    select,
    text_input,
    time_picker,
)
from views.meeting_files import file_button, file_link
from views.minutes import outcomes_counted, who_attended

ZONE_OPTIONS = 100


def announced(
    meeting: Meeting, news: str, *, reader: Reader, reason: str = "", file: str | None = None
) -> Message:  # fmt: skip
    """Say in the channel, or to one person, that a meeting was scheduled, moved or cancelled, as it stands now.

    `file` is the permalink of its calendar file: Slack shares that with whoever sees the message.
    """
    say = reader.language
    links = [file_link(file, say)] if file else []
    shown = {"meeting": meeting.ref, "title": meeting.title, "when": moment_for_all(meeting.starts_at, reader)}
    if meeting.state is MeetingState.CANCELLED:
        text = say.m("🚫 *{meeting} · {title}* is cancelled. It was to begin on {when}.", **shown)
        why = [say.m("The reason: {reason}", reason=reason)] if reason else []
        more = [context(*links)] if links else []
        return Message(" ".join([text, *why, *links]), [section("\n".join([text, *why])), *more])
    if news == "moved":
        text = say.m("🗓️ *{meeting} · {title}* is moved. It begins on {when}.", **shown)
    else:
        text = say.m("🗓️ *{meeting} · {title}* begins on {when}.", **shown)
    until = say.m("Updates are asked for until {deadline}.", deadline=moment_for_all(meeting.deadline_at, reader))
    ahead = [actions([agenda_button(say, meeting.id)])] if meeting.state is MeetingState.SCHEDULED else []
    blocks = [section(text), context(until, *_where(meeting, say), *links), *ahead]
    return Message(" ".join([text, until, *links]), blocks)


def scheduled(meeting: Meeting, caused: RemindersCaused, *, reader: Reader, moved: bool = False) -> Message:
    """Answer who scheduled or moved a meeting: id, deadline, the reminders to come, and the way back."""
    say = reader.language
    when, deadline = reader.when(meeting.starts_at), reader.when(meeting.deadline_at)
    if moved:
        said = say.m("*{meeting} · {title}* is moved to {when}.", meeting=meeting.ref, title=meeting.title, when=when)
    else:
        said = say.m(
            "*{meeting} · {title}* is scheduled for {when}.", meeting=meeting.ref, title=meeting.title, when=when
        )
    until = say.m("Updates are asked for until {deadline}.", deadline=deadline)
    undo = [actions([_undo(meeting, say)])] if not moved else []
    said = " ".join([said, *_agreed(meeting, reader)])
    return Message(f"{said} {until}", [section(f"{said}\n{until}"), context(_caused(caused, reader)), *undo])


def cancelled(meeting: Meeting, *, reader: Reader) -> Message:
    """Answer who cancelled a meeting."""
    said = reader.language.m(
        "*{meeting} · {title}* is cancelled, and nobody is reminded for it any more.",
        meeting=meeting.ref,
        title=meeting.title,
    )
    return Message(said, [section(said)])


def held(meeting: Meeting, *, reader: Reader) -> str:
    """Answer who opened a meeting."""
    return reader.language.m(
        "*{meeting} · {title}* is open. A new cycle of updates has begun.",
        meeting=meeting.ref,
        title=meeting.title,
    )


def closed(meeting: Meeting, *, reader: Reader) -> str:
    """Answer who closed a meeting."""
    return reader.language.m(
        "*{meeting} · {title}* is closed. Its minutes never change again; who has an action is told.",
        meeting=meeting.ref,
        title=meeting.title,
    )


def one(
    meeting: Meeting, caused: RemindersCaused | None, *, reader: Reader, manages: bool, who: Directory,
    over: Shown | None = None, at: datetime | None = None,
) -> Message:  # fmt: skip
    """Show one meeting, with what its managers can do; `over` is what came of it.

    `at` is the moment as of which it is shown, where that is past: there is nothing to do about it then.
    """
    say = reader.language
    head = say.t("{meeting} · {title}", meeting=meeting.ref, title=meeting.title)
    facts = [
        " ".join([say.m("*When:* {when}", when=reader.when(meeting.starts_at)), *_agreed(meeting, reader)]),
        say.m("*Updates until:* {deadline}", deadline=reader.when(meeting.deadline_at)),
        say.m("*State:* {state}", state=state_word(meeting.state, say)),
    ]
    as_of = [say.m("As it stood on {when}.", when=reader.when(at))] if at is not None else []
    blocks = [header(head), *([context(*as_of)] if as_of else []), section("\n".join([*facts, *_where(meeting, say)]))]
    if caused is not None and meeting.state is MeetingState.SCHEDULED:
        blocks.append(context(_caused(caused, reader)))
    if at is None and meeting.state is not MeetingState.CANCELLED:
        ahead = [file_button(meeting, say)] if meeting.state is MeetingState.SCHEDULED else []
        managing = _managing(meeting, say) if manages else []
        blocks.append(actions([agenda_button(say, meeting.id), *ahead, *managing]))
    if over is not None:
        came = [*who_attended(say, over, who), " ".join(outcomes_counted(say, over))]
        facts += came
        blocks += [
            section("\n".join(came)),
            actions([button(say.tc("of a meeting", "Minutes"), ids.MINUTES_OPEN, value=str(meeting.id))]),
        ]
    return Message("\n".join([head, *as_of, *facts]), blocks)


def _managing(meeting: Meeting, say: Language) -> list[Element]:
    if meeting.state is not MeetingState.SCHEDULED:
        return []
    return [
        button(say.tc("a meeting", "Move"), ids.MEETING_OPEN, value=str(meeting.id)),
        _undo(meeting, say, label=say.tc("a meeting", "Cancel it")),
    ]


def several(meetings: list[Meeting], *, reader: Reader, now: datetime, manages: bool, past: bool = False) -> Message:
    """List meetings: those ahead first, then the last ones; as they stood `now`, where that is past."""
    say = reader.language
    ahead = [m for m in meetings if m.starts_at > now and m.state is MeetingState.SCHEDULED]
    others = [m for m in meetings if m not in ahead]
    as_of = [say.m("As it stood on {when}.", when=reader.when(now))] if past else []
    blocks: list[Block] = [header(say.t("Meetings")), *([context(*as_of)] if as_of else [])]
    if ahead:
        blocks.append(section("\n".join(_line(m, reader) for m in ahead)))
    else:
        blocks.append(section(say.m("No meeting is scheduled.")))
    if others:
        blocks += [divider(), section("\n".join(_line(m, reader) for m in others))]
    if manages:
        blocks.append(actions([button(say.t("Schedule a meeting"), ids.MEETING_OPEN)]))
    text = say.mn("{n} meeting is ahead.", "{n} meetings are ahead.", len(ahead))
    return Message(" ".join([*as_of, text]), blocks)


def form(meeting: Meeting | None, *, reader: Reader, zones: list[str], zone: str) -> Block:
    """The form to schedule a meeting, or to move the one given."""
    say = reader.language
    local = datetime.fromisoformat(meeting.local_start) if meeting else None
    blocks = [
        field_block(
            ids.MEETING_DAY, say.t("Day"), date_picker(ids.MEETING_DAY, chosen=local.date() if local else None)
        ),
        field_block(
            ids.MEETING_TIME,
            say.t("Time"),
            time_picker(ids.MEETING_TIME, chosen=local.strftime("%H:%M") if local else "14:30"),
        ),
        field_block(
            ids.MEETING_ZONE,
            say.t("Time zone"),
            _zones(zones, meeting.timezone if meeting else zone, say),
            hint=say.t("The clock that the time above is meant on."),
        ),
    ]
    if meeting is None:
        blocks += [
            field_block(ids.MEETING_TITLE, say.t("Title"), text_input(ids.MEETING_TITLE, most=150), optional=True),
            field_block(ids.MEETING_PLACE, say.t("Place"), text_input(ids.MEETING_PLACE, most=150), optional=True),
            field_block(ids.MEETING_LINK, say.t("Remote link"), text_input(ids.MEETING_LINK, most=500), optional=True),
        ]
    return modal(
        ids.MEETING_FORM,
        title=say.t("Move the meeting") if meeting else say.t("Schedule a meeting"),
        say=say,
        blocks=blocks,
        submit=say.tc("a meeting", "Move") if meeting else say.t("Schedule"),
        metadata=f'{{"meeting": {meeting.id}}}' if meeting else "",
    )


def state_word(state: MeetingState, say: Language) -> str:
    """Say where a meeting stands."""
    return {
        MeetingState.SCHEDULED: say.tc("a meeting", "scheduled"),
        MeetingState.HELD: say.tc("a meeting", "being held"),
        MeetingState.CLOSED: say.tc("a meeting", "closed"),
        MeetingState.CANCELLED: say.tc("a meeting", "cancelled"),
    }[state]


def moment_for_all(at: datetime, reader: Reader) -> Words:
    """Say a moment in a message that many read: in the task force's zone, and in each reader's own where Slack can."""
    own = Mrkdwn(f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>")
    return Words(N_("{when} (for you: {own})"), {"when": reader.when(at), "own": own})


def _agreed(meeting: Meeting, reader: Reader) -> list[str]:
    """Say what was agreed where its clocks show another time than the reader's."""
    there, here = (meeting.starts_at.astimezone(ZoneInfo(zone)) for zone in (meeting.timezone, reader.zone))
    if there.utcoffset() == here.utcoffset():
        return []
    return [reader.language.m("It was agreed as {when}.", when=When(meeting.starts_at, meeting.timezone))]


def _line(meeting: Meeting, reader: Reader) -> str:
    say = reader.language
    shown = {"meeting": meeting.ref, "title": meeting.title, "when": reader.when(meeting.starts_at)}
    if meeting.state is MeetingState.SCHEDULED:
        return say.m("*{meeting}* · {title}: {when}", **shown)
    return say.m("*{meeting}* · {title}: {when} ({state})", **shown, state=state_word(meeting.state, say))


def _caused(caused: RemindersCaused, reader: Reader) -> str:
    say = reader.language
    if caused.waits_for is not None:
        return say.m("Reminders for it begin once {meeting} is over.", meeting=caused.waits_for.ref)
    if not caused.messages or caused.first_at is None:
        return say.m("Nobody owes an update, so nobody will be reminded.")
    people = say.mn(
        "{n} person who still owes an update will be reminded.",
        "{n} people who still owe an update will be reminded.",
        caused.people,
    )
    first = say.m(
        "The first reminder goes out on {when}; whoever posts before hears nothing.", when=reader.when(caused.first_at)
    )
    return f"{people} {first}"


def _where(meeting: Meeting, say: Language) -> list[str]:
    lines = []
    if meeting.place:
        lines.append(say.m("*Place:* {place}", place=meeting.place))
    if meeting.link:
        lines.append(say.m("*Remotely:* {link}", link=meeting.link))
    return lines


def _undo(meeting: Meeting, say: Language, label: str | None = None) -> Element:
    return button(
        label or say.t("Undo"),
        ids.MEETING_UNDO,
        value=str(meeting.id),
        style="danger" if label else None,
        confirm=confirm(
            say.t("Cancel {meeting}?", meeting=meeting.ref),
            say.m("The channel will be told, and nobody will be reminded for it."),
            say.t("Cancel the meeting"),
            say.t("Keep it"),
        ),
    )


def _zones(zones: list[str], chosen: str, say: Language) -> Element:
    every = list(dict.fromkeys([chosen, *zones]))[:ZONE_OPTIONS]
    return select(
        ids.MEETING_ZONE, [option(f"{say.place(ZoneInfo(zone).key)} ({zone})", zone) for zone in every], chosen=chosen
    )
