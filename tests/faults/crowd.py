"""People who go on reporting while something terrible happens; afterwards it is counted what became of it."""

import threading
from dataclasses import dataclass, field
from typing import Self

from tests.e2e.stage import Stage
from tests.faults.telling import acknowledged, copies, new_words, report

PAUSE = 0.3
"""Seconds between two reports: a channel takes about one a second, and those that fail cost nothing."""


@dataclass
class Crowd:
    """One who reports without pause, in a thread of its own. `with Crowd(stage) as crowd: …`."""

    stage: Stage
    acknowledged: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    """What was answered by Slack's own sentence, or by a sentence that it could not be stored."""
    sentences: set[str] = field(default_factory=set)
    """What was said in place of an acknowledgement."""
    slowest: float = 0.0

    def __enter__(self) -> Self:
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._report, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()

    def lost(self) -> list[str]:
        """What was acknowledged and does not stand in Slack."""
        return [said for said in self.acknowledged if copies(self.stage, said) == 0]

    def twice(self) -> list[str]:
        """What stands in Slack more than once, acknowledged or not."""
        return [said for said in self.acknowledged + self.unsure if copies(self.stage, said) > 1]

    def _report(self) -> None:
        while not self._enough.wait(PAUSE):
            said = new_words()
            answer = report(self.stage, said)
            if acknowledged(answer):
                self.acknowledged.append(said)
            else:
                self.unsure.append(said)
                self.sentences.add(answer.plain.splitlines()[0] if answer.plain else "")
