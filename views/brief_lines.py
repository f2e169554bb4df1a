"""The words of a brief's entries: in one line, and in full. Everything foreign in them is inert."""

from foundation.language import N_, Day, Language, Listing, Names, Reader, Words, escape
from services.area_page import Said
from services.brief import AreaInBrief, Entry, Part, UnitInBrief
from services.brief_questions import OverdueAction, Question
from services.directory import Directory
from services.update_history import Standing
from views.blocks import quote
from views.board import STANDINGS, sign_of, word_of
from views.health import sign_and_word
from views.texts import author, excerpt

DOT = " · "
SHORT, CHANGED, MORE = 80, 350, 120
"""Characters of what changed in a line, in full, and of next steps and help needed."""
STANCES = {"agree": N_("agrees"), "object": N_("objects"), "comment": N_("comments")}


def line_of(entry: Entry, part: Part, who: Directory, reader: Reader) -> str:
    """Say one entry of a section in a line."""
    if isinstance(entry, Question):
        return _question(entry, who, reader)
    if isinstance(entry, OverdueAction):
        return _action(entry, reader.language)
    return DOT.join([_area(entry, reader.language), *_units(entry, part, reader.language)])


def details_of(entry: Entry, part: Part, who: Directory, reader: Reader) -> str:
    """Tell one entry of a section in full."""
    if isinstance(entry, Question):
        return "\n".join([_question(entry, who, reader), *_asked(entry, who, reader.language)])
    if isinstance(entry, AreaInBrief) and part in (Part.CHANGED, Part.UNCHANGED, Part.OVERDUE):
        area = _area(entry, reader.language)
        return "\n".join([area, *(_unit(unit, part, reader) for unit in entry.units)])
    return line_of(entry, part, who, reader)


def state_since(entry: Question, day: Day) -> Words:
    """Say since when an issue needs a decision."""
    return Words(N_("escalated on {day}") if entry.escalated else N_("referred on {day}"), {"day": day})


def positions(entry: Question, who: Directory) -> Listing:
    """Say where the units stand on an issue."""
    stated = ({"unit": unit, "stance": stance_name(key, who)} for unit, key in entry.positions)
    return Listing(tuple(Words(N_("{unit} {stance}"), each) for each in stated))


def stance_name(key: str, who: Directory) -> Names | Words:
    """Name what a unit says: as the task force calls it, else in the catalogue's word."""
    named = next((p.get("name") for p in who.task_force.positions if p["key"] == key), None)
    return Names(named) if named else Words(STANCES.get(key, key), {})


def marks(said: Said, say: Language) -> list[str]:
    """Return what is to be known about an update besides its words (plain text)."""
    foreign = say.locale.languages.get(said.language, said.language)
    found = [
        say.t("edited") if said.edited else "", say.t("late") if said.late else "",
        say.t("in {language}", language=foreign) if said.language != say.code else "",
    ]  # fmt: skip
    return [mark for mark in found if mark]


def _question(entry: Question, who: Directory, reader: Reader) -> str:
    say, day = reader.language, Day(reader.local_day(entry.since))
    state = say.say(state_since(entry, day), mrkdwn=True)
    sign = "❗" if entry.escalated else "➡️"
    named = [say.say(who.area_name(entry.area_id), mrkdwn=True)] if entry.area_id is not None else []
    urgent = [say.m("urgent")] if entry.urgent else []
    title = say.m("{sign} *{ref}* {title}", sign=sign, ref=entry.ref, title=excerpt(entry.title, 150))
    return DOT.join([title, *named, state, *urgent])


def _asked(entry: Question, who: Directory, say: Language) -> list[str]:
    lines = []
    if entry.proposal:
        lines.append(say.m("*Proposed solution*: {text}", text=excerpt(entry.proposal, CHANGED)))
    if entry.positions:
        lines.append(say.m("*Positions*: {positions}", positions=positions(entry, who)))
    return lines


def _action(entry: OverdueAction, say: Language) -> str:
    return say.m("⏰ *{ref}* {text} · {owner}, was due on {day}", ref=entry.ref, text=excerpt(entry.text, 120),
                 owner=entry.owner, day=Day(entry.due))  # fmt: skip


def _area(entry: AreaInBrief, say: Language) -> str:
    return say.m("{sign} *{area}*: {word}", sign=sign_of(entry.health), area=Names(entry.area.name),
                 word=word_of(say, entry.health))  # fmt: skip


def _units(entry: AreaInBrief, part: Part, say: Language) -> list[str]:
    if part is Part.CHANGED:
        return [
            say.m("{unit}: {text}", unit=unit.unit, text=excerpt(unit.said.changed, SHORT))
            + "".join(f" _{escape(mark)}_" for mark in marks(unit.said, say))
            for unit in entry.units if unit.said
        ]  # fmt: skip
    if part is Part.EXCUSED:
        return [say.say(excuse, mrkdwn=True) for excuse in excuses(entry)]
    return [escape(say.listing([unit.unit for unit in entry.units]))]


def excuses(entry: AreaInBrief) -> list[Words]:
    """Return why nothing is missing from these units."""
    said = [
        Words(phrase, {"units": Listing(units)})
        for standing, phrase in STANDINGS.items()
        if standing is not Standing.WAITING and (units := _that(entry, standing))
    ]
    silence, waiting = entry.silence, _that(entry, Standing.WAITING)
    if silence is not None and waiting:
        why = {"units": Listing(waiting), "day": Day(silence.until), "reason": excerpt(silence.reason, SHORT)}
        said.append(Words(N_("{units}: nothing is asked before {day}: {reason}"), why))
    return said


def _that(entry: AreaInBrief, standing: Standing) -> tuple[str, ...]:
    return tuple(unit.unit for unit in entry.units if unit.standing is standing)


def _unit(unit: UnitInBrief, part: Part, reader: Reader) -> str:
    """Tell what a unit said: in full where it is new, else when it last spoke."""
    said, say = unit.said, reader.language
    if said is None:
        return say.m("*{unit}* · no word yet", unit=unit.unit)
    health, day = sign_and_word(say, said.health), Day(reader.local_day(said.at))
    if part is not Part.CHANGED:
        return say.m("*{unit}* · {health} · last said on {day}: {text}", unit=unit.unit, health=health, day=day,
                     text=excerpt(said.changed, SHORT))  # fmt: skip
    line = say.m("*{unit}* · {health} · {author}, {day}", unit=unit.unit, health=health,
                 author=author(said.author, said.on_behalf_of), day=day)  # fmt: skip
    lines = [DOT.join([line, *(f"_{escape(mark)}_" for mark in marks(said, say))])]
    lines.append(quote(say.m("{text}", text=excerpt(said.changed, CHANGED))))
    if said.next_steps:
        lines.append(say.m("*Next steps*: {text}", text=excerpt(said.next_steps, MORE)))
    if said.help_needed:
        lines.append(say.m("*Help needed*: {text}", text=excerpt(said.help_needed, MORE)))
    return "\n".join(lines)
