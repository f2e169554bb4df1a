"""What is in doubt is looked for with few calls, and no faster than Slack allows; copies come after doubts."""

from delivery.budget import LOOK
from delivery.reconcile import settle_doubts, sweep_copies
from models.delivery import Allowance, NoticeState
from tests.delivery.post_office import PostOffice

LOOKS = "conversations.history"


def leave(office: PostOffice, looks: int) -> None:
    """Leave so many looks of what Slack allows."""
    with office.database.transaction() as session:
        session.add(Allowance(bucket=LOOK, level=looks, at=office.clock.real()))


def test_doubts_of_one_channel_are_settled_by_one_look(office: PostOffice) -> None:
    for fault in ("500", "500_after", "reset_after"):
        office.owe(fault)
        office.slack.faults.next("chat.postMessage", fault)
        office.deliver()
    office.clock.push(seconds=31)
    assert settle_doubts(office.room) == 3
    assert len(office.calls(LOOKS)) == 1
    states = [office.state(fault) for fault in ("500", "500_after", "reset_after")]
    assert states == [NoticeState.PENDING, NoticeState.SENT, NoticeState.SENT]
    office.deliver()
    assert office.said() == ["500_after", "reset_after", "500"]


def test_doubts_of_a_channel_and_of_its_thread_are_looked_for_where_they_were_to_stand(office: PostOffice) -> None:
    office.owe("card")
    office.deliver()
    for words, parent in (("reply", "card"), ("post", None)):
        office.owe(words, parent_key=parent)
        office.slack.faults.next("chat.postMessage", "500_after")
        office.deliver()
    office.clock.push(seconds=31)
    settle_doubts(office.room)
    assert [office.state(words) for words in ("reply", "post")] == [NoticeState.SENT] * 2
    assert [len(office.calls(method)) for method in (LOOKS, "conversations.replies")] == [1, 1]


def test_what_slack_would_not_allow_to_be_looked_for_now_is_looked_for_later(office: PostOffice) -> None:
    office.clock.stop()
    office.owe("Hello")
    office.owe("Yours", to="U0AMA")
    office.slack.faults.next("chat.postMessage", "500_after", times=2)
    office.deliver()
    office.clock.push(seconds=31)
    paced = office.hire(pace=1.0)
    leave(office, looks=1)
    settle_doubts(paced.room)
    assert len(office.calls(LOOKS)) == 1
    office.clock.push(seconds=2)
    settle_doubts(paced.room)
    assert [office.state(words) for words in ("Hello", "Yours")] == [NoticeState.SENT] * 2
    paced.close()


def test_copies_are_looked_for_only_with_what_doubts_spare(office: PostOffice) -> None:
    office.clock.stop()
    office.owe("Hello")
    office.slack.faults.next("chat.postMessage", "500")
    office.deliver()
    office.settle()
    looks = len(office.calls(LOOKS))
    office.clock.push(minutes=2)
    paced = office.hire(pace=1.0)
    leave(office, looks=10)
    sweep_copies(paced.room)
    assert len(office.calls(LOOKS)) == looks
    office.clock.push(seconds=5)
    sweep_copies(paced.room)
    assert len(office.calls(LOOKS)) == looks + 1
    paced.close()
