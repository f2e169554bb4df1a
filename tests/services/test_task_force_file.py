"""The task-force file: checked with a line for each mistake, loaded without losing anything, written back."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from foundation.database import Database
from models.journal import JournalEntry
from models.people import Person, RoleName
from models.structure import Area, FocalPoint, TaskForce
from services.directory import directory, touch
from services.task_force_file import Difference, Mistakes, WouldUndoSlack, dump, load, read
from tests.fixtures_task_force import ISC_TF, LOADED_AT

LATER = datetime(2026, 11, 9, 8, tzinfo=UTC)
SMALL = """
name: TF
title: {en: A task force}
timezone: Europe/Zurich
channel: C0TF
units: [{key: BR, name: {en: Radio}}, {key: GS, name: {en: Secretariat}}]
stations: [{key: geneva, name: Geneva, timezone: Europe/Zurich}]
members:
  - {slack: U0CHAIR, name: Chair, roles: [chair], station: geneva}
  - {slack: U0AMA, name: Ama, unit: BR, alternate: U0BEN}
  - {slack: U0BEN, name: Ben, roles: [secretariat, deputy], unit: BR}
areas:
  - {key: climate, name: {en: Climate}, focal_points: {BR: U0AMA, GS: []}}
  - {key: youth, name: {en: Youth}, focal_points: {BR: [U0AMA, U0BEN]}}
