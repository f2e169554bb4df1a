"""Whatever happens in whatever order: in the end each message stands in Slack exactly once."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.claims import claim_due
from delivery.reconcile import sweep_copies
from delivery.sender import Draft, Sender
from models.delivery import NoticeState
from tests.delivery.post_office import CHANNEL, PostOffice, make_tables, post_office
from tests.slack_world import SlackWorld

FAULTS = ["500", "500_after", "reset", "reset_after", "html", "html_after", "429", "internal_error", "token_revoked"]
METHODS = ["chat.postMessage", "conversations.history", "chat.delete"]

owing = st.tuples(st.just("owe"), st.integers(0, 9))
posting_badly = st.tuples(st.just("post badly"), st.sampled_from(FAULTS).map(lambda fault: ("chat.postMessage", fault)))
going_wrong = st.tuples(st.just("fault"), st.tuples(st.sampled_from(METHODS), st.sampled_from(FAULTS)))
working = st.tuples(st.sampled_from(["deliver", "settle", "die", "stall", "resume"]), st.just(0))
histories = st.lists(st.one_of(posting_badly, owing, going_wrong, working), min_size=3, max_size=14)

_worlds: list[SlackWorld] = []


@pytest.fixture(scope="module", autouse=True)
def one_slack_for_all() -> Iterator[None]:
    with SlackWorld() as world:
        _worlds.append(world)
        yield
    _worlds.clear()


class Troubles:
    """Two senders, one of which dies and stalls."""

    def __init__(self, office: PostOffice, unsteady: Sender) -> None:
        self.office = office
        self.unsteady = unsteady
        self.stalled: list[Draft] = []
        self.owed: set[str] = set()

    def happen(self, what: str, detail: int | tuple[str, str]) -> None:
        match what, detail:
            case "owe", int(number):
                self.owed.add(f"message {number}")
                self.office.owe(f"message {number}")
            case "post badly", (str(method), str(fault)):
                self.office.slack.faults.next(method, fault)
                self.happen("owe", 10 + len(self.owed))
                self.office.deliver()
            case "fault", (str(method), str(fault)):
                self.office.slack.faults.next(method, fault)
            case "deliver", _:
                self.office.deliver()
            case "settle", _:
                self.office.settle()
            case "die", _:
                claim_due(self.unsteady.room)
            case "stall", _:
                drafts = [self.unsteady._prepare(claim) for claim in claim_due(self.unsteady.room)]
                self.stalled += [draft for draft in drafts if draft]
            case _:
                self.resume()

    def resume(self) -> None:
        """What stalled at the very socket write writes now, however late."""
        while self.stalled:
            draft = self.stalled.pop()
            self.office.slack.faults.clear()
            draft.post(self.unsteady.room, plain=False)

    def calm_down(self) -> None:
        self.resume()
        self.office.slack.faults.clear()
        self.office.clock.push(minutes=6)
        self.office.deliver()
        self.office.settle(rounds=3)
        for minutes in (2, 10, 60):
            self.office.clock.push(minutes=minutes)
            sweep_copies(self.office.room)


def prepared(folder: str) -> str:
    url = f"sqlite:///{Path(folder) / 'focal.db'}"
    make_tables(url)
    return url


@settings.get_profile("dear")
@given(histories)
@pytest.mark.fault(6)
def test_each_message_stands_in_slack_once(history: list[tuple[str, int | tuple[str, str]]]) -> None:
    [slack] = _worlds
    slack.faults.clear()
    slack.do(lambda workspace: workspace.world.channels[CHANNEL].messages.clear())
    with (
        tempfile.TemporaryDirectory() as folder,
        post_office(prepared(folder), slack) as office,
    ):
        unsteady = office.hire()
        troubles = Troubles(office, unsteady)
        for what, detail in history:
            troubles.happen(what, detail)
        troubles.calm_down()
        unsteady.close()
        assert {key: office.copies(key) for key in troubles.owed} == dict.fromkeys(troubles.owed, 1)
        assert {office.state(key) for key in troubles.owed} <= {NoticeState.SENT}
