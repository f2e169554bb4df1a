"""Which issues a new one resembles: compared by the words of their titles, in any script, before it is raised."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from models.issues import Issue, IssueState
from models.people import Person
from services.folding import fold_name
from services.issue_lookup import issue_to_change, list_issues, require_undecided
from services.issues import add_comment

ALIKE, CLEARLY_ALIKE = 0.75, 0.9
"""How alike two titles are, from 0 to 1, that people are asked about: in one area, and in two areas."""
FEW_WORDS = 3
"""Fewer words than these say too little: they have to be clearly alike."""
MOST = 3
"""Issues that somebody is asked about at once."""

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\s{_IDEOGRAPHS}]+")
"""Chinese is written without spaces: each of its characters counts as a word."""
_NUMBER = re.compile(r"\d+")


def alike(session: Session, *, actor: Person, title: str, area_id: int | None) -> list[Issue]:
    """Return the undecided issues that a person may see and whose titles are much like this one, the likest first."""
    undecided = list_issues(session, actor=actor, states=(IssueState.OPEN, IssueState.ESCALATED))
    scored = [(likeness(title, issue.title), issue) for issue in undecided]
    found = [
        (score, issue) for score, issue in scored if score >= _needed(title, issue, same_area=_same(area_id, issue))
    ]
    return [issue for _, issue in sorted(found, key=lambda pair: -pair[0])][:MOST]


def likeness(one: str, other: str) -> float:
    """Say how alike two titles are, whatever the order of their words. Different numbers are different matters."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - see services.areas
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    one, other = fold_name(one), fold_name(other)
    if sorted(_NUMBER.findall(one)) != sorted(_NUMBER.findall(other)):
        return 0.0
    words, others = sorted(_WORD.findall(one)), sorted(_WORD.findall(other))
    by_letters = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)) / 100
    return max(by_letters, Indel.normalized_similarity(words, others))


def _needed(title: str, issue: Issue, *, same_area: bool) -> float:
    fewest = min(len(_WORD.findall(fold_name(text))) for text in (title, issue.title))
    return ALIKE if same_area and fewest >= FEW_WORDS else CLEARLY_ALIKE


def _same(area_id: int | None, issue: Issue) -> bool:
    """Say whether two issues may be of one area: one without an area may be of any."""
    return area_id is None or issue.area_id is None or area_id == issue.area_id


def add_to(session: Session, *, actor: Person, now: datetime, issue_id: int, texts: Sequence[str]) -> Issue:
    """Add what somebody would have raised to the issue that it resembles, as comments. Refuses one that is settled."""
    issue = issue_to_change(session, issue_id, actor=actor)
    require_undecided(session, issue)
    for text in texts:
        add_comment(session, actor=actor, now=now, issue_id=issue_id, text=text)
    return issue
