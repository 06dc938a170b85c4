"""Templates, scripts and styles that a strict security policy lets through."""

import pytest

from tests.house import inspect_pages as inspect


def test_no_code_inside_templates(house):
    assert list(map(str, inspect.inline_code(house))) == []


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<script>go()</script>", "script inside a page"),
        ("<style>p{}</style>", "style inside a page"),
        ('<p style="color: red">', "style attribute"),
        ('<p onclick="go()">', "event attribute"),
        ('<p hx-on:click="go()">', "htmx event attribute"),
        ('<a href="javascript:go()">', "javascript: address"),
        ("{{ note|safe }}", "text let through unescaped"),
        ("{% autoescape off %}", "text let through unescaped"),
    ],
)
def test_code_inside_a_template_is_refused(plant, markup, fault):
    sound = "<script src=\"{% static 'hub/map.js' %}\" defer></script>\n"
    house = plant({"hub/templates/hub/today.html": f"{sound}{markup}\n"})

    complaints = list(map(str, inspect.inline_code(house)))

    assert complaints == [f"hub/templates/hub/today.html:2: {fault}"]


def test_a_block_of_data_is_welcome(plant):
    text = '<script type="application/json" id="plan">{}</script>\n{# style="" #}\n'
    house = plant({"routing/templates/routing/plan.html": text})

    assert inspect.inline_code(house) == []


def test_no_address_of_another_host(house):
    assert list(map(str, inspect.foreign_addresses(house))) == []


@pytest.mark.parametrize(
    ("path", "text", "address"),
    [
        (
            "hub/templates/base.html",
            '<script src="https://cdn.example.org/htmx.js"></script>',
            "https://cdn.example.org/htmx.js",
        ),
        (
            "hub/static/hub/map.css",
            "p { background: url(//cdn.example.org/x.png) }",
            "//cdn.example.org/x.png",
        ),
        (
            "hub/static/hub/map.js",
            "fetch('http://tiles.example.org/1')",
            "http://tiles.example.org/1",
        ),
    ],
)
def test_an_address_of_another_host_is_refused(plant, path, text, address):
    house = plant({path: text})

    complaints = list(map(str, inspect.foreign_addresses(house)))

    assert complaints == [f"{path}:1: address of another host: {address}"]


def test_an_attribution_is_welcome(plant):
    link = '<a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>'
    house = plant({"routing/templates/routing/map.html": link})

    assert inspect.foreign_addresses(house) == []


def test_scripts_never_run_text(house):
    assert list(map(str, inspect.unsafe_scripts(house))) == []


def test_a_script_that_writes_markup_is_refused(plant):
    house = plant({"hub/static/hub/map.js": "node.innerHTML = name\n"})

    complaints = list(map(str, inspect.unsafe_scripts(house)))

    assert complaints == ["hub/static/hub/map.js:1: text run or written as code"]
