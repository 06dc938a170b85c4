"""The forms and links of a page, as a browser would send them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.access.addresses import routes
from tests.access.asking import Answer, Asker
from tests.access.lines import lines
from tests.access.world import World

READERS = ("driver", "farm_a", "distributor", "programme", "group", "coordination")
"""Those who between them see every form; who may least is asked first."""
ROUTES = {route.name: route for route in routes()}
ID = re.compile(r"(?<![0-9a-z])[2-9a-hj-km-np-z]{12}(?![0-9a-z])")
"""How a public id looks, alone or behind a hyphen in the name of a field."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """What one form sends as it stands, or one link: pairs of names and values.

    `choices` are values that the person could choose instead, by field; `texts` the
    fields in which they type.
    """

    verb: str
    address: str
    pairs: tuple[Pair, ...]
    choices: tuple[Pair, ...] = ()
    texts: tuple[str, ...] = ()

    def places(self) -> Iterator[tuple[str, str, "Sent"]]:
        """Each id that a field names or holds: the field, the id, what is then sent."""
        for name, value in self.pairs:
            for found in [*ID.findall(name), *ID.findall(value)]:
                yield plain(name), found, self
        for name, value in self.choices:
            for found in [*ID.findall(name), *ID.findall(value)]:
                kept = tuple(pair for pair in self.pairs if pair[0] != name)
                yield plain(name), found, replace(self, pairs=(*kept, (name, value)))

    def with_id(self, mine: str, theirs: str) -> "Sent":
        """The same, with one id in the place of another wherever a field has it."""
        pairs = tuple(
            (name.replace(mine, theirs), value.replace(mine, theirs))
            for name, value in self.pairs
        )
        return replace(self, pairs=pairs)

    def body(self) -> dict[str, list[str]]:
        """What is sent, by name, as a request takes it."""
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            found.setdefault(name, []).append(value)
        return found

    def ask(self, role: str, asker: Asker, *, is_kept: bool = False) -> Answer:
        """Send it as this person."""
        address, body = self.address, None
        if self.verb == "POST":
            body = self.body()
        else:
            address = f"{address}?{urlencode(self.pairs)}"
        return asker.ask(role, self.verb, address, body=body, is_kept=is_kept)


def forms_of(world: World, asker: Asker) -> Iterator[tuple[str, Sent]]:
    """All forms and links of the first hub's pages, as who may least and who may most.

    The pages of sign-in and of second factors are left out: no row is named there.
    """
    for line in lines():
        if line.verb != "GET" or line.route.startswith(("api:", "account", "mfa")):
            continue
        route = ROUTES[line.route]
        address = route.address(line.row, next(iter(route.mixtures(world))))
        may = [role for role in READERS if line.expected(role, [False]) == "y"]
        for role in dict.fromkeys([*may[:1], *may[-1:]]):
            for form in sent_by(asker.ask(role, "GET", address).words, address):
                yield role, form


def plain(name: str) -> str:
    """The name of a field without the ids and numbers in it."""
    return re.sub(r"(?<=-)\d+(?=-|$)", "#", ID.sub("@", name))


def sent_by(page: str, address: str) -> list[Sent]:
    """Every form of a page and every link of it with a query of its own."""
    reader = _Reader(address)
    reader.feed(page)
    reader.close()
    return reader.found


@dataclass
class _Form:
    verb: str
    address: str
    pairs: list[Pair] = field(default_factory=list)
    choices: list[Pair] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Sent] = []
        self._address = address
        self._form: _Form | None = None
        self._select = ""
        self._textarea: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "?" in said.get("href", ""):
            path, _, query = said["href"].partition("?")
            path = path or urlsplit(self._address).path
            if path.startswith("/"):
                pairs = tuple(parse_qsl(query.partition("#")[0]))
                self.found.append(Sent("GET", path, pairs))
        elif tag == "form":
            path = said.get("action") or self._address
            self._form = _Form(said.get("method", "get").upper(), path)
        elif self._form is not None:
            self._read(tag, said, self._form)

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._textarea.append(data)

    def handle_endtag(self, tag: str) -> None:
        form = self._form
        if form is None:
            return
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._textarea is not None:
            name, *said = self._textarea
            form.pairs.append((name, "".join(said)))
            self._textarea = None
        elif tag == "form":
            self.found.append(
                Sent(
                    form.verb,
                    form.address,
                    tuple(form.pairs),
                    tuple(form.choices),
                    tuple(form.texts),
                )
            )
            self._form = None

    def _read(self, tag: str, said: dict[str, str], form: _Form) -> None:
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "option" and self._select:
            form.choices.append((self._select, value))
            if "selected" in said:
                form.pairs.append((self._select, value))
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = [name]
            form.texts.append(name)
        elif tag == "button" and name:
            form.choices.append((name, value))
        elif tag == "input" and name and name != "csrfmiddlewaretoken":
            self._read_input(said.get("type", "text"), (name, value), said, form)

    def _read_input(
        self, kind: str, pair: Pair, said: dict[str, str], form: _Form
    ) -> None:
        if kind in ("checkbox", "radio"):
            form.choices.append((pair[0], pair[1] or "on"))
            if "checked" in said:
                form.pairs.append((pair[0], pair[1] or "on"))
        elif kind not in ("file", "submit"):
            form.pairs.append(pair)
            if kind in ("text", "search", "tel", "email", "url"):
                form.texts.append(pair[0])
