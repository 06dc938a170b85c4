"""What Charroi promises, how each promise is shown, and what was found.

One source for two readers: the page « Preuves », in the language of whoever reads it,
and `docs/proofs.md`, which `make docs` writes in English. They cannot differ.
The figures of the last `make soak` are in `soak.py`, those of shorter runs in
`figures.py`.
"""

from hub.core.proofs.figures import FIGURES, FIGURES_ON, Figure
from hub.core.proofs.promises import PROMISES, Promise
from hub.core.proofs.soak import SOAK
from hub.core.proofs.soak_run import PARTS, Part, SoakRun

__all__ = [
    "FIGURES",
    "FIGURES_ON",
    "PARTS",
    "PROMISES",
    "SOAK",
    "Figure",
    "Part",
    "Promise",
    "SoakRun",
]
