"""Where the card of an issue stands in Slack, so that whoever reads of it elsewhere can go there."""

from sqlmodel import Session, select

from models.delivery import Notice, NoticeKind, NoticeState
from models.issues import Issue
from services.issue_circle import subject_of

WORKSPACE = "workspace"
"""What the database's memory calls the address of the workspace, once Slack has told it."""


def link_to_card(session: Session, issue: Issue) -> str | None:
    """Return the address of the issue's card in its channel; None while it is not posted, or none is known."""
    home = session.info["memory"].get(WORKSPACE)
    if home is None:
        return None
    posted = select(Notice.channel, Notice.ts).where(
        Notice.subject == subject_of(issue), Notice.kind == NoticeKind.ISSUE_POST, Notice.state == NoticeState.SENT
    )
    found = session.exec(posted).first()
    return f"{home}archives/{found[0]}/p{str(found[1]).replace('.', '')}" if found else None
