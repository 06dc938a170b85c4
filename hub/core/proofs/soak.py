"""The last `make soak` that was run to its end. Put its figures here, and only here.

    SOAK = SoakRun(
        ran_on=date(2026, 11, 22), commit="0123456789", hours=Decimal("2.02"), cores=2,
        parts=(Part("races", num_rounds=20, num_passed=860),),
    )

`python -m tests.house.proofs_page var/soak/…/figures.json` writes this file from what
the run left, then `docs/proofs.md`; `make docs` writes the page after an edit by hand.
"""

from hub.core.proofs.soak_run import SoakRun

SOAK: SoakRun | None = None
