"""The parts of an issue that people see: facts, question, positions, what was tried, way up, outcome, buttons."""

from datetime import datetime

from foundation.language import N_, Day, Language, Listing, Mrkdwn, Reader, Speakable, Words
from models.issues import IssueState, LadderState, Severity
from services.issue_cards import IssueCard, Remark, Rung, UnitPosition
from services.issue_choices import Choice
from views import ids
from views.blocks import Block, Element, button, confirm, context, section
from views.decisions import outcome_lines
from views.issue_words import DOT, link, stance, state, step_reason, to_whom
from views.texts import excerpt, labelled_text

SHOWN_REMARKS, SHOWN_TEXT = 8, 600


def facts(reader: Reader, card: IssueCard) -> str:
    """Say on one line where an issue stands, whose it is and since when."""
    say = reader.language
    parts = [say.m("merged into {ref}", ref=card.merged_into) if card.merged_into else state(say, card.state)]
    if card.severity is Severity.URGENT:
        parts.append(say.m("*urgent*"))
    if card.area is not None:
        parts.append(say.m("{area}", area=card.area))
    parts.append(say.m("raised on {day} by {name}", day=_day(reader, card.raised_at), name=card.raised_by))
    if card.owner is not None:
        parts.append(say.m("owner: {name}", name=card.owner))
    if card.due is not None:
        parts.append(say.m("due {day}", day=Day(card.due)))
    parts += _circumstances(say, card)
    return DOT.join(parts)


def _circumstances(say: Language, card: IssueCard) -> list[str]:
    parts = []
    if card.referred and card.undecided:
        parts.append(say.m("on the next agenda"))
    if card.merged:
        parts.append(say.m("with {refs}", refs=Listing(card.merged)))
    if card.silence is not None:
        until, reason = Day(card.silence.until), excerpt(card.silence.reason, SHOWN_TEXT)
        parts.append(say.m("🔕 nothing is asked before {day}: {reason}", day=until, reason=reason))
    if card.permalink:
        parts.append(link(card.permalink, say.t("The message it was raised from")))
    return parts


def card_link(reader: Reader, card: IssueCard) -> list[str]:
    """Link to the issue's card in its channel, where it was not raised from a message."""
    if card.permalink or not card.card_link:
        return []
    return [link(card.card_link, reader.language.t("Its card in the channel"))]


def question(reader: Reader, card: IssueCard) -> list[Block]:
    """Show what is asked and what is proposed, in the words it was written in."""
    say = reader.language
    blocks: list[Block] = []
    if card.description:
        blocks += labelled_text(say, say.t("Description"), card.description)
    if card.proposal:
        blocks += labelled_text(say, say.t("Proposed solution"), card.proposal)
    if card.language != say.code and (card.description or card.proposal):
        blocks.append(context(say.m("Written in {language}.",
                                    language=say.locale.languages.get(card.language, card.language))))  # fmt: skip
    return blocks


def where_units_stand(reader: Reader, card: IssueCard) -> list[Block]:
    """Show the position of each unit, and which have not stated one."""
    say = reader.language
    stated = [position for position in card.positions if position.stance is not None]
    silent = [position.unit for position in card.positions if position.stance is None]
    if not stated:
        return [context(say.m("No unit has stated its position yet."))] if card.undecided and silent else []
    lines = [say.m("*Positions*"), *(_position(reader, position) for position in stated)]
    if silent:
        lines.append(say.m("No position yet: {units}", units=Listing(tuple(silent))))
    return [section("\n".join(lines))]


def who_was_asked(reader: Reader, card: IssueCard) -> list[Block]:
    """Show whom the ladder has reached, and when."""
    say = reader.language
    lines = [
        say.m("{whom}: {people}, {moment}", whom=to_whom(rung), people=_people(rung), moment=reader.when(rung.taken_at))
        for rung in card.asked
        if rung.taken_at is not None
    ]
    return [section("\n".join([say.m("*Who was asked, and when*"), *lines]))] if lines else []


