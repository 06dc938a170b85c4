"""The code sent by mail: django-allauth leads the way, our table keeps the code.

The library keeps the code itself in the session and counts attempts there: two guesses
sent together would count as one, and whoever reads the database would read codes.
"""

from typing import Any, ClassVar, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest
from django.utils import timezone

from hub.models import Person
from hub.services.sign_in_codes import Outcome, issue_code, try_code


class CodeByMail(LoginCodeVerificationProcess):  # type: ignore[misc] # untyped library
    """One sign-in under way: the session knows its ticket, never its code."""

    LETTERS: ClassVar = {
        True: "account/email/login_code",
        False: "account/email/unknown_account",
    }

    @classmethod
    def initiate(
        cls,
        *,
        request: HttpRequest,
        user: Person | None,
        email: str | None = None,
        **_options: Any,
    ) -> Self:
        """Send a code; to an address that nobody has, a letter that says so.

        Both are the same work: a code is made, a row written, a letter handed over.
        """
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email))
        stage.state["initiated_by_user"] = True
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> Self | None:
        """The sign-in of this browser, unless it is too old."""
        process: Self | None = cls(stage).abort_if_invalid()
        return process

    def send_by_email(self, email: str, **_options: Any) -> None:
        """Make the code, keep its ticket, send the letter."""
        self.state["ticket"], code = issue_code(address=email, now=timezone.now())
        is_known = self.user is not None
        letter = {"request": self.request, "code": code if is_known else ""}
        get_adapter().send_mail(self.LETTERS[is_known], email, letter)

    def verdict(self, typed: str) -> Outcome:
        """What came of a code that was typed; the sign-in ends when it is spent."""
        outcome = try_code(
            ticket=self.state.get("ticket", ""), code=typed, now=timezone.now()
        )
        if outcome is Outcome.RIGHT and self.user is None:
            outcome = Outcome.SPENT  # guessed for an address that nobody has
        if outcome is Outcome.SPENT:
            self.abort()
        return outcome
