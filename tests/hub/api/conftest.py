"""Programs with keys, and the calls they make."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hub.core.scopes import Scope
from hub.models import Organization
from hub.services.api_keys import issue_key
from tests.factories.hub import make_person


class Program:
    """A program that sends its key with each call, and reads English."""

    def __init__(self, text: str) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {text}", "Accept-Language": "en"}

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


MakeProgram = Callable[..., Program]


@pytest.fixture
def let_in() -> MakeProgram:
    """A program of this organization; with every scope unless told otherwise."""

    def make(organization: Organization, *scopes: str, days: int = 30) -> Program:
        _row, text = issue_key(
            organization=organization,
            name="Caisse",
            scopes=scopes or [scope.value for scope in Scope],
            days=days,
            by=make_person(),
            now=timezone.now() - timedelta(minutes=1),
        )
        return Program(text)

    return make
