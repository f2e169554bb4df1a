"""Refusals: what Focal says when it cannot do what was asked, in one sentence that says what to do instead."""

from foundation.language import Language, Speakable


class Refusal(Exception):  # noqa: N818 - the field's word: a registrar refuses
    """An act that is refused, with the sentence for the person, in whatever language they read.

    `msgid` is English, marked with `N_`; `params` fill its `{placeholders}` and may be `Speakable`.
    """

    def __init__(self, msgid: str, **params: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = params

    def plain(self, language: Language) -> str:
        """Return the sentence for a place that shows text as it is (an error at a field)."""
        return language.t(self.msgid, **self.params)

    def mrkdwn(self, language: Language) -> str:
        """Return the sentence for a message, with everything foreign in it made inert."""
        return language.m(self.msgid, **self.params)


class FieldRefusal(Refusal):
    """A refusal that belongs to one field of a form; `field` is a name of `views.ids`."""

    def __init__(self, field: str, msgid: str, **params: object) -> None:
        super().__init__(msgid, **params)
        self.field = field


class Denied(Refusal):
    """A refusal because of who is acting: others may do it. The journal keeps it."""


class FieldDenied(FieldRefusal, Denied):
    """The same at a field of a form."""


class Repeated(Exception):  # noqa: N818 - not an error: the same request came twice
    """The request was already carried out: Slack delivered it again, or it was clicked twice."""


__all__ = ["Denied", "FieldDenied", "FieldRefusal", "Refusal", "Repeated", "Speakable"]
