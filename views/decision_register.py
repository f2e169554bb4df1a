"""The register of decisions: one of them with its neighbours, and pages of them."""

from collections.abc import Sequence
from datetime import datetime

from foundation.language import Day, Language, Reader
from models.structure import Area
from services.decision_register import DecisionSeen
from services.directory import Directory
from views import ids
from views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    field_block,
    header,
    modal,
    option,
    section,
    select,
    text_input,
    within_message,
)
from views.chain import action_link, decision_link, issue_link, meeting_link
from views.issue_parts import more_left
from views.issue_words import DOT
from views.paging import turn, turns
from views.texts import excerpt, labelled_text

KIND = "register"
LISTED, LISTED_TEXT = 10, 200
"""Decisions on a page of the register, and characters of each."""
MOST_ACTIONS = 15


def decision_page(
    reader: Reader, seen: DecisionSeen, who: Directory, *, said: str = "", may_give: bool = False
) -> Message:
    """Show a decision whole, with what stands before and after it in the chain."""
    say, decision = reader.language, seen.decision
    blocks: list[Block] = [section(said)] if said else []
    blocks += [header(decision.ref), context(DOT.join(_facts(reader, seen, who)))]
    if seen.replaced_by is not None:
        blocks.append(decision_link(reader, seen.replaced_by, place="replaced_by"))
    blocks += labelled_text(say, say.t("Decision"), decision.text)
    if decision.language != say.code:
        named = say.locale.languages.get(decision.language, decision.language)
        blocks.append(context(say.m("Written in {language}.", language=named)))
    blocks += [issue_link(say, seen.issue)] if seen.issue is not None else []
    blocks += [meeting_link(reader, seen.meeting, seen.item, who)] if seen.meeting is not None else []
    blocks += [decision_link(reader, seen.replaces, place="replaces")] if seen.replaces is not None else []
    shown = [*seen.left_open, *seen.actions]
    blocks += [action_link(reader, action, who) for action in shown[:MOST_ACTIONS]]
    blocks += [more_left(say)] if len(shown) > MOST_ACTIONS else []
    give = [button(say.t("Add action"), ids.ACTION_OPEN, value=str(decision.id))] if may_give else []
    ending = [actions(give)] if give else []
    line = say.m("*{ref}* {text}", ref=decision.ref, text=excerpt(decision.text, LISTED_TEXT))
    return Message(said or line, within_message(blocks, more=more_left(say), foot=ending))


def register_page(
    reader: Reader, listed: Sequence[DecisionSeen], who: Directory, *, heading: str, about: str, page: int, found: int,
    at: datetime | None,
) -> Message:  # fmt: skip
    """Show a page of the decisions that were found, the latest first."""
    say = reader.language
    as_of = [say.m("As it stood on {when}.", when=reader.when(at))] if at is not None else []
    if not found:
        text = say.m("There are no such decisions.")
        return Message(text, [header(heading), context(*as_of, text) if as_of else section(text)])
    counted = say.mn("{n} decision", "{n} decisions", found)
    blocks: list[Block] = [header(heading), context(counted, *as_of)]
    lines = [_row(reader, seen, who) for seen in listed]
    for line, seen in zip(lines, listed, strict=True):
        details = button(say.t("Details"), ids.DECISION_SHOW, value=str(seen.decision.id),
                         spoken=say.t("Details of {ref}", ref=seen.decision.ref))  # fmt: skip
        blocks.append(section(line, accessory=details))
    turning = turns(say, KIND, about, page, -(-found // LISTED))
    return Message(f"{say.m('{text}', text=heading)}: {counted}",
                   within_message(blocks, more=more_left(say), foot=turning))  # fmt: skip


def to_register(say: Language) -> Block:
    """Lead from the decisions that wait to those that were taken."""
    return actions([button(say.t("Decisions taken"), ids.PAGE_TURN, value=turn(KIND, "@all"))])


def decision_form(say: Language, areas: Sequence[Area], *, replaces: str, text: str = "") -> Block:
    """Ask what was decided."""
    choices = [option(say.of(area.name), str(area.id)) for area in areas]
    blocks = [
        field_block(ids.TEXT, say.t("Decision"), text_input(ids.TEXT, initial=text, multiline=True)),
        field_block(ids.AREA, say.t("Area"), select(ids.AREA, choices, placeholder=say.t("No area in particular")),
                    optional=True),
    ]  # fmt: skip
    if replaces:
        blocks.insert(0, context(say.m("It replaces {ref}.", ref=replaces)))
    return modal(ids.DECISION_FORM, title=say.t("Record a decision"), blocks=blocks, say=say, submit=say.t("Record"),
                 metadata=f'{{"replaces":"{replaces}"}}')  # fmt: skip


def _row(reader: Reader, seen: DecisionSeen, who: Directory) -> str:
    say, decision = reader.language, seen.decision
    facts = _facts(reader, seen, who)
    if seen.issue is not None:
        facts.append(seen.issue.ref)
    if seen.replaced_by is not None:
        day = Day(reader.local_day(seen.replaced_by.decided_at))
        facts.append(say.m("replaced by {ref} on {day}", ref=seen.replaced_by.ref, day=day))
    if seen.open_actions:
        facts.append(say.mn("{n} open action", "{n} open actions", seen.open_actions))
    return f"{say.m('*{ref}* {text}', ref=decision.ref, text=excerpt(decision.text, LISTED_TEXT))}\n{DOT.join(facts)}"


def _facts(reader: Reader, seen: DecisionSeen, who: Directory) -> list[str]:
    say, decision = reader.language, seen.decision
    facts = [say.m("{area}", area=who.area_name(decision.area_id))] if decision.area_id is not None else []
    by, day = who.name_of(decision.decided_by_id), Day(reader.local_day(decision.decided_at))
    if decision.recorded_by_id == decision.decided_by_id:
        return [*facts, say.m("decided by {name} on {day}", name=by, day=day)]
    recorder = who.name_of(decision.recorded_by_id)
    return [*facts, say.m("decided by {name} on {day}, recorded by {recorder}", name=by, day=day, recorder=recorder)]
