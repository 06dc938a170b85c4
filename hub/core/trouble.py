"""What the site says while its database cannot work; nothing was half done."""

from dataclasses import dataclass

from hub.core.errors import N_


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble: its name for programs, its words, when to try again."""

    code: str
    title: str
    advice: str
    retry_after_s: int


BUSY = Trouble(
    code="busy",
    title=N_("The site is very busy"),
    advice=N_("Nothing was half done. Try again in a moment."),
    retry_after_s=10,
)
FULL = Trouble(
    code="database_full",
    title=N_("The server has no room left to write"),
    advice=N_(
        "Nothing was half done, and what was confirmed before is kept. Pages can still"
        " be read. Somebody must make room on the server; try again in a few minutes."
    ),
    retry_after_s=60,
)
DOWN = Trouble(
    code="database_down",
    title=N_("The database does not answer"),
    advice=N_(
        "Nothing was half done, and what was confirmed before is kept. The site comes"
        " back by itself as soon as the database does; try again in a minute."
    ),
    retry_after_s=20,
)
_BUSY_STATES = {
    "40001",  # two works at once, one of them to be done again
    "40P01",  # each waits for the other
    "55P03",  # a lock that did not come in time
    "57014",  # cut for lasting too long
    "53200",  # no memory for now
    "53300",  # no connection left for now
}
_NO_ROOM = "53100"


def trouble_of(sqlstate: str | None) -> Trouble:
    """Which trouble a failed statement tells of.

    `sqlstate` is PostgreSQL's code of the failure; None when no server answered at all.
    Whatever is neither a full disk nor a crowd is a server that stops, starts or is
    gone (class 57P, class 08).
    """
    if sqlstate == _NO_ROOM:
        return FULL
    return BUSY if sqlstate in _BUSY_STATES else DOWN
