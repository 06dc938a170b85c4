"""Forms of envelopes; they check shape, not rules."""

from vouchers.forms.envelopes import AmountForm, GrantForm, WelcomeForm

__all__ = ["AmountForm", "GrantForm", "WelcomeForm"]
