"""What happens next and why, a sentence each: for desks, and for who watches a practice workspace."""

from foundation.language import Language, Mrkdwn, Reader
from models.reminders import ReminderKind
from services.ladder_reasons import NextStep
from services.upcoming import Upcoming
from views.issue_words import those
from views.ladder_reasons import reckoning_words
from views.reminder_reasons import reason_words


def upcoming_words(comes: Upcoming, say: Language) -> str:
    """Say what will happen, to whom, and why then (plain text)."""
    match comes.kind:
        case "reminder":
            return _reminder(comes, say)
        case "escalation":
            return say.t("{issue} goes to {whom}: nobody has settled it", issue=comes.about, whom=those(comes.to))
        case "climb":
            return say.t("{action} is raised as an issue: its date has passed", action=comes.about)
        case "deadline":
            return say.t("Updates for {meeting} are due", meeting=comes.about)
        case _:
            return say.t("{meeting} begins", meeting=comes.about)


def climbing_words(reader: Reader, step: NextStep) -> str:
    """Say where an issue goes next, and why then (mrkdwn)."""
    say = reader.language
    reason = Mrkdwn(reckoning_words(say, step.counted))
    return say.m(
        "Goes to {whom} on {when} unless it is settled before ({reason}).",
        whom=those(step.to), when=reader.when(step.at), reason=reason,
    )  # fmt: skip


def _reminder(comes: Upcoming, say: Language) -> str:
    about = {"person": comes.person, "about": comes.about}
    match comes.of:
        case ReminderKind.LADDER:
            text = say.t("{person} hears that {about} has reached them", **about)
        case ReminderKind.ANNOUNCED:
            text = say.t("{person} hears that {about} is about to pass them", **about)
        case ReminderKind.DUE:
            text = say.t("{person} is reminded of {about}, which they own", **about)
        case _:
            text = say.t("{person} is reminded of updates owed for {about}", **about)
    reason = reason_words(say, comes.why) if comes.why is not None else ""
    return say.t("{what} ({reason})", what=text, reason=reason) if reason else text
