"""Who acts in the table of rights: one person for every role of the task force, and those outside it."""

CHAIR, ACTING, DELEGATE, SECRETARIAT = "chair", "acting chair", "delegate", "secretariat"
DEPUTY, FOCAL, ALTERNATE, OWNER = "deputy", "focal point of the area", "alternate", "owner of the issue"
ELSEWHERE, DIRECTOR, CHIEF = "focal point of another area", "regional director", "department chief"
OBSERVER, INVITED, PLAIN = "observer", "invited", "member without a role"
OUTSIDER, GUEST, GONE = "not a member", "guest", "deactivated"

PEOPLE = {
    CHAIR: "U0CHAIR", ACTING: "U0ACTING", DELEGATE: "U0DELE", SECRETARIAT: "U0SEC", DEPUTY: "U0DEPR", FOCAL: "U0CY",
    ALTERNATE: "U0ALT", OWNER: "U0OWNER", ELSEWHERE: "U0INES", DIRECTOR: "U0RDAF", CHIEF: "U0DCH", OBSERVER: "U0OBS",
    INVITED: "U0INV", PLAIN: "U0PLAIN", OUTSIDER: "U0NEWS", GUEST: "U0GUEST", GONE: "U0GONE",
}  # fmt: skip

EVERYBODY = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
READERS = EVERYBODY - {GUEST, GONE}
"""Everyone in the workspace but guests."""
MEMBERS = READERS - {OUTSIDER}
CONTRIBUTORS = MEMBERS - {OBSERVER}
MANAGERS = frozenset({SECRETARIAT, CHAIR, ACTING})
DECIDERS = frozenset({CHAIR, ACTING, DELEGATE})
"""Of the issues that were delegated."""
SPEAKERS = frozenset({FOCAL, ALTERNATE})
"""Who speaks for a unit in the area: the focal point for BDT, the alternate for BR."""
SETTLERS = frozenset({FOCAL, ALTERNATE, OWNER, SECRETARIAT})
JOURNAL_READERS = MANAGERS | {OBSERVER}
