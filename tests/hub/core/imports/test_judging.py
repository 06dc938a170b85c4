"""What each row of a sheet does, said before it is done."""

from hub.core.imports import (
    FARMS,
    PLACES,
    Action,
    Facts,
    Known,
    Verdict,
    digest_of,
    guess_columns,
    judge_members,
    judge_places,
    read_lines,
)

ROSE = Known(
    "rose",
    {
        "name": "Ferme Rose",
        "kind": "producer",
        "contact_email": "rose@exemple.ca",
        "contact_phone": "",
    },
)


def judged(*rows: list[str], known: tuple[Known, ...] = (ROSE,)) -> list[Verdict]:
    table = [["Ferme", "Courriel", "Tél"], *rows]
    lines = read_lines(FARMS, table, guess_columns(table[0], FARMS.columns))
    return judge_members(FARMS, lines, known, taken=["Cuisine du Coin"])


def told(verdicts: list[Verdict]) -> list[tuple[int, str, str, Facts]]:
    return [(v.number, v.action.value, v.rule, v.after) for v in verdicts]


def test_a_new_row_is_made_with_what_it_leaves_unsaid() -> None:
    after = {
        "name": "Ferme Bleue",
        "kind": "producer",
        "contact_email": "",
        "contact_phone": "450",
    }

    assert told(judged(["Ferme Bleue", "", "450"])) == [(2, "create", "", after)]


def test_an_empty_cell_changes_nothing() -> None:
    assert told(judged(["FERME ROSE", "", ""])) == [(2, "leave", "name", {})]


def test_a_row_found_by_its_name_says_what_changes() -> None:
    (verdict,) = judged(["ferme rose", "r@exemple.ca", ""])

    assert (verdict.target, verdict.before, verdict.after) == (
        "rose",
        {"contact_email": "rose@exemple.ca"},
        {"contact_email": "r@exemple.ca"},
    )


def test_a_row_found_by_its_email_renames() -> None:
    verdicts = judged(["Ferme des Roses", "rose@exemple.ca", ""])

    assert told(verdicts) == [(2, "change", "email", {"name": "Ferme des Roses"})]


def test_one_known_row_is_claimed_by_one_line() -> None:
    """Two farms of one household write the same email: the second is a new farm."""
    verdicts = judged(["Ferme Rose", "", ""], ["Verger Rose", "rose@exemple.ca", ""])

    assert [v.action for v in verdicts] == [Action.LEAVE, Action.CREATE]


def test_the_same_name_twice_names_the_first_row() -> None:
    verdicts = judged(["Ferme Bleue", "", ""], ["", "", ""], ["Ferme bleue", "", ""])

    assert [v.action for v in verdicts] == [Action.CREATE, Action.REFUSE]
    assert (verdicts[1].number, verdicts[1].errors[0].data) == (4, {"other": 2})


def test_a_name_of_another_kind_of_member_is_taken() -> None:
    (verdict,) = judged(["Cuisine du coin", "", ""])

    assert (verdict.action, verdict.errors[0].column) == (Action.REFUSE, "name")


def test_comments_and_empty_rows_are_passed_over() -> None:
    assert judged(["# le nom", "# un courriel", ""], ["", " ", ""]) == []


def test_every_error_of_a_row_is_told_at_once() -> None:
    (verdict,) = judged(["", "rose", ""])

    assert [error.column for error in verdict.errors] == ["contact_email", "name"]


def test_another_preview_has_another_digest() -> None:
    one, other = judged(["A", "", ""]), judged(["B", "", ""])

    assert digest_of(one) == digest_of(judged(["A", "", ""])) != digest_of(other)


def test_what_was_chosen_before_comes_first() -> None:
    headers = ["Ferme", "Courriel", "Remarque"]
    chosen = {"remarque": "contact_phone", "courriel": ""}

    assert guess_columns(headers, FARMS.columns) == {0: "name", 1: "contact_email"}
    assert guess_columns(headers, FARMS.columns, chosen) == {
        0: "name",
        2: "contact_phone",
    }


def placed(**facts: object) -> Verdict:
    table = [list(facts), [str(value) for value in facts.values()]]
    lines = read_lines(PLACES, table, dict(enumerate(facts)))
    (verdict,) = judge_places(lines, [], {"Ferme Rose": "producer"})
    return verdict


def test_a_place_without_coordinates_waits_for_its_pin() -> None:
    after = placed(organization="ferme rose").after

    assert (after["name"], after["kind"], after["latitude"]) == (
        "Ferme Rose",
        "farm",
        None,
    )


def test_a_pin_outside_quebec_names_the_coordinate() -> None:
    verdict = placed(organization="Ferme Rose", latitude="45.5", longitude="73.6")

    assert [error.column for error in verdict.errors] == ["longitude"]


def test_half_a_pin_asks_for_the_other_half() -> None:
    verdict = placed(organization="Ferme Rose", latitude="45.5")

    assert [error.column for error in verdict.errors] == ["longitude"]
