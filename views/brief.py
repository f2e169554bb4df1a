"""The brief of a meeting in Slack: counts first, one line for each area, and the details page by page."""

from collections.abc import Sequence

from foundation.language import N_, Language, Reader, Speakable, Words, escape
from models.meetings import Meeting
from services.brief import Brief, Part
from services.directory import Directory
from views import ids
from views.blocks import Block, Element, Message, actions, button, context, fit, header, section, within_message
from views.board import SPOKEN_TEXT, counts
from views.brief_lines import details_of, line_of
from views.meetings import moment_for_all
from views.paging import turn, turns

TITLES = {
    Part.DECISIONS: N_("Decisions needed"),
    Part.CHANGED: N_("Changed since the last meeting"),
    Part.OVERDUE: N_("Overdue"),
    Part.UNCHANGED: N_("No change"),
    Part.EXCUSED: N_("Excused"),
}
NOT_YET = N_("Not reported yet")
ROOM = 9_500
"""Characters that the lines of all sections may take; title, counts and buttons fit beside them."""
PARAGRAPH = 2_800
"""Characters of one section's lines: Slack takes 3,000 with their title."""
MORE_ROOM = 120
"""Characters kept for the sentence that says how much was left out."""
LINE, ENTRY = 300, 850
"""Characters of a line, and of an entry that is told in full."""


def head(brief: Brief, who: Directory, reader: Reader, *, private: bool = False, sends: bool = False) -> Message:
    """Show the brief on one page. `private`: with the way to the details, which elsewhere stand in the thread.

    `sends` offers to have it go out now.
    """
    say, meeting = reader.language, brief.meeting
    counted = [*counts(brief.board, reader), part_counts(brief, say)]
    blocks = [header(title(meeting, say)), context(_moment(brief, reader)), section("\n".join(counted))]
    room = ROOM
    parts = [part for part in Part if brief.entries[part]]
    for left, part in zip(range(len(parts), 0, -1), parts, strict=True):
        text = _lines(brief, part, who, reader, room=min(PARAGRAPH, room // left))
        room -= len(text)
        blocks.append(section(text, accessory=_details(brief, part, say) if private else None))
    buttons = [button(say.t("For printing"), ids.BRIEF_PRINT, value=str(meeting.id))]
    if sends:
        buttons.append(button(say.t("Send now"), ids.BRIEF_SEND, value=str(meeting.id), style="primary"))
    spoken = "\n".join([f"*{escape(title(meeting, say))}*", *counted])
    return Message(fit(spoken, SPOKEN_TEXT), within_message(blocks, foot=[actions(buttons)]))


def page(
    brief: Brief, part: Part, number: int, who: Directory, reader: Reader, *, private: bool = False
) -> Message:  # fmt: skip
    """Tell one page of a section in full."""
    say, pages = reader.language, brief.pages(part)
    named = say.m("*{part}* · {meeting}", part=part_title(brief, part), meeting=brief.meeting.ref)
    entries = [fit(details_of(entry, part, who, reader), ENTRY) for entry in brief.page(part, number)]
    if not entries:
        return _short(say.m("{part}: nothing is listed here any more.", part=part_title(brief, part)))
    foot: list[Block] = []
    if private:
        foot = turns(say, "brief", f"{brief.meeting.id}/{part}", number, pages)
    elif pages > 1:
        foot = [context(say.m("Page {page} of {pages}", page=number, pages=pages))]
    text = f"{named}\n" + "\n".join(fit(line_of(e, part, who, reader), LINE) for e in brief.page(part, number))
    return Message(fit(text, SPOKEN_TEXT), within_message([section(named), *map(section, entries)], foot=foot))


def waiting(meeting: Meeting, reader: Reader) -> Message:
    """Say in the place of a brief that its meeting was moved, and its deadline lies ahead again."""
    return _short(
        reader.language.m(
            "🗓️ *{meeting} · {title}* is moved to {when}. Its brief waits for the new deadline, {deadline}, and then "
            "stands here.",
            meeting=meeting.ref, title=meeting.title, when=moment_for_all(meeting.starts_at, reader),
            deadline=moment_for_all(meeting.deadline_at, reader),
        )
    )  # fmt: skip


def cancelled(meeting: Meeting, say: Language) -> Message:
    """Say in the place of a brief that its meeting is cancelled."""
    text = "🚫 *{meeting} · {title}* is cancelled, so it needs no brief."
    return _short(say.m(text, meeting=meeting.ref, title=meeting.title))


def sent(meeting: Meeting, say: Language) -> Message:
    """Answer who had a brief go out."""
    return _short(
        say.m("The brief of {meeting} goes to the channel and the chair now. It follows what changes until the meeting "
              "begins.", meeting=meeting.ref)
    )  # fmt: skip


def title(meeting: Meeting, say: Language) -> str:
    """Name a brief (plain text)."""
    return say.t("Brief for {meeting} · {title}", meeting=meeting.ref, title=meeting.title)


def shown_moment(brief: Brief, *, deadline: Speakable, start: Speakable) -> Words:
    """Say which moment a brief shows; deadline and start as its readers are told times."""
    if brief.begun:
        return Words(N_("As it stood when the meeting began, on {when}."), {"when": start})
    times = {"deadline": deadline, "when": start}
    if brief.open_for_updates:
        return Words(
            N_("As it stands now. Updates are asked for until {deadline}; the meeting begins on {when}."), times
        )
    return Words(N_("Updates were asked for until {deadline}. What comes later is shown as well, until the meeting "
                    "begins on {when}."), times)  # fmt: skip


def part_title(brief: Brief, part: Part) -> Words:
    """Name a section; before the deadline nobody is overdue."""
    return Words(NOT_YET if part is Part.OVERDUE and brief.open_for_updates else TITLES[part], {})


def part_counts(brief: Brief, say: Language) -> str:
    """Say how much each section has (mrkdwn)."""
    said = [say.m("{part}: {n}", part=part_title(brief, part), n=brief.count(part)) for part in Part]
    return " · ".join(said)


def _moment(brief: Brief, reader: Reader) -> str:
    meeting = brief.meeting
    deadline, start = moment_for_all(meeting.deadline_at, reader), moment_for_all(meeting.actual_start, reader)
    return reader.language.say(shown_moment(brief, deadline=deadline, start=start), mrkdwn=True)


def _lines(brief: Brief, part: Part, who: Directory, reader: Reader, *, room: int) -> str:
    """Return the lines of a section that fit, and how many more the details have."""
    say = reader.language
    lines = [fit(line_of(entry, part, who, reader), LINE) for entry in brief.entries[part]]
    titled = say.m("*{part}*", part=part_title(brief, part))
    kept = _fitting(lines, room - len(titled) - MORE_ROOM)
    more = len(lines) - len(kept)
    rest = [say.mn("… and {n} more line: see the details.", "… and {n} more lines: see the details.", more)]
    return "\n".join([titled, *kept, *(rest if more else [])])


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept


def _details(brief: Brief, part: Part, say: Language) -> Element:
    spoken = say.t("Details: {part}", part=part_title(brief, part))
    return button(say.t("Details"), ids.PAGE_TURN, value=turn("brief", f"{brief.meeting.id}/{part}"), spoken=spoken)


def _short(text: str) -> Message:
    return Message(text, [section(text)])
