"""An area: the latest of each unit, next steps, help needed, notes, issues, and who speaks for it."""

from collections.abc import Sequence

from foundation.language import Day, Language, Listing, Mention, Mrkdwn, Names, Reader
from models.people import Person
from services.area_page import AreaPage, Said, UnitOnPage
from services.update_history import Standing
from views import ids
from views.blocks import Block, Message, actions, button, context, divider, fit, header, section, within_message
from views.board import SPOKEN_TEXT, board_line, issue_counts
from views.health import sign_and_word
from views.paging import turns
from views.quiet import quiet_words
from views.texts import author, excerpt

EXCERPT, NOTE, TITLE = 600, 300, 120
ISSUES_SHOWN = 8
UNITS_PAGE, UNIT = 4, 1700
"""Units on one page, and characters of each: with issues and notes they stay within a message."""


def area_page(
    shown: AreaPage, reader: Reader, *, about: str, page: int = 1, share: bool = True, pings: bool = False
) -> Message:
    """Show an area. `about` names it for its buttons; `pings`: people as live mentions, for private answers only.

    Units beyond the first few have pages of their own; issues and notes stand on the first.
    """
    say = reader.language
    pages = max(1, -(-len(shown.units) // UNITS_PAGE))
    page = min(max(page, 1), pages)
    line = board_line(shown.line, shown.at, say)
    blocks: list[Block] = [header(say.t("{area}", area=Names(shown.area.name))), section(line)]
    if shown.past:
        blocks.append(context(say.m("As it stood on {when}.", when=reader.when(shown.at))))
    blocks += [context(quiet_words(silence, by, say)) for by, silence in shown.silences]
    here = shown.units[(page - 1) * UNITS_PAGE : page * UNITS_PAGE]
    units = [fit(unit_text(unit, reader, pings=pings), UNIT) for unit in here]
    blocks += [section(text) for text in units]
    if page == 1:
        blocks += _issues(shown, say) + _notes(shown, reader)
    foot = [_buttons(shown, say, about, page, share=share), *turns(say, "area", about, page, pages)]
    more = context(say.m("There is more: see the history of the area."))
    return Message(fit("\n".join([line, *units]), SPOKEN_TEXT), within_message(blocks, more=more, foot=foot))


def unit_text(unit: UnitOnPage, reader: Reader, *, pings: bool) -> str:
    """Say what a unit last said, and who speaks for it."""
    say = reader.language
    lines = [
        say.m(
            "*{unit}* · {standing} · {people}",
            unit=unit.unit,
            standing=standing_word(unit.standing, say),
            people=_people(unit.holders, say, pings=pings),
        )
    ]
    if unit.said is not None:
        lines.append(_headline(unit.said, unit, reader))
        lines += said_lines(unit.said, say)
    return "\n".join(lines)


def said_lines(said: Said, say: Language) -> list[str]:
    """Return the texts of an update, each under its label."""
    labelled = (
        (say.t("What changed"), said.changed),
        (say.t("Next steps"), said.next_steps),
        (say.t("Help needed"), said.help_needed),
    )
    return [say.m("*{label}:* {text}", label=label, text=excerpt(text, EXCERPT)) for label, text in labelled if text]


def standing_word(standing: Standing, say: Language) -> str:
    """Say where a unit stands in the cycle."""
    return {
        Standing.REPORTED: say.t("has reported"),
        Standing.CONFIRMED: say.t("no change"),
        Standing.DONE: say.t("owes nothing"),
        Standing.AWAY: say.tc("a person", "away"),
        Standing.VACANT: say.tc("a seat", "vacant"),
        Standing.WAITING: say.t("not reported yet"),
    }[standing]


def _headline(said: Said, unit: UnitOnPage, reader: Reader) -> str:
    say = reader.language
    shown = {
        "health": sign_and_word(say, said.health),
        "author": author(said.author, said.on_behalf_of),
        "day": Day(reader.local_day(said.at)),
    }
    line = say.m("{health} · {author}, {day}", **shown)
    if unit.confirmed_at is not None:
        line = say.m("{line} · no change as of {day}", line=Mrkdwn(line), day=Day(reader.local_day(unit.confirmed_at)))
    return " · ".join([line, *said_marks(said, say)])


def said_marks(said: Said, say: Language) -> list[str]:
    """Return what is to be known of a text besides its words."""
    language = say.locale.languages.get(said.language, said.language)
    return [
        *([say.m("_edited_")] if said.edited else []),
        *([say.m("_late_")] if said.late else []),
        *([say.m("_in {language}_", language=language)] if said.language != say.code else []),
    ]


def _issues(shown: AreaPage, say: Language) -> list[Block]:
    if not shown.issues:
        return []
    blocks: list[Block] = [divider(), context(issue_counts(shown.line.open_issues, shown.line.escalated_issues, say))]
    for issue, state in shown.issues[:ISSUES_SHOWN]:
        sign = "❗ " if state.value == "escalated" else ""
        text = say.m(
            "{sign}*{ref}* {title} · {state}",
            sign=sign,
            ref=issue.ref,
            title=excerpt(issue.title, TITLE),
            state=issue_state(state.value, say),
        )
        spoken = say.t("Open {area}", area=issue.ref)
        blocks.append(
            section(text, accessory=button(say.t("Open"), ids.ISSUE_SHOW, value=str(issue.id), spoken=spoken))
        )
    left_out = len(shown.issues) - ISSUES_SHOWN
    if left_out > 0:
        blocks.append(
            context(
                say.mn(
                    "and {n} more: `issue list {key}`", "and {n} more: `issue list {key}`", left_out, key=shown.area.key
                )
            )
        )
    return blocks


def issue_state(state: str, say: Language) -> str:
    """Say where an issue stands."""
    return {
        "open": say.tc("an issue", "open"),
        "escalated": say.tc("an issue", "escalated"),
        "decided": say.tc("an issue", "decided"),
        "closed": say.tc("an issue", "closed"),
        "resolved": say.tc("an issue", "resolved"),
    }[state]


def _notes(shown: AreaPage, reader: Reader) -> list[Block]:
    say = reader.language
    if not shown.notes:
        return []
    lines = [
        say.m("{author}, {day}: {text}", author=name, day=Day(reader.local_day(note.at)), text=excerpt(note.text, NOTE))
        for name, note in shown.notes
    ]
    return [divider(), context(say.m("*Notes*"), *lines)]


def _buttons(shown: AreaPage, say: Language, about: str, page: int, *, share: bool) -> Block:
    area = shown.area
    buttons = [button(say.t("History"), ids.PAGE_TURN, value=f"1:history:{area.id}")]
    if share:
        buttons.insert(0, button(say.t("Share here"), ids.SHARE_HERE, value=f"area:{about}#{page}"))
    if not shown.past:
        buttons.append(button(say.t("Raise an issue"), ids.ISSUE_OPEN, value=str(area.id)))
    return actions(buttons)


def _people(people: Sequence[Person], say: Language, *, pings: bool) -> object:
    if not people:
        return say.t("nobody")
    return Listing(tuple(Mention(p.slack_id, p.name) if pings else p.name for p in people))
