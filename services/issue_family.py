"""Issues that were merged into another one: they keep what was said of them, and it is shown where they went."""

from sqlmodel import Session, col, select

from models.issues import Issue


def merged_into(session: Session, issue: Issue) -> list[Issue]:
    """Return the issues that were merged into one, directly or by way of others, in their order."""
    found: list[Issue] = []
    last = [issue]
    while last:
        ids = [one.id for one in last]
        last = list(session.exec(select(Issue).where(col(Issue.merged_into_id).in_(ids))))
        found += last
    return sorted(found, key=lambda one: one.id or 0)


def family_ids(session: Session, issue: Issue) -> list[int]:
    """Return the ids of an issue and of those merged into it."""
    return [issue.id or 0, *(one.id or 0 for one in merged_into(session, issue))]
