"""A bot that can be told at which instant to die, stop or stall: see `tests.faults.doomed`.

bot.doom("kill claimed"); …; bot.died(); bot.start()
bot.doom("stop writing"); …; bot.met_its_doom(); bot.send_signal(SIGCONT)
"""

import re
from datetime import timedelta
from pathlib import Path

from typing_extensions import override

from tests.e2e.bot_process import HEALTHZ, ROOT, BotProcess
from tests.slack_player import wait_for


class DoomedBot(BotProcess):
    """`bot.py run` with leases of seconds, a clock that may be wrong, and a doom."""

    program = ("-m", "tests.faults.doomed")

    @override
    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__(folder, PYTHONPATH=str(ROOT), **settings)

    def doom(self, deed: str) -> None:
        """Say what it will do at which instant, once."""
        (self.folder / "doom.met").unlink(missing_ok=True)
        self._write("doom", deed)

    def met_its_doom(self) -> None:
        """Wait until that instant has come."""
        wait_for((self.folder / "doom.met").exists, seconds=90)

    def is_well(self) -> bool:
        """Whether its present run has come so far that it says so."""
        if found := re.search(HEALTHZ, self.log[self._began :]):
            self.healthz = found.group()
        return bool(found) and self._is_well()

    def wrong_by(self, **duration: float) -> None:
        """Set its machine's clock wrong."""
        self._write("jump", str(timedelta(**duration).total_seconds()))

    def lease(self, **duration: float) -> None:
        """Say how long it keeps what it claims, from its next start on."""
        self._write("lease", str(timedelta(**duration).total_seconds()))

    def _write(self, name: str, text: str) -> None:
        """Write a file that is never seen half written."""
        draft = self.folder / f"{name}.draft"
        draft.write_text(text, "utf-8")
        draft.rename(self.folder / name)
