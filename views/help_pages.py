"""Help: what there is to type, by subject, for what the reader may do, with one example each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from foundation.language import N_, Language, Mrkdwn
from models.structure import Area
from views import ids
from views.answers import refusal
from views.blocks import Block, Message, actions, button, context, header, section
from views.texts import excerpt

TYPED = 60
"""Characters of what was typed that are repeated in the sentence."""


class For(StrEnum):
    """Who can do something."""

    ALL = "all"
    MEMBERS = "members"
    FOCAL_POINTS = "focal_points"
    CHAIR = "chair"
    MANAGERS = "managers"
    JOURNAL = "journal"


@dataclass(frozen=True)
class Topic:
    """One subject of the help. `examples` follow the command and are typed as they stand."""

    word: str
    says: str
    examples: tuple[str, ...]
    audience: For = For.ALL
    commands: tuple[str, ...] = ()
    """Commands that belong to it, if other than its own word."""

    @property
    def words(self) -> tuple[str, ...]:
        """The commands that this is about."""
        return self.commands or (self.word,)


TOPICS = (
    Topic(
        "update",
        N_("Post how an area stands for your unit; it goes to the channel at once."),
        (N_("update climate at-risk Venue not confirmed | next: ask the host"), "update", "confirm climate"),
        For.FOCAL_POINTS,
        ("update", "confirm"),
    ),
    Topic(
        "status",
        N_("See how all areas stand, or one of them, now or on a day."),
        ("status", "status climate", "status climate --at 2026-05-12"),
    ),
    Topic("desk", N_("See what you owe and by when, your issues and actions: the command alone."), ("",), For.MEMBERS),
    Topic("history", N_("Read what units said of an area over time."), ("history climate",)),
    Topic("areas", N_("List the areas, with the word to type for each."), ("areas",)),
    Topic("who", N_("See who speaks for an area, and the roles of the task force."), ("who climate", "who")),
    Topic(
        "search",
        N_("Find what anybody wrote: a part of a word is enough; accents and capitals do not matter."),
        (N_("search venue"),),
    ),
    Topic(
        "note",
        N_("Add a word beneath the updates of an area."),
        (N_("note climate The host wrote today"),),
        For.MEMBERS,
    ),
    Topic(
        "issue",
        N_("Raise what cannot be settled at your level, and follow it up to the chair."),
        (
            N_("issue raise climate Who pays for the venue?"),
            "issue list",
            "issue show ISS-4",
            "issue position ISS-4 agree",
            N_("issue quiet ISS-4 until 2027-01-10 The host is closed"),
        ),
        For.MEMBERS,
        ("issue", "issues"),
    ),
    Topic(
        "action",
        N_("See what is to be done because of decisions, and say when it is done."),
        ("action list mine", "action list overdue", "action show ACT-1", N_("action done ACT-1 The room is booked")),
        For.MEMBERS,
        ("action", "actions"),
    ),
    Topic(
        "decisions",
        N_("Read what was decided: by area, by words, what is still to be done; with a day, as it stood then."),
        (
            "decisions all",
            "decisions climate",
            "decisions open --at 2026-05-12",
            "decision show DEC-1",
        ),
        For.ALL,
        ("decision", "decisions"),
    ),
    Topic(
        "record",
        N_("Record what a meeting decides, and who does what by when, in one line each."),
        (
            N_("decision add The joint statement is agreed"),
            N_("decision add replaces DEC-2 The statement goes out in January"),
            N_("action add @name 2026-12-20 Draft joint statement"),
            N_("action assign ACT-1 @name"),
            "action due ACT-1 2027-01-15",
        ),
        For.MANAGERS,
        ("decision", "action"),
    ),
    Topic(
        "meeting",
        N_("See when the task force meets, how things stand for it, and what it did; have it in your calendar."),
        (
            "meeting list",
            "meeting list --at 2026-05-12",
            "meeting show",
            "meeting brief",
            "meeting minutes MTG-1",
            "meeting calendar",
        ),
        commands=("meeting", "meetings"),
    ),
    Topic(
        "agenda",
        N_("See what the next meeting takes up, or what one did."),
        ("agenda", "meeting agenda MTG-1"),
        commands=("agenda", "meeting"),
    ),
    Topic(
        "propose",
        N_("Propose an item for the agenda of the next meeting."),
        (N_("meeting propose Venue of the joint session"), "meeting propose MTG-2"),
        For.MEMBERS,
        ("propose", "meeting"),
    ),
    Topic(
        "schedule",
        N_("Schedule, move, cancel, hold or close a meeting."),
        (
            "meeting schedule 2026-12-03 14:30",
            "meeting move MTG-1 2026-12-10 14:30",
            "meeting hold",
            N_("meeting attend @name remote"),
            "meeting close MTG-1 carry",
            N_("meeting correct MTG-1 The decision was taken unanimously"),
        ),
        For.MANAGERS,
        ("meeting",),
    ),
    Topic(
        "away",
        N_("Say that you are away, and who stands in: reminders go to them."),
        (N_("away 2026-12-21 2027-01-04 @name"),),
        For.MEMBERS,
    ),
    Topic("settings", N_("Set your language, time zone and working hours."), ("settings", "settings language fr")),
    Topic(
        "decide",
        N_("Decide what was escalated to you: your desk lists it, the oldest first."),
        ("decisions", "issue list"),
        For.CHAIR,
        ("decisions", "issue"),
    ),
    Topic(
        "reminders",
        N_("See who will be reminded, when and why; with a date, who would be for a meeting then."),
        ("reminders", "reminders 2027-02-04 14:30"),
        For.MANAGERS,
    ),
    Topic(
        "area",
        N_("Plan silence: nothing is asked about an area before a day, for a reason that all see."),
        (N_("area quiet climate until 2027-01-10 The host is closed"), "area quiet climate end"),
        For.MANAGERS,
    ),
    Topic(
        "member",
        N_("Say who speaks for which unit, who joins and who leaves."),
        ("members", N_("seat climate BR @name"), N_("member leave @name")),
        For.MANAGERS,
        ("member", "members", "seat"),
    ),
    Topic(
        "journal",
        N_("Read who did what, before and after; with `csv` at the end as rows to copy."),
        ("journal ISS-4", "journal climate csv"),
        For.JOURNAL,
    ),
    Topic("help", N_("This page; with a word only what it is about."), ("help update",)),
)
WORDS = tuple(dict.fromkeys(word for topic in TOPICS for word in topic.words))
"""Every command that the help knows."""


def page(command: str, groups: Collection[For], say: Language) -> Message:
    """Show everything that the reader can do, a line each."""
    title = say.t("What you can type")
    lines = [_line(topic, command, say, most=1) for topic in TOPICS if topic.audience in groups]
    example = Mrkdwn(_quoted(say.m("climate: at risk - …")))
    hint = say.m("You can also write to me as you would to a colleague: {example}", example=example)
    hints = [context(hint)] if For.FOCAL_POINTS in groups else []
    blocks: list[Block] = [header(title), *_in_sections(lines), *hints, _ways(say)]
    return Message("\n".join([title, *lines]), blocks)


def topic_page(topics: Sequence[Topic], command: str, say: Language) -> Message:
    """Show one subject with all its examples."""
    lines = [_line(topic, command, say, most=len(topic.examples)) for topic in topics]
    return Message("\n".join(lines), [section(line) for line in lines])


def unknown(typed: str, nearest: str | None, area: Area | None, command: str, say: Language) -> Message:
    """Say that a word is no command, with the nearest one, or the area that it names; a long text is handed back."""
    whole, typed = typed, excerpt(typed, TYPED)
    text = say.m("I do not know “{typed}”.", typed=typed)
    rows: list[Block] = []
    if area is not None:
        text = say.m(
            "“{typed}” is an area, not a command. To see how it stands: {command}",
            typed=typed,
            command=_code(command, f"status {area.key}"),
        )
        rows = [actions([button(say.of(area.name), ids.AREA_OPEN, value=str(area.id))])]
    elif nearest is not None:
        text = say.m("I do not know “{typed}”. Did you mean {command}?", typed=typed, command=_code(command, nearest))
    help_ = say.m("{command} lists what you can type.", command=_code(command, "help"))
    back = refusal(say, text, f"{command} {whole}") if typed != whole else [section(text)]
    return Message(f"{text} {help_}", [*back, *rows, context(help_)])


def _line(topic: Topic, command: str, say: Language, *, most: int) -> str:
    examples = [_code(command, example and say.m(example)).text for example in topic.examples[:most]]
    return "\n".join([f"• {say.m(topic.says)}", *(f"    {example}" for example in examples)])


def _code(command: str, rest: str) -> Mrkdwn:
    return Mrkdwn(_quoted(f"{command} {rest}".strip()))


def _quoted(text: str) -> str:
    return f"`{text}`"


def _ways(say: Language) -> Block:
    return actions(
        [
            button(say.t("My desk"), ids.DESK_OPEN),
            button(say.t("How the areas stand"), ids.BOARD_OPEN),
            button(say.t("Settings"), ids.SETTINGS_OPEN),
        ]
    )


def _in_sections(lines: Sequence[str], *, each: int = 6) -> list[Block]:
    return [section("\n".join(lines[start : start + each])) for start in range(0, len(lines), each)]
