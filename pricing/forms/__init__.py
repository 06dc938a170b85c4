"""Forms of prices and of the fund; they check shape, not rules."""

from pricing.forms.fees import FeeForm, LimitForm
from pricing.forms.fund import (
    DepositForm,
    LotForm,
    ProlongForm,
    ReturnForm,
    RunwayForm,
    StopRuleForm,
)
from pricing.forms.prices import (
    AgreementForm,
    BreakEvenForm,
    MarginForm,
    TiersForm,
    TransportForm,
)

__all__ = [
    "AgreementForm",
    "BreakEvenForm",
    "DepositForm",
    "FeeForm",
    "LimitForm",
    "LotForm",
    "MarginForm",
    "ProlongForm",
    "ReturnForm",
    "RunwayForm",
    "StopRuleForm",
    "TiersForm",
    "TransportForm",
]
