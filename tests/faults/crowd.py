"""People who go on reporting while something terrible happens; afterwards it is counted what became of it."""

import threading
from dataclasses import dataclass, field
from typing import Self

from tests.e2e.stage import Stage
from tests.faults.telling import acknowledged, copies_of_each, new_words, report
from tests.slack_player import wait_for

PAUSE = 0.3
"""Seconds between two reports: a channel takes about one a second, and those that fail cost nothing."""


@dataclass
class Crowd:
    """Some who report without pause, each in a thread of their own. `with Crowd(stage) as crowd: …`."""

    stage: Stage
    people: int = 1
    pause: float = PAUSE
    acknowledged: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    """What was answered by Slack's own sentence, or by a sentence that it could not be stored."""
    sentences: set[str] = field(default_factory=set)
    """What was said in place of an acknowledgement."""
    slowest: float = 0.0

    def __enter__(self) -> Self:
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._report, daemon=True) for _ in range(self.people)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def be_heard(self) -> None:
        """Wait until one more report is acknowledged."""
        before = len(self.acknowledged)
        wait_for(lambda: len(self.acknowledged) > before, seconds=60)

    def lost(self) -> list[str]:
        """What was acknowledged and does not stand in Slack."""
        return [said for said, stood in copies_of_each(self.stage, self.acknowledged).items() if stood == 0]

    def twice(self) -> list[str]:
        """What stands in Slack more than once, acknowledged or not."""
        said = self.acknowledged + self.unsure
        return [each for each, stood in copies_of_each(self.stage, said).items() if stood > 1]

    def _report(self) -> None:
        while not self._enough.wait(self.pause):
            said = new_words()
            answer = report(self.stage, said)
            if acknowledged(answer):
                self.acknowledged.append(said)
            else:
                self.unsure.append(said)
                self.sentences.add(answer.plain.splitlines()[0] if answer.plain else "")
