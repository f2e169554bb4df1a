"""The reminder as a message: composed late, from what is owed at that moment."""

from delivery.composing import Composer, Letter, Moot
from delivery.issues import about_due_date
from models.delivery import NoticeKind
from models.people import Person
from models.reminders import Reminder, ReminderKind
from services.desk_letters import DeskLetter, read_letter
from services.issue_cards import card
from services.issue_choices import Choice, choices
from views import issues
from views import reminders as views
from views.blocks import Block, Message

OFFERED = frozenset({Choice.RESOLVE, Choice.MORE_TIME, Choice.ESCALATE, Choice.COMMENT, Choice.POSITION})
"""What can be done about an issue right in the reminder."""


def desk(letter: Letter) -> Message | Moot:
    """One reminder: updates owed for a meeting, and what concerns issues and dates."""
    person = letter.person
    if person is None or not person.here:
        return Moot("the person has left")
    shown = read_letter(letter.session, letter.notice, person, letter.now)
    others = [said for row in shown.others if (said := _about_issue(letter, person, row)) is not None]
    if not letter.sent and not _still_asked(shown) and not others:
        return Moot("nothing is asked any more")
    return views.letter(
        shown,
        letter.who,
        reader=letter.reader,
        now=letter.now,
        others=[block for blocks, _ in others for block in blocks],
        said=[text for _, text in others],
    )


def _about_issue(letter: Letter, person: Person, row: Reminder) -> tuple[list[Block], str] | None:
    """Say that an issue reached the person or is about to pass them; None for what is settled before it was said."""
    if row.kind is ReminderKind.DUE:
        return about_due_date(letter, person, row)
    shown = card(letter.session, row.issue_id or 0, letter.who, letter.now)
    if not letter.sent and not shown.undecided:
        return None
    offered = choices(letter.session, person, shown.id, letter.now) & OFFERED
    if row.kind is ReminderKind.ANNOUNCED:
        blocks = issues.announced_section(letter.reader, shown, offered, step=row.step)
    else:
        covers = letter.who.name_of(row.covers_id) if row.covers_id else ""
        blocks = issues.ladder_section(letter.reader, shown, offered, covers=covers)
    return blocks, str(blocks[0]["text"]["text"])


def _still_asked(shown: DeskLetter) -> bool:
    asked = shown.meeting and shown.open_rows and shown.waits_for is None
    return bool(asked and not shown.over and not shown.cancelled)


COMPOSERS: dict[NoticeKind, Composer] = {NoticeKind.DESK: desk}
