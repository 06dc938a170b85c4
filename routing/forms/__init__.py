"""Shapes of what people type about trucks and plans; rules are the services'."""

from routing.forms.adjusting import DecisionForm, StepForm
from routing.forms.breakdown import BreakdownForm
from routing.forms.fleet import (
    JoinForm,
    PoolForm,
    SearchForm,
    VehicleForm,
)
from routing.forms.importing import ColumnsForm, SheetForm
from routing.forms.lending import DaysForm, LoanForm
from routing.forms.papers import DriverForm, PaperForm
from routing.forms.reopening import ReopenForm, WayBackForm
from routing.forms.settling import SettlementRuleForm

__all__ = [
    "ReopenForm",
    "WayBackForm",
    "ColumnsForm",
    "SheetForm",
    "BreakdownForm",
    "DaysForm",
    "DriverForm",
    "DecisionForm",
    "JoinForm",
    "LoanForm",
    "PaperForm",
    "PoolForm",
    "SearchForm",
    "StepForm",
    "SettlementRuleForm",
    "VehicleForm",
]