"""


def reload(database: Database, text: str, *, overwrite: bool = False) -> Difference:
    with database.transaction() as session:
        return load(session, text, actor=None, now=LATER, overwrite=overwrite)


def dumped(database: Database) -> str:
    with database.reading() as session:
        return dump(session)


@pytest.fixture
def small(empty_database: Database) -> Database:
    with empty_database.transaction() as session:
        load(session, SMALL, actor=None, now=LOADED_AT)
    return empty_database


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("Europe/Zurich}", "Europe/Zurch}", "stations[0].timezone: 'Europe/Zurch' is not an IANA time zone"),
        ("timezone: Europe/Zurich\n", "timezone: ../etc/passwd\n", "timezone: '../etc/passwd' is not an IANA"),
        ("name: TF\n", "", "name is missing"),
        ("name: TF\n", "nam: TF\n", "nam is no key of the task-force file; did you mean name?"),
        ("alternate: U0BEN", "alternat: U0BEN", "members[1].alternat is no key"),
        ("alternate: U0BEN", "alternate: U0NONE", "members[1].alternate: 'U0NONE' is not among the members"),
        ("alternate: U0BEN", "alternate: U0AMA", "members[1].alternate: 'U0AMA': expected somebody else"),
        ("slack: U0BEN", "slack: ben", "members[2].slack: 'ben': expected a Slack member id"),
        ("slack: U0BEN", "slack: U0AMA", "members[2].slack: 'U0AMA' is there twice"),
        ("roles: [chair]", "roles: [boss]", "members[0].roles[0]: 'boss': expected chair, secretariat"),
        ("roles: [chair]", "roles: [observer]", "members: nobody has the role chair"),
        ("secretariat, deputy], unit: BR", "deputy]", "members[2].unit is missing: a deputy"),
        ("unit: BR, alternate", "unit: BRR, alternate", "members[1].unit: 'BRR' is none of the units: expected"),
        ("station: geneva}", "station: mars}", "members[0].station: 'mars' is none of the stations"),
        ("BR: U0AMA", "BR: U0NONE", "areas[0].focal_points.BR: 'U0NONE' is not among the members"),
        ("BR: U0AMA", "XX: U0AMA", "areas[0].focal_points.XX: 'XX' is none of the units"),
        ("{en: Climate}", "{en: Climate, tlh: Muj}", "areas[0].name: 'tlh' is none of the languages en, fr"),
        ("{en: Climate}", "{}", "areas[0].name: expected a name in at least one language"),
        ("{en: Climate}", "Climate", "areas[0].name: 'Climate': expected keys with values"),
        ("key: youth", "key: climate", "areas[1].key: 'climate' is there twice"),
        ("key: youth,", "key: youth, key: jeunesse,", "areas[1].key is there twice"),
        ("channel: C0TF", "channel: tf", "channel: 'tf': expected a channel's id"),
        ("name: Geneva,", "name: Geneva, holidays: {country: XX},", "stations[0].holidays: no public holidays"),
        ("name: Geneva,", "name: Geneva, holidays: {add: [20261224]},", "stations[0].holidays.add[0]: '20261224'"),
        ("name: Geneva,", "name: Geneva, holidays: {drop: [2026-02-30]},", "stations[0].holidays.drop[0]: '2026-02"),
        ("name: Geneva,", "name: Geneva, holidays: {country: CH, subdivision: XX},", "stations[0].holidays: “XX” is"),
        ("name: Geneva,", "name: Geneva, holidays: {subdivision: GE},", "stations[0].holidays.subdivision: 'GE'"),
        ("name: Geneva,", "name: Geneva, holidays: {add: [2026-12-24], drop: [2026-12-24]},",
         "stations[0].holidays.drop: 2026-12-24 is added as well"),
        ("name: Geneva,", "name: Geneva, working_days: [],", "stations[0].working_days: []: expected a text"),
        ("name: Geneva,", "name: Geneva, working_days: '',", "stations[0].working_days: “” are no working days"),
        ("name: Geneva,", "name: Geneva, working_hours: '18:00-09:00',", "stations[0].working_hours: “18:00-09:00”"),
        ("name: Geneva,", "name: Geneva, working_days: mon-someday,", "stations[0].working_days: “mon-someday”"),
        ("name: Geneva,", "name: Geneva, working_hours: 9 to 5,", "stations[0].working_hours: “9 to 5”"),
        ("name: TF\n", "name: TF\nmeeting_duration: long\n", "meeting_duration: “long” is no duration"),
        ("name: TF\n", "name: TF\nreminders: {before_deadline: [5wd]}\n", "reminders.before_deadline[0]: '5wd'"),
        ("name: TF\n", "name: TF\nreminders: {most_per_meeting: 0}\n", "reminders.most_per_meeting: '0'"),
        ("name: TF\n", "name: TF\nescalation: {ladder: [{after: 0d, to: deputy}]}\n", "escalation.ladder: never"),
        ("name: TF\n", "name: TF\nescalation: {ladder: [{after: 0d, to: boss}]}\n", "escalation.ladder[0].to: 'boss'"),
        ("name: TF\n", "name: TF\nescalation: {ladder: [{after: 5wd, to: owner}, {after: 3wd, to: chair}]}\n",
         "escalation.ladder[1].after: '3wd': expected later than the step before it (5wd)"),
        ("name: TF\n", "name: [TF\n", "the file is no YAML"),
        (SMALL, "", "the file is empty: expected a task force"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_that_names_key_value_and_expectation(right: str, wrong: str, line: str) -> None:
    assert right in SMALL
    with pytest.raises(Mistakes) as refused:
        read(SMALL.replace(right, wrong, 1))
    assert [found for found in refused.value.lines if found.startswith(line)]


def test_a_mistake_tells_its_line() -> None:
    with pytest.raises(Mistakes) as refused:
        read(SMALL.replace("alternate: U0BEN", "alternate: U0NONE"))
    assert refused.value.lines[0].endswith("(line 10)")


def test_a_mistake_changes_nothing(small: Database) -> None:
    before = dumped(small)
    with pytest.raises(Mistakes):
        reload(small, SMALL.replace("name: TF", "name: Other").replace("U0BEN", "U0NONE", 1))
    assert dumped(small) == before


def test_the_sample_isc_tf_is_in_order_and_has_the_eleven_areas_in_six_languages() -> None:
    file = read(ISC_TF.read_text("utf-8"))
    assert len(file.areas) == 11
    assert {len(area.name) for area in file.areas} == {6}
    assert {unit.key for unit in file.units} == {"BR", "TSB", "BDT", "GS"}
    assert len(file.stations) == 14


def test_a_dump_loads_back_to_no_difference(loaded: Database) -> None:
    text = dumped(loaded)
    assert not reload(loaded, text)
    assert dumped(loaded) == text


def test_a_first_load_begins_the_first_cycle_and_a_later_one_does_not(small: Database) -> None:
    reload(small, SMALL.replace("name: TF", "name: TF 2"))
    with small.reading() as session:
        rules = session.get_one(TaskForce, 1)
        assert (rules.name, rules.first_loaded_at) == ("TF 2", LOADED_AT)


def test_the_difference_is_told_in_plain_words(small: Database) -> None:
    found = reload(small, SMALL.replace("name: Geneva", "name: Genève").replace("GS: []", "GS: U0BEN"))
    assert found.lines == [
        "stations.geneva.name: Geneva → Genève",
        "areas.climate.focal_points.GS: none → U0BEN",
        "Note: escalation.ladder: GS has no deputy; the step after 5wd is skipped for it",
    ]


def test_vacant_seats_and_steps_that_meet_nobody_are_named(small: Database) -> None:
    assert reload(small, SMALL).warnings == (
        "areas.climate.focal_points.GS: vacant",
        "escalation.ladder: GS has no deputy; the step after 5wd is skipped for it",
    )


def test_an_area_that_the_file_no_longer_names_is_archived_and_kept(small: Database) -> None:
    found = reload(small, SMALL[: SMALL.index("  - {key: youth")])
    assert found.lines[0] == "areas.youth: archived (Youth)"
    with small.reading() as session:
        assert [area.key for area in directory(session).areas] == ["climate"]
        assert session.exec(select(Area).where(Area.key == "youth")).one().archived_at == LATER


def test_an_area_that_comes_back_is_the_same_area(small: Database) -> None:
    reload(small, SMALL[: SMALL.index("  - {key: youth")])
    reload(small, SMALL)
    with small.reading() as session:
        assert session.exec(select(Area).where(Area.key == "youth")).one().archived_at is None
        assert len(directory(session).seats) == 3


def test_who_held_a_seat_before_stays_on_record(small: Database) -> None:
    reload(small, SMALL.replace("BR: U0AMA", "BR: U0BEN"))
    with small.reading() as session:
        who = directory(session)
        seat = who.seats[0]
        assert [person.slack_id for person in who.holders(seat)] == ["U0BEN"]
        held = session.exec(select(FocalPoint).where(FocalPoint.seat_id == seat.id)).all()
        assert [(row.since, row.until) for row in held] == [(LOADED_AT, LATER), (LATER, None)]


def test_a_member_whom_the_file_no_longer_names_has_left(small: Database) -> None:
    text = SMALL.replace("  - {slack: U0BEN, name: Ben, roles: [secretariat, deputy], unit: BR}\n", "")
    reload(small, text.replace(", alternate: U0BEN", "").replace("[U0AMA, U0BEN]", "U0AMA"))
    with small.reading() as session:
        ben = session.exec(select(Person).where(Person.slack_id == "U0BEN")).one()
        assert (ben.member, ben.left_at) == (True, LATER)
        assert directory(session).with_role(RoleName.SECRETARIAT) == []


def test_a_visitor_whom_the_file_names_becomes_a_member(small: Database) -> None:
    with small.transaction() as session:
        session.add(Person(slack_id="U0VISITOR", name="vera", slack_locale="fr-FR"))
    reload(small, SMALL.replace("areas:", "  - {slack: U0VISITOR, name: Vera, unit: GS}\nareas:"))
    with small.reading() as session:
        vera = directory(session).by_slack_id("U0VISITOR")
        assert vera is not None
        assert (vera.name, vera.member, vera.slack_locale) == ("Vera", True, "fr-FR")


def test_what_was_changed_in_slack_is_not_undone(small: Database) -> None:
    with small.transaction() as session:
        area = session.exec(select(Area).where(Area.key == "climate")).one()
        area.name = {"en": "Climate change"}
        touch(session, "areas.climate.name.en")
    with pytest.raises(WouldUndoSlack) as refused:
        reload(small, SMALL.replace("name: TF", "name: TF 2"))
    assert refused.value.lines == ["areas.climate.name.en: Climate change → Climate (was changed in Slack)"]
    assert "name: TF 2" not in dumped(small)


def test_what_was_changed_in_slack_is_undone_when_asked(small: Database) -> None:
    with small.transaction() as session:
        session.exec(select(Area).where(Area.key == "climate")).one().name = {"en": "Climate change"}
        touch(session, "areas.climate.name.en")
    assert reload(small, SMALL, overwrite=True)
    assert not reload(small, SMALL)


def test_a_file_that_knows_of_the_change_in_slack_is_loaded(small: Database) -> None:
    with small.transaction() as session:
        session.exec(select(Area).where(Area.key == "climate")).one().name = {"en": "Climate change"}
        touch(session, "areas.climate.name.en")
    found = reload(small, SMALL.replace("{en: Climate}", "{en: Climate change}").replace("name: TF", "name: TF 2"))
    assert [change.path for change in found.changes] == ["name"]


def test_an_area_made_in_slack_is_not_archived_by_a_file_that_does_not_know_it(small: Database) -> None:
    with small.transaction() as session:
        session.add(Area(key="ai", name={"en": "AI"}, rank=9))
        touch(session, "areas.ai")
    with pytest.raises(WouldUndoSlack):
        reload(small, SMALL)


def test_everybody_sees_a_load_at_once(small: Database) -> None:
    with small.reading() as session:
        assert directory(session).task_force.name == "TF"
    reload(small, SMALL.replace("name: TF", "name: TF 2"))
    with small.reading() as session:
        assert directory(session).task_force.name == "TF 2"


def test_the_order_of_areas_follows_the_file(small: Database) -> None:
    first, youth = SMALL.split("  - {key: climate", maxsplit=1)[0], SMALL[SMALL.index("  - {key: youth") :]
    climate = SMALL[SMALL.index("  - {key: climate") : SMALL.index("  - {key: youth")]
    found = reload(small, first + youth + climate)
    assert found.lines[0] == "order of areas: climate, youth → youth, climate"
    with small.reading() as session:
        assert [area.key for area in directory(session).areas] == ["youth", "climate"]


def test_a_load_is_journalled_for_each_record_that_it_changed(small: Database) -> None:
    reload(small, SMALL.replace("{en: Youth}", "{en: The young}").replace("name: TF", "name: TF 2"))
    with small.reading() as session:
        entries = session.exec(select(JournalEntry).where(JournalEntry.at == LATER)).all()
        assert [(entry.act, entry.subject, entry.before, entry.after) for entry in entries] == [
            ("task_force.change", "task force", {"name": "TF"}, {"name": "TF 2"}),
            ("area.change", "youth", {"name.en": "Youth"}, {"name.en": "The young"}),
        ]
        assert entries[1].area_id is not None


def test_the_same_length_written_differently_is_no_difference(small: Database) -> None:
    assert not reload(small, SMALL.replace("name: TF\n", "name: TF\nmeeting_duration: 120 m\n"))
