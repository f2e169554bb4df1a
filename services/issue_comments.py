"""What people say about an issue, whatever they were doing when they said it: kept with it, and found by a search."""

from datetime import datetime

from sqlmodel import Session

from models.issues import Comment, Issue
from services.search_index import remember


def keep_comment(
    session: Session,
    issue: Issue,
    *,
    author_id: int,
    text: str,
    at: datetime,
    asks: bool = False,
    objects: bool = False,
) -> Comment:
    """Keep what was said; whoever calls it checked the right to say it, and the text."""
    comment = Comment(issue_id=issue.id or 0, author_id=author_id, text=text, asks=asks, objects=objects, at=at)
    session.add(comment)
    session.flush()
    remember(session, source="comment", source_id=comment.id or 0, area_id=issue.area_id, text=text, at=at)
    return comment
