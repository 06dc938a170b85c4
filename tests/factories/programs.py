"""Programs with keys, and the calls they make."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from hub.core.scopes import Scope
from hub.models import Organization
from hub.services.api_keys import issue_key
from tests.factories.hub import make_person


class Program:
    """A program that sends its key with each call, and reads English.

    Each effect gets a key of its own unless it is named.
    """

    def __init__(self, text: str) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {text}", "Accept-Language": "en"}
        self.num_effects = 0

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers={**self.headers, **headers})

    def post(self, path: str, body: Any = None, *, key: str = "") -> Any:
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return self.client.post(
            f"/api/v1{path}",
            json.dumps(body),
            content_type="application/json",
            headers=headers,
        )

    def reads(self, path: str) -> Any:
        """What an answer says, which is no refusal."""
        answer = self.get(path)
        assert (path, answer.status_code) == (path, 200), answer.content
        return answer.json()

    def does(self, path: str, body: Any = None) -> Any:
        """An effect of its own, which is not refused."""
        answer = self.tries(path, body)
        assert answer.status_code in (200, 201, 202), (path, answer.content)
        return answer.json()

    def tries(self, path: str, body: Any = None) -> Any:
        """The same, refused or not."""
        self.num_effects += 1
        return self.post(path, body, key=f"effect-{self.num_effects:04}")

    def refused(self, path: str, body: Any = None) -> tuple[int, str]:
        """The status and the code of an effect that is refused."""
        answer = self.tries(path, body)
        return answer.status_code, answer.json()["error"]["code"]


def let_in(organization: Organization, *scopes: str, days: int = 30) -> Program:
    """A program of this organization; with every scope unless told otherwise."""
    _row, text = issue_key(
        organization=organization,
        name="Caisse",
        scopes=scopes or [scope.value for scope in Scope],
        days=days,
        by=make_person(),
        now=timezone.now() - timedelta(minutes=1),
    )
    return Program(text)