def tried(reader: Reader, card: IssueCard) -> list[Block]:
    """Show what was said and tried: the last comments, questions, and why more time was asked."""
    say = reader.language
    said = [remark for remark in card.remarks if not remark.objects]
    if not said:
        return []
    shown = said[-SHOWN_REMARKS:]
    lines = [say.m("*What was tried*"), *(_remark(reader, remark) for remark in shown)]
    left = len(said) - len(shown)
    if left:
        lines.insert(1, say.mn("{n} earlier comment is not shown.", "{n} earlier comments are not shown.", left))
    return [section("\n".join(lines))]


def objections(reader: Reader, card: IssueCard) -> list[Block]:
    """Show who disagrees that it was escalated, or how it was resolved: the last of them."""
    say = reader.language
    shown = [remark for remark in card.remarks if remark.objects][-SHOWN_REMARKS:]
    return [section("\n".join([say.m("*Objections*"), *(_remark(reader, one) for one in shown)]))] if shown else []


def way_up(reader: Reader, card: IssueCard) -> list[Block]:
    """Show the ladder of the present round: what was taken, what comes, and why."""
    say = reader.language
    lines = [_step(reader, rung) for rung in card.ladder if rung.state is not LadderState.ENDED]
    return [section("\n".join([say.m("*Ladder*"), *lines]))] if lines else []


def outcome(reader: Reader, card: IssueCard) -> list[Block]:
    """Show what became of an issue; while it waits, what was decided of it before."""
    say = reader.language
    if card.merged_into is not None and card.settled_at is not None:
        return [section(say.m("*Merged* into {ref} by {name}, {moment}: it goes on there.", ref=card.merged_into,
                              name=card.settled_by or "", moment=reader.when(card.settled_at)))]  # fmt: skip
    if card.state is IssueState.RESOLVED and card.settled_at is not None:
        text = say.m("*Resolved* by {name}, {moment}: {text}", name=card.settled_by or "",
                     moment=reader.when(card.settled_at), text=excerpt(card.resolution, SHOWN_TEXT))  # fmt: skip
        return [section(text)]
    if card.verdict is None:
        return []
    return [section("\n".join(outcome_lines(reader, card.verdict, card.state)))]


def issue_buttons(say: Language, card: IssueCard, offered: frozenset[Choice]) -> list[Element]:
    """Make a button for every act that is offered."""
    made = [
        (Choice.ACKNOWLEDGE, act_button(say.t("Acknowledge"), ids.ISSUE_ACKNOWLEDGE, card)),
        (Choice.DECIDE, act_button(say.t("Decide"), ids.ISSUE_DECIDE, card, style="primary")),
        (Choice.ACCEPT, act_button(say.t("Accept proposal"), ids.ISSUE_ACCEPT, card, ask=_sure_to_accept(say, card))),
        (Choice.ASK, act_button(say.t("Ask for more"), ids.ISSUE_ASK, card)),
        (Choice.REFER, act_button(say.t("Put on agenda"), ids.ISSUE_AGENDA, card)),
        (Choice.DELEGATE, act_button(say.t("Delegate"), ids.ISSUE_DELEGATE, card)),
        (Choice.RESOLVE, act_button(say.t("Resolve"), ids.ISSUE_RESOLVE, card)),
        (Choice.MORE_TIME, act_button(say.t("More time"), ids.ISSUE_MORE_TIME, card)),
        (
            Choice.ESCALATE,
            act_button(say.t("Escalate now"), ids.ISSUE_ESCALATE, card, ask=_sure_to_escalate(say, card)),
        ),
        (Choice.COMMENT, act_button(say.t("Comment"), ids.ISSUE_COMMENT, card)),
        (Choice.POSITION, act_button(say.t("Position"), ids.ISSUE_POSITION, card)),
        (Choice.OBJECT, act_button(say.tc("to an escalation or resolution", "Object"), ids.ISSUE_OBJECT, card)),
        (Choice.REOPEN, act_button(say.t("Reopen"), ids.ISSUE_REOPEN, card)),
    ]
    return [element for choice, element in made if choice in offered]


