"""My desk: what I owe and by when, my issues and actions, the next meeting, with a button for each."""

from collections.abc import Sequence

from foundation.language import Day, Language, Names, Reader
from models.issues import Action, Issue
from models.meetings import Meeting
from services.desk import Desk
from services.directory import Directory
from services.ladder_reasons import NextStep
from services.obligations import Owed
from views import ids
from views.agenda import agenda_button
from views.area_page import issue_state
from views.blocks import Block, Message, actions, button, context, divider, fit, header, section, within_message
from views.board import SPOKEN_TEXT
from views.covers import away_blocks, covering_blocks
from views.desk_waiting import left_out, waiting_blocks
from views.docket import docket_on_desk
from views.health import sign_and_word
from views.quiet import quiet_list
from views.reminder_reasons import next_words
from views.texts import excerpt
from views.upcoming import climbing_words

TITLE = 150
OWED_SHOWN, SHOWN = 9, 5
"""Things of each kind on the desk; the lists have the others."""


def desk(shown: Desk, who: Directory, reader: Reader) -> Message:
    """Show a person's desk as a private answer."""
    say = reader.language
    ways = [button(say.t("How the areas stand"), ids.BOARD_OPEN), button(say.t("Settings"), ids.SETTINGS_OPEN)]
    foot = [*_meeting(shown.meeting, reader), actions(ways)]
    more = context(say.m("There is more: `issue list mine` and `action list` show all."))
    return Message(_spoken(shown, who, reader), within_message(_things(shown, who, reader), more=more, foot=foot))


def desk_blocks(shown: Desk, who: Directory, reader: Reader) -> list[Block]:
    """Return the desk's blocks for App Home."""
    return [*_things(shown, who, reader), *_meeting(shown.meeting, reader)]


def _things(shown: Desk, who: Directory, reader: Reader) -> list[Block]:
    return [
        header(reader.language.t("My desk")),
        *covering_blocks(shown.covering, reader.language),
        *docket_on_desk(reader, shown.cases, found=len(shown.decisions)),
        *_owed(shown, who, reader),
        *waiting_blocks(shown.waiting, who, reader.language),
        *away_blocks(shown.away, reader.language),
        *quiet_list(shown.silences, who, reader.language),
        *_issues(shown, reader),
        *_actions(shown, reader),
    ]


def _owed(shown: Desk, who: Directory, reader: Reader) -> list[Block]:
    say = reader.language
    told = owed_sentence(shown, reader)
    blocks: list[Block] = [section(told)]
    if shown.coming:
        blocks.append(context(next_words(shown.coming, who, reader)))
    for owed in shown.owed[:OWED_SHOWN]:
        blocks += [section(_owed_line(owed, who, reader)), _owed_buttons(owed, shown.meeting, say, who)]
    return [*blocks, *left_out(len(shown.owed) - OWED_SHOWN, say)]


def owed_sentence(shown: Desk, reader: Reader) -> str:
    """Say how much is owed, and by when."""
    say = reader.language
    if shown.meeting is None:
        return say.m("No meeting is scheduled, so no update is owed.")
    if not shown.owed:
        return say.m("✅ You owe no update for the next meeting.")
    deadline = reader.when(shown.meeting.deadline_at)
    if any(owed.late for owed in shown.owed):
        return say.mn(
            "*You owe {n} update.* It was due by {deadline}; it still counts, marked late.",
            "*You owe {n} updates.* They were due by {deadline}; they still count, marked late.",
            len(shown.owed),
            deadline=deadline,
        )
    return say.mn(
        "*You owe {n} update* by {deadline}.",
        "*You owe {n} updates* by {deadline}.",
        len(shown.owed),
        deadline=deadline,
    )


def _owed_line(owed: Owed, who: Directory, reader: Reader) -> str:
    say = reader.language
    line = say.m("*{area}* for {unit}", area=who.area_name(owed.area_id), unit=who.unit_key(owed.unit_id))
    if owed.stands_in_for is not None:
        line = say.m(
            "*{area}* for {unit}, standing in for {person}",
            area=who.area_name(owed.area_id),
            unit=who.unit_key(owed.unit_id),
            person=owed.stands_in_for.name,
        )
    if owed.last is None:
        last = say.m("It has not reported yet.")
    else:
        last = say.m(
            "Last: {health}, {day}",
            health=sign_and_word(say, owed.last.health),
            day=Day(reader.local_day(owed.last.posted_at)),
        )
    denied = [say.m("You said that it is not yours; the secretariat settles it.")] if owed.disclaimed else []
    return "\n".join([line, last, *denied])


