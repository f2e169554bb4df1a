"""Whatever is moved, left out, proposed and put back: every item stands on the agenda once, in its order."""

from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.database import Database
from services import agenda_acts
from services.agenda_order import Section, arrange
from tests.services.agenda_desk import BEGUN, DAY, AgendaDesk

MEETING = BEGUN + 20 * DAY


@dataclass(frozen=True)
class Item:
    """Something that can be put in order."""

    name: int
    section: Section
    place: int | None = None


ITEMS = st.lists(
    st.builds(Item, st.integers(), st.sampled_from(Section), st.none() | st.integers(1, 9)),
    max_size=12, unique_by=lambda item: item.name,
)  # fmt: skip


@given(ITEMS)
def test_every_item_stands_in_the_order_once(items: list[Item]) -> None:
    assert sorted(arrange(items), key=repr) == sorted(items, key=repr)


@given(ITEMS)
def test_placed_items_keep_their_order_among_each_other(items: list[Item]) -> None:
    placed = [item for item in arrange(items) if item.place is not None]
    assert placed == sorted((item for item in items if item.place is not None), key=lambda item: item.place or 0)


@given(ITEMS)
def test_items_that_nobody_placed_stand_by_their_sections(items: list[Item]) -> None:
    loose = [item for item in items if item.place is None]
    assert arrange(loose) == sorted(loose, key=lambda item: item.section)
    assert [item for item in arrange(items) if item.place is None] == arrange(loose)


ACTS = st.lists(
    st.tuples(st.sampled_from(["up", "down", "out", "back", "propose", "raise", "position"]), st.integers(0, 8)),
    max_size=12,
)  # fmt: skip


@settings(settings.get_profile("dear"))
@given(acts=ACTS)
def test_an_agenda_keeps_every_item_whatever_is_done_with_it(loaded_once: Path, acts: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{copy(loaded_once, folder)}")
        Life(AgendaDesk(database)).live(acts)
        database.close()


class Life:
    """An agenda that people work on, and what should stand on it."""

    def __init__(self, desk: AgendaDesk) -> None:
        self.desk = desk
        self.desk.meeting(MEETING)
        self.expected = {"standing:0", "standing:1", "standing:2"}
        self.out: set[str] = set()

    def live(self, acts: list[tuple[str, int]]) -> None:
        for act, n in acts:
            before = self.shown()
            self.do(act, before, n)
            after = self.shown()
            assert sorted(after) == sorted(self.expected - self.out)
            if act in {"out", "back", "propose", "raise"}:
                both = set(before) & set(after)
                assert [key for key in before if key in both] == [key for key in after if key in both]

    def do(self, act: str, shown: list[str], n: int) -> None:
        key = shown[n % len(shown)] if shown else ""
        match act:
            case "propose":
                self.expected.add(f"proposed:{self.desk.proposes(f'Item {len(self.expected)}', BEGUN)}")
            case "raise":
                self.expected.add(f"issue:{self.desk.raised('U0CY', BEGUN, title=f'Question {len(self.expected)}')}")
            case "back" if self.out:
                self.change(agenda_acts.put_back, key=self.out.pop())
            case "out" if key:
                self.change(agenda_acts.leave_out, key=key)
                self.out.add(key)
            case "position" if key:
                wish = agenda_acts.Wish(str(1 + n % len(shown)), title="Item", description="")
                self.change(agenda_acts.change, key=key, wish=wish)
            case "up" | "down" if key:
                self.there_and_back(act, key, shown)

    def there_and_back(self, act: str, key: str, shown: list[str]) -> None:
        """Move it; moving it back restores the order, where it was not at the end already."""
        by = -1 if act == "up" else 1
        at = shown.index(key)
        self.change(agenda_acts.shift, key=key, by=by)
        there = min(max(at + by, 0), len(shown) - 1)
        assert self.shown().index(key) == there
        if there != at:
            self.change(agenda_acts.shift, key=key, by=-by)
            assert self.shown() == shown
            self.change(agenda_acts.shift, key=key, by=by)

    def change(self, act: object, **given: object) -> None:
        self.desk.act(act, "U0SEC", BEGUN, meeting_id=1, **given)  # type: ignore[arg-type]

    def shown(self) -> list[str]:
        return self.desk.items(1, BEGUN)
