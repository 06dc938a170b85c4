"""Pages of the first day: steps, examples, sheets."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("routing:first_steps",),
        forms=("routing:step_hide", "routing:sample_load", "routing:samples_remove"),
        sections={"coordinator": "first-steps"},
        about=N_(
            "Five steps from an empty hub to a first cycle. A step is done when what "
            "it needs is there."
        ),
        then=N_("“%(try)s” brings invented rows, named as examples, to look around."),
        back=N_(
            "“%(all)s” takes them away whole, unless something real hangs on them: the "
            "page then says what. A hidden step can be shown again."
        ),
        buttons={"try": N_("Try with an example"), "all": N_("Remove all examples")},
    ),
    Help(
        pages=("routing:imports", "routing:import_new"),
        sections={"coordinator": "first-steps"},
        about=N_(
            "Takes your own sheets as they are: members, places, products, trucks."
        ),
        then=N_(
            "“%(see)s” reads the sheet and shows each row. Nothing is written before "
            "you confirm."
        ),
        back=N_(
            "An import is taken back as a whole, as long as nothing hangs on its rows."
        ),
        buttons={"see": N_("See what it would do")},
    ),
    Help(
        pages=("routing:import_batch",),
        forms=(
            "routing:import_confirm",
            "routing:import_undo",
            "routing:import_discard",
        ),
        sections={"coordinator": "first-steps"},
        about=N_("Row by row, what your sheet would do, or what it did."),
        then=N_(
            "“%(go)s” does just what is shown, all or nothing. If a column is misread, "
            "say what it holds and “%(look)s”."
        ),
        back=N_(
            "“%(undo)s” removes what it made and restores what it changed; a row that "
            "is used since stops it, and the page says which."
        ),
        buttons={
            "go": N_("Import"),
            "look": N_("Look again"),
            "undo": N_("Take it back"),
        },
    ),
)
