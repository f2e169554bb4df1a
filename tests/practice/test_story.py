"""The story that a practice workspace opens on, as it is written; how it is told is played end to end."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from practice.seed import seed_world
from practice.story import LINES, read_story
from practice.tour import STEPS, Tour
from practice.world import Channel
from tests.fixtures_task_force import ISC_TF

DM, CHANNEL = Channel("D0AMA", "U0AMA", kind="im"), Channel("C0TASKFORCE", "isc-tf")


def message(action: str, **parts: object) -> dict[str, object]:
    return {"blocks": [{"type": "actions", "elements": [{"type": "button", "action_id": action}]}], **parts}


def test_the_story_goes_forward_through_a_fortnight_of_working_time() -> None:
    story = read_story()
    moments = [story.begins, *(scene.at for scene in story.scenes), story.ends]
    assert all(before < after for before, after in pairwise(moments))
    assert (story.ends - story.begins).days >= 14
    assert all(each.weekday() < 5 and 8 <= each.hour < 18 for each in moments)


def test_everybody_in_the_story_is_in_the_sample_task_force() -> None:
    story, people = read_story(), seed_world(ISC_TF).people
    assert {who for scene in story.scenes for who, _, _ in scene.lines} <= set(people)
    assert {hint.who for hint in story.hints} <= set(people)
    assert {kind for scene in story.scenes for _, kind, _ in scene.lines} <= set(LINES)
    assert [hint.step for hint in story.hints] == list(STEPS)


def test_a_world_begins_when_its_story_does() -> None:
    begins = datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Europe/Zurich"))
    assert abs((seed_world(ISC_TF, begins=begins).now() - begins).total_seconds()) < 60


def test_a_step_is_done_by_what_it_asks_for_and_by_nothing_else() -> None:
    told: list[list[str]] = []
    tour = Tour(lambda done: told.append(list(done)))
    tour.posted(CHANNEL, message("update.settle", thread_ts="1.0"))
    assert told == []
    tour.steps = []
    tour.posted(DM, message("update.settle", thread_ts="1.0"))
    tour.posted(CHANNEL, message("update.settle"))
    tour.edited(message("issue.decide"), message("issue.decide"))
    tour.read([message("issue.show")])
    tour.answered(message("update.edit"))
    assert told == []
    tour.posted(CHANNEL, message("update.settle", thread_ts="1.0"))
    tour.read([message("issue.show"), message("reminder.snooze")])
    tour.posted(CHANNEL, message("issue.position"))
    tour.edited(message("issue.decide"), message("issue.show"))
    tour.answered(message("answer.share"))
    tour.answered(message("answer.share"))
    assert told[-1] == list(STEPS)
    assert len(told) == len(STEPS)


def test_what_happens_to_somebody_in_one_workspace_does_not_happen_in_the_next() -> None:
    for person in seed_world(ISC_TF).people.values():
        person.is_guest = person.deleted = True
    people = seed_world(ISC_TF).people
    assert not people["U0NEWS"].is_guest
    assert not people["U0GUEST"].deleted
    assert not people["U0AMA"].deleted