def chain_buttons(say: Language, card: IssueCard) -> list[Element]:
    """Lead to what came of an issue, and to what it came from: its decision, and its action."""
    decision = card.verdict.ref if card.verdict is not None else None
    action = card.overdue_action or (card.verdict.action if card.verdict is not None else None)
    return [
        button(ref, act, value=ref, spoken=say.t("Open {area}", area=ref))
        for ref, act in ((decision, ids.DECISION_SHOW), (action, ids.ACTION_SHOW))
        if ref is not None
    ]


def act_button(
    label: str, action_id: str, card: IssueCard, *, style: str | None = None, ask: Element | None = None
) -> Element:
    """Make a button for one act on an issue."""
    return button(label, action_id, value=str(card.id), style=style, confirm=ask)


def _sure_to_accept(say: Language, card: IssueCard) -> Element:
    return confirm(say.t("Accept proposal"), say.m("The proposed solution becomes the decision, and {ref} is closed.",
                   ref=card.ref), say.t("Accept proposal"), say.t("Cancel"))  # fmt: skip


def _sure_to_escalate(say: Language, card: IssueCard) -> Element:
    return confirm(say.t("Escalate now"), say.m("{ref} goes to the chair, and only the chair's decision closes it.",
                   ref=card.ref), say.t("Escalate now"), say.t("Cancel"))  # fmt: skip


def _position(reader: Reader, position: UnitPosition) -> str:
    say = reader.language
    line = say.m("*{unit}*: {stance} ({author}, {day})", unit=position.unit, stance=stance(say, position),
                 author=_author(position.author, position.of), day=_day(reader, position.at))  # fmt: skip
    return f"{line} {say.m('{text}', text=excerpt(position.text, SHOWN_TEXT))}" if position.text else line


def _remark(reader: Reader, remark: Remark) -> str:
    say, text = reader.language, excerpt(remark.text, SHOWN_TEXT)
    day, author = _day(reader, remark.at), _author(remark.author, remark.of)
    if remark.more_days is not None:
        return say.mn("{author}, {day}, asked for {n} more working day: {text}",
                      "{author}, {day}, asked for {n} more working days: {text}", remark.more_days,
                      author=author, day=day, text=text)  # fmt: skip
    if remark.asks:
        return say.m("{author}, {day}, asked: {text}", author=author, day=day, text=text)
    return say.m("{author}, {day}: {text}", author=author, day=day, text=text)


def _author(name: str, of: str | None) -> Words | str:
    """Name who said something, and of which merged issue."""
    return Words(N_("{author}, on {ref}"), {"author": name, "ref": of}) if of else name


def _step(reader: Reader, rung: Rung) -> str:
    say = reader.language
    if rung.state is LadderState.TAKEN and rung.taken_at is not None:
        line = say.m("✓ {whom}: {people}, {moment}", whom=to_whom(rung), people=_people(rung),
                     moment=reader.when(rung.taken_at))  # fmt: skip
    elif rung.state is LadderState.SKIPPED:
        line = say.m("– {whom}", whom=to_whom(rung))
    else:
        line = say.m("○ {whom}, {moment}", whom=to_whom(rung), moment=reader.when(rung.at))
    reason = step_reason(say, rung)
    return f"{line} ({reason})" if reason else line


def _people(rung: Rung) -> Speakable:
    return Listing(rung.people) if rung.people else Mrkdwn("—")


def _day(reader: Reader, at: datetime | None) -> str:
    return reader.language.short_day(reader.local_day(at)) if at is not None else ""


def more_left(say: Language) -> Block:
    """Say that something was left out."""
    return context(say.m("There is more than fits here."))
