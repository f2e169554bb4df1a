"""The whole table of rights."""

from tests.security.acts_asking import ASKING, MEETINGS, PEOPLE
from tests.security.acts_meeting import MEETING_HELD, MINUTES
from tests.security.acts_reporting import ISSUES, UPDATES

TABLE = (*ASKING, *PEOPLE, *MEETINGS, *MEETING_HELD, *MINUTES, *UPDATES, *ISSUES)
