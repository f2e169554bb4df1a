"""The bill of materials names what the lock does; a finding fails, and not having looked is not passed off as one."""

import json
from pathlib import Path

from tests.supply import BOT, EVERYTHING, read_lock, verdict, write_sbom

FLAW = {"id": "PYSEC-2026-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}


def test_the_bill_names_every_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    file = tmp_path / "new" / "sbom.json"
    named = write_sbom(BOT, file)
    bill = json.loads(file.read_text("utf-8"))
    assert (bill["bomFormat"], len(bill["components"])) == ("CycloneDX", named)
    assert named == sum("==" in line for line in BOT.read_text("utf-8").splitlines())
    assert all(component["purl"].startswith("pkg:pypi/") and component["hashes"] for component in bill["components"])


def test_what_is_audited_has_all_of_the_bot_in_it() -> None:
    bot, everything = ({str(c.purl) for c in read_lock(lock.read_text("utf-8"))} for lock in (BOT, EVERYTHING))
    assert bot <= everything


def test_a_finding_fails_even_where_other_packages_are_unknown() -> None:
    packages = [{"name": "a", "version": "1.0", "vulns": [FLAW]}, {"name": "b", "skip_reason": "not found"}]
    status, said = verdict(json.dumps({"dependencies": packages, "fixes": []}), "")
    assert status == 1
    assert said[0] == "audit: a 1.0: PYSEC-2026-1, mended in ['2.0']"


def test_what_could_not_be_looked_up_is_said_in_a_line() -> None:
    unknown = json.dumps({"dependencies": [{"name": "b", "skip_reason": "not found"}]})
    assert verdict("", "no route") == (0, ["audit: nothing could be looked up from here: no route"])
    assert verdict(unknown, "") == (
        0, ["audit: 0 of 1 packages were looked up, 0 findings; the service knows nothing of the others"]
    )  # fmt: skip
