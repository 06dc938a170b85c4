"""Why a line or a farm got what it got: a stable code, and the numbers behind it."""

from dataclasses import dataclass, field

from hub.core.errors import N_


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of SENTENCES and the data that fill its placeholders."""

    code: str
    data: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in SENTENCES:
            raise ValueError(f"Unknown reason: {self.code}")


SENTENCES: dict[str, str] = {
    # a buyer's line
    "full": N_("Everything you asked for."),
    "shared_shortage": N_(
        "%(allocated)s of %(ordered)s: there were %(supply)s for %(asked)s asked, "
        "shared in proportion to the orders."
    ),
    "shared_with_memory": N_(
        "%(allocated)s of %(ordered)s: there were %(supply)s for %(asked)s asked, "
        "shared in proportion to the orders, counting the %(memory)s you missed in "
        "the last four weeks."
    ),
    "none_available": N_("None of the %(ordered)s asked: there was nothing to share."),
    # a farm's part of a pooled offer
    "only_farm": N_("The only farm with something to give this week."),
    "all_taken": N_("Everything you posted was taken."),
    "fair_share": N_(
        "%(asked)s asked of the %(offered)s posted by all farms, shared in "
        "proportion to what each posted."
    ),
    "fair_share_behind": N_(
        "%(asked)s asked of the %(offered)s posted by all farms, shared in "
        "proportion to what each posted; your share is larger because you sold less "
        "than the others in the last four weeks."
    ),
    "fair_share_ahead": N_(
        "%(asked)s asked of the %(offered)s posted by all farms, shared in "
        "proportion to what each posted; your share is smaller because you sold more "
        "than the others in the last four weeks."
    ),
    "left_out_far": N_(
        "Not this week: the truck's detour is long, others had enough, and you have "
        "had your share of the last four weeks."
    ),
    "nothing_posted": N_("Nothing was posted for this week."),
    # a farm's minimum
    "minimum_reached": N_("The farm's minimum is reached."),
    "minimum_notify": N_(
        "The farm's minimum of %(minimum_cents)s is not reached: %(missing_cents)s are "
        "missing. By the hub's rule the orders stand."
    ),
    "minimum_cancel": N_(
        "The farm's minimum of %(minimum_cents)s is not reached: %(missing_cents)s are "
        "missing. By the hub's rule its lines of this cycle are cancelled."
    ),
}


def sentence_of(code: str) -> str:
    """Give the English source of a reason's words, for the doors to translate.

    Raises KeyError for an unknown code.
    """
    return SENTENCES[code]
