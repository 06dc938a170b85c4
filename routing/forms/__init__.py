"""Shapes of what people type about trucks and plans; rules are the services'."""

from routing.forms.fleet import (
    CentsField,
    JoinForm,
    PoolForm,
    SearchForm,
    VehicleForm,
)
from routing.forms.lending import DaysForm, LoanForm

__all__ = [
    "CentsField",
    "DaysForm",
    "JoinForm",
    "LoanForm",
    "PoolForm",
    "SearchForm",
    "VehicleForm",
]
