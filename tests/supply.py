"""What the bot is made of, and whether anything of it is known to be vulnerable.

    python -m tests.supply          # writes .cache/sbom.json (CycloneDX), then asks pip-audit

A finding fails. Where nothing can be looked up, because the service cannot be reached or the index tells nothing, it
says so in one line and goes on: that is no finding, and no promise either.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
BOT, EVERYTHING = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
SBOM = ROOT / ".cache" / "sbom.json"
SECONDS = 100
_LOCKED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)", re.IGNORECASE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def read_lock(text: str) -> list[Component]:
    """Return what a lock names, each with the hashes of the files that may be installed for it."""
    components: list[Component] = []
    for line in text.splitlines():
        if found := _LOCKED.match(line):
            name, version = found["name"], found["version"]
            purl = PackageURL("pypi", name=name, version=version)
            components.append(
                Component(type=ComponentType.LIBRARY, name=name, version=version, purl=purl, bom_ref=str(purl))
            )
        if found := _HASH.search(line):
            components[-1].hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=found[1]))
    return components


def write_sbom(lock: Path, file: Path) -> int:
    """Write the software bill of materials of a lock. Returns how many components it names."""
    bom = Bom(components=read_lock(lock.read_text("utf-8")))
    bom.metadata.component = Component(type=ComponentType.APPLICATION, name="focal", bom_ref="focal")
    bom.register_dependency(bom.metadata.component, bom.components)
    file.parent.mkdir(exist_ok=True)
    file.write_text(JsonV1Dot6(bom).output_as_string(indent=1), "utf-8")
    return len(bom.components)


def audit(lock: Path) -> tuple[str, str]:
    """Return what pip-audit reports of a lock, and its last word where it could not."""
    program = str(Path(sys.executable).parent / "pip-audit")
    asked = [program, "--progress-spinner=off", "--require-hashes", "--disable-pip", "--format=json", "-r", str(lock)]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "", f"no answer within {SECONDS} s"
    return done.stdout, (done.stderr.splitlines() or [""])[-1]


def verdict(report: str, trouble: str) -> tuple[int, list[str]]:
    """Return the exit status and what to say of a report of pip-audit; an empty one means that it could not ask."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return 0, [f"audit: nothing could be looked up from here: {trouble[:200]}"]
    found = [
        f"audit: {package['name']} {package['version']}: {flaw['id']}, mended in {flaw['fix_versions']}"
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    unknown = sum("skip_reason" in package for package in packages)
    said = f"audit: {len(packages) - unknown} of {len(packages)} packages were looked up, {len(found)} findings"
    return int(bool(found)), [*found, said + ("; the service knows nothing of the others" if unknown else "")]


def main() -> int:
    """Write the bill, look for what is known, say both."""
    named = write_sbom(BOT, SBOM)
    status, sentences = verdict(*audit(EVERYTHING))
    print(f"sbom: {named} components in {SBOM.relative_to(ROOT)}", *sentences, sep="\n")  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(main())
