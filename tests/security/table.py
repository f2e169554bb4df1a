"""The whole table of rights."""

from tests.security.acts_agenda import AGENDA
from tests.security.acts_asking import ASKING, MEETINGS, PEOPLE
from tests.security.acts_deciding import DECIDING
from tests.security.acts_meeting import MEETING_HELD, MINUTES
from tests.security.acts_reporting import ISSUES, UPDATES

TABLE = (*ASKING, *PEOPLE, *MEETINGS, *AGENDA, *MEETING_HELD, *MINUTES, *UPDATES, *ISSUES, *DECIDING)