def _owed_buttons(owed: Owed, meeting: Meeting | None, say: Language, who: Directory) -> Block:
    about = f"{owed.area_id}:{owed.unit_id}"
    area = Names(who.areas_by_id[owed.area_id].name)
    buttons = [
        button(
            say.t("Post update"),
            ids.UPDATE_OPEN,
            value=about,
            style="primary",
            spoken=say.t("Post update: {area}", area=area),
        )
    ]
    if owed.can_confirm:
        buttons.append(
            button(
                say.t("No change"),
                ids.UPDATE_CONFIRM,
                value=f"{about}:{meeting.id if meeting else ''}",
                spoken=say.t("No change: {area}", area=area),
            )
        )
    return actions(buttons)


def _issues(shown: Desk, reader: Reader) -> list[Block]:
    say = reader.language
    if not shown.issues:
        return []
    count = say.mn("*{n} issue of mine*", "*{n} issues of mine*", len(shown.issues))
    lines = [_issue_row(issue, reader, step=shown.climbing.get(issue.id or 0)) for issue in shown.issues[:SHOWN]]
    return [divider(), section(count), *lines, *left_out(len(shown.issues) - SHOWN, say)]


def _actions(shown: Desk, reader: Reader) -> list[Block]:
    say = reader.language
    if not shown.actions:
        return []
    count = say.mn("*{n} action of mine*", "*{n} actions of mine*", len(shown.actions))
    rows = [
        section(
            _action_line(action, say),
            accessory=button(
                say.t("Done"), ids.ACTION_DONE, value=str(action.id), spoken=say.t("Done: {ref}", ref=action.ref)
            ),
        )
        for action in shown.actions[:SHOWN]
    ]
    return [divider(), section(count), *rows, *left_out(len(shown.actions) - SHOWN, say)]


def _meeting(meeting: Meeting | None, reader: Reader) -> list[Block]:
    if meeting is None:
        return []
    say = reader.language
    open_it = button(
        say.t("Open"), ids.MEETING_SHOW, value=str(meeting.id), spoken=say.t("Open {area}", area=meeting.ref)
    )
    ways = actions([open_it, agenda_button(say, meeting.id)])
    return [divider(), section(_meeting_line(meeting, reader)), ways]


def _meeting_line(meeting: Meeting, reader: Reader) -> str:
    return reader.language.m(
        "*Next meeting:* {meeting} · {title}, {when}",
        meeting=meeting.ref,
        title=meeting.title,
        when=reader.when(meeting.starts_at),
    )


def _issue_row(issue: Issue, reader: Reader, *, step: NextStep | None = None) -> Block:
    say = reader.language
    spoken = say.t("Open {area}", area=issue.ref)
    line = issue_line(issue, reader)
    return section(
        line if step is None else f"{line}\n{climbing_words(reader, step)}",
        accessory=button(say.t("Open"), ids.ISSUE_SHOW, value=str(issue.id), spoken=spoken),
    )


def issue_line(issue: Issue, reader: Reader, *, since: bool = False) -> str:
    """Say an issue in one line; `since`: with the day from which it waits for a decision."""
    say = reader.language
    line = say.m(
        "*{ref}* {title} · {state}",
        ref=issue.ref,
        title=excerpt(issue.title, TITLE),
        state=issue_state(issue.state.value, say),
    )
    told = [say.m("since {day}", day=Day(reader.local_day(issue.escalated_at)))] if since and issue.escalated_at else []
    if issue.due is not None:
        told.append(say.m("due {day}", day=Day(issue.due)))
    return " · ".join([line, *told])


def _action_line(action: Action, say: Language) -> str:
    line = say.m("*{ref}* {text}", ref=action.ref, text=excerpt(action.text, TITLE))
    return f"{line} · {say.m('due {day}', day=Day(action.due))}" if action.due else line


def _spoken(shown: Desk, who: Directory, reader: Reader) -> str:
    say = reader.language
    lines: Sequence[str] = [
        *(issue_line(issue, reader, since=True) for issue in shown.decisions),
        owed_sentence(shown, reader),
        *([next_words(shown.coming, who, reader)] if shown.coming else []),
        *([_meeting_line(shown.meeting, reader)] if shown.meeting else []),
        *(_owed_line(owed, who, reader).replace("\n", " · ") for owed in shown.owed),
        *(issue_line(issue, reader) for issue in shown.issues),
        *(_action_line(action, say) for action in shown.actions),
    ]
    return fit("\n".join(lines), SPOKEN_TEXT)
