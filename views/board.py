"""The board: counts first, then one line for each area."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from foundation.language import N_, Language, Listing, Mrkdwn, Names, Reader
from models.updates import Health
from services.board import AreaOnBoard, Board
from services.directory import area_id
from services.update_history import Standing
from views import ids
from views.blocks import Block, Message, actions, button, context, fit, header, section, within_message
from views.health import sign, word
from views.paging import turns

Standings = tuple[tuple[str, Standing], ...]
"""Where each unit stands, by its acronym."""
PAGE, LINE = 20, 480
"""Areas on one page, and characters of each line: together they stay within a message."""
SPOKEN_TEXT = 3500
NO_WORD = "⚪"
STANDINGS = {
    Standing.REPORTED: N_("reported: {units}"),
    Standing.CONFIRMED: N_("no change: {units}"),
    Standing.DONE: N_("owes nothing: {units}"),
    Standing.WAITING: N_("not yet: {units}"),
    Standing.AWAY: N_("away: {units}"),
    Standing.VACANT: N_("vacant: {units}"),
}


def board(shown: Board, reader: Reader, *, page: int = 1, about: str = "", share: bool = True) -> Message:
    """Show the board. `about` names it for its buttons; `share` offers to post it in the channel."""
    say = reader.language
    pages = max(1, -(-len(shown.areas) // PAGE))
    page = min(max(page, 1), pages)
    areas = shown.areas[(page - 1) * PAGE : page * PAGE]
    title, counted = board_title(shown, reader), counts(shown, reader)
    lines = [(area, fit(board_line(area, shown.at, say), LINE)) for area in areas]
    blocks = [header(say.t("How the areas stand")), section("\n".join(counted)), context(title)]
    blocks += [area_section(area, line, say, about=about) for area, line in lines]
    foot = [share_row(say, "board", about, page)] if share else []
    foot += turns(say, "board", about, page, pages)
    text = "\n".join([*counted, *(line for _, line in lines)])
    return Message(fit(text, SPOKEN_TEXT), within_message(blocks, foot=foot))


def share_row(say: Language, kind: str, about: str, page: int) -> Block:
    """Offer to share what is shown: the page that is seen, not another one."""
    return actions([button(say.t("Share here"), ids.SHARE_HERE, value=f"{kind}:{about}#{page}")])


def shared(message: Message, name: str, say: Language) -> Message:
    """Make a private answer fit for the channel: nothing to click, and who shared it."""
    by = say.m("Shared by {name}", name=name)
    quiet = [_without_control(block) for block in message.blocks if block["type"] != "actions"]
    return Message(fit(f"{by}\n{message.text}", SPOKEN_TEXT), [*quiet, context(by)])


def board_title(shown: Board, reader: Reader) -> str:
    """Say which moment is shown."""
    say = reader.language
    if shown.past:
        return say.m("As it stood on {when}.", when=reader.when(shown.at))
    return say.m("This cycle began on {when}.", when=reader.when(shown.cycle_since))


def counts(shown: Board, reader: Reader) -> list[str]:
    """Return the counts: areas by health, units that reported, issues."""
    say = reader.language
    healths: list[Health | None] = [*Health, None]
    by_health = [
        say.m("{sign} {n} {word}", sign=sign_of(health), n=n, word=word_of(say, health))
        for health in healths
        if (n := shown.by_health[health])
    ]
    units = sum(shown.units.values())
    reported = say.mn(
        "{n} of {all} seats has reported in this cycle.",
        "{n} of {all} seats have reported in this cycle.",
        shown.reported,
        all=units,
    )
    apart = say.mn("{n} of them said “no change”.", "{n} of them said “no change”.", shown.units[Standing.CONFIRMED])
    issues = issue_counts(shown.open_issues, shown.escalated_issues, say)
    line = " ".join([reported, *([apart] if shown.units[Standing.CONFIRMED] else [])])
    return [" · ".join(by_health) or say.m("There is no area to show."), line, *([issues] if issues else [])]


def board_line(area: AreaOnBoard, now: datetime, say: Language) -> str:
    """Say how one area stands, in one line that a screen reader can read alone."""
    age = say.age(area.latest, now) if area.latest is not None else ""
    standings = tuple((unit.unit, unit.standing) for unit in area.units)
    issues = (area.open_issues, area.escalated_issues)
    return _line(say, (say.of(area.area.name), area.health, age), standings, issues)


@lru_cache(maxsize=2048)
def _line(say: Language, stands: tuple[str, Health | None, str], standings: Standings, found: tuple[int, int]) -> str:
    """Most areas stand as they did when somebody last asked: their lines are kept."""
    name, health, age = stands
    parts = [say.m("{sign} *{area}*: {word}", sign=sign_of(health), area=name, word=word_of(say, health))]
    parts += [age] if age else []
    parts += _unit_counts(standings, say)
    issues = issue_counts(*found, say)
    return " · ".join([*parts, *([issues] if issues else [])])


def area_section(area: AreaOnBoard, line: str, say: Language, *, about: str = "") -> Block:
    """Show one line with the way to the area."""
    value = f"{area_id(area.area)}@{about}" if about else str(area.area.id)
    spoken = say.t("Open {area}", area=Names(area.area.name))
    return section(line, accessory=button(say.t("Open"), ids.AREA_OPEN, value=value, spoken=spoken))


def unit_counts(area: AreaOnBoard, say: Language) -> list[str]:
    """Say which units stand how."""
    return _unit_counts(tuple((unit.unit, unit.standing) for unit in area.units), say)


def _unit_counts(standings: Standings, say: Language) -> list[str]:
    said = ((phrase, tuple(unit for unit, at in standings if at is asked)) for asked, phrase in STANDINGS.items())
    return [say.m(phrase, units=Listing(units)) for phrase, units in said if units]


def issue_counts(open_ones: int, escalated: int, say: Language) -> str:
    """Say how many issues are open and how many escalated; empty when none are."""
    said: Sequence[str] = [
        say.mn("{n} open issue", "{n} open issues", open_ones) if open_ones else "",
        say.mn("❗ {n} escalated issue", "❗ {n} escalated issues", escalated) if escalated else "",
    ]
    return say.say(Listing(tuple(Mrkdwn(one) for one in said if one)), mrkdwn=True) if any(said) else ""


def sign_of(health: Health | None) -> str:
    """Return the sign of a health, or of no word yet."""
    return sign(health) if health else NO_WORD


def word_of(say: Language, health: Health | None) -> str:
    """Return the word for a health, or for no word yet."""
    return word(say, health) if health else say.t("no word yet")


def _without_control(block: Block) -> Block:
    return {key: value for key, value in block.items() if key != "accessory"}
