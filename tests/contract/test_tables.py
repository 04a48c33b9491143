"""The tables of the contract hang together: states, rights, catalogue, numbers, figures, codes, dictionary."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract import catalogue, check, dictionary, errors, figures, numbering, op, permissions, states
from sync.contract.numbering import LETTERS, Number, is_series, parse, series_codes

DICTIONARY_SHA256 = "f89fce913cff84190698be4dba767eddbf8479f0a0429395e7242f56f94783f9"
"""Frozen for ever: every sealed body that was packed with it opens only with it."""


def test_the_preset_dictionary_never_changes() -> None:
    assert hashlib.sha256(dictionary.DICTIONARY_1).hexdigest() == DICTIONARY_SHA256
    assert len(dictionary.DICTIONARY_1) <= 16 * 1024


# -- states -----------------------------------------------------------------------------------------------------------


def test_every_step_leaves_and_reaches_known_states() -> None:
    for verb, step in states.STEPS.items():
        assert step.verb == verb
        assert step.leaves <= set(states.STATES)
        assert step.leaves
        assert step.reaches in states.STATES
        if step.stamps:
            assert catalogue.KINDS["case"].fields[step.stamps].type == "moment"


def test_every_state_is_reached_from_the_first_and_can_be_left_but_the_ends() -> None:
    reached, todo = set(), [states.REGISTERED]
    while todo:
        state = todo.pop()
        if state not in reached:
            reached.add(state)
            todo += [step.reaches for step in states.steps_from(state)]
    assert reached == set(states.STATES)
    assert [s for s in states.STATES if not states.steps_from(s)] == []
    assert len(set(states.STATES)) == len(states.STATES)


def test_open_and_resolved_are_states_and_closed_cases_can_be_reopened_or_filed() -> None:
    assert set(states.STATES) >= states.OPEN | states.RESOLVED
    for state in set(states.STATES) - states.OPEN:
        assert {s.verb for s in states.steps_from(state)} & {"archive", "reopen"}, state


@given(st.text(max_size=10), st.text(max_size=10))
def test_no_unknown_step_is_possible(verb: str, state: str) -> None:
    assert states.may_step(verb, state) == (verb in states.STEPS and state in states.STEPS[verb].leaves)


# -- rights -----------------------------------------------------------------------------------------------------------


def test_every_step_is_allowed_to_somebody_who_works_with_cases() -> None:
    for verb in states.STEPS:
        assert permissions.allowed([permissions.MEDIATOR], verb), verb
        assert permissions.allowed([permissions.HEAD], verb), verb
        assert not permissions.allowed([permissions.OPERATOR, permissions.SERVER], verb), verb


def test_an_operator_never_touches_a_case_and_the_server_only_judges() -> None:
    for verb in permissions.verbs():
        if permissions.allowed([permissions.OPERATOR], verb):
            assert verb in {"add_person", "edit_person", "set_station", "key"}
        if permissions.allowed([permissions.SERVER], verb) and verb != "set_station":
            assert not permissions.allowed(set(permissions.ROLES) - {permissions.SERVER}, verb)


@given(st.lists(st.text(max_size=5)), st.text(max_size=10))
def test_unknown_roles_may_nothing(roles: list[str], verb: str) -> None:
    assert not permissions.allowed([r for r in roles if r not in permissions.ROLES], verb)
    assert permissions.menu([r for r in roles if r not in permissions.ROLES]) == []


@given(st.sets(st.sampled_from(permissions.ROLES)), st.sampled_from(sorted(permissions.verbs())))
def test_two_roles_may_what_either_may(roles: set[str], verb: str) -> None:
    assert permissions.allowed(roles, verb) == any(permissions.allowed([r], verb) for r in roles)
    assert set(permissions.menu(roles)) == {p for r in roles for p in permissions.menu([r])}


def test_roles_have_words_and_verbs_have_words(repo: Path) -> None:
    def codes(name: str) -> set[str]:
        return set(tomllib.loads((repo / "resources/codes" / name).read_text("utf-8"))["code"])

    assert codes("case_states.toml") == set(states.STATES)
    assert permissions.verbs() <= codes("verbs.toml")
    assert set(permissions.ROLES) - {permissions.SERVER} <= codes("roles.toml")


# -- catalogue --------------------------------------------------------------------------------------------------------


def test_kinds_fields_and_types_are_sane() -> None:
    name = re.compile(r"[a-z][a-z0-9_]{0,39}")
    assert len(catalogue.KINDS) == len(catalogue._SOURCE), "no kind stands in two compartments"
    assert set(check.CHECKS) == catalogue.TYPES
    for kind in catalogue.KINDS.values():
        assert name.fullmatch(kind.name)
        assert kind.compartment in op.COMPARTMENTS
        assert kind.fields
        for field in kind.fields.values():
            assert name.fullmatch(field.name)
            assert field.type in catalogue.TYPES
            assert (field.kind, field.label) == (kind.name, f"{kind.name}.{field.name}")
            assert 1 <= field.since <= catalogue.CATALOGUE_VERSION


def test_a_group_never_bears_the_name_of_a_field_outside_it() -> None:
    for kind in catalogue.KINDS.values():
        groups: dict[str, list[str]] = {}
        for field in kind.fields.values():
            if field.group:
                groups.setdefault(field.group, []).append(field.name)
        for group, members in groups.items():
            assert group not in kind.fields or group in members, f"{kind.name}.{group} is the name of another field"
            assert set(catalogue.fields_of_unit(kind.name, group)) == set(members)


def test_sums_and_their_parts_are_one_unit() -> None:
    for kind, one, other in [
        ("identity", "id_kind", "id_number"),
        ("wage", "days", "owed"),
        ("obligation", "amount", "shares"),
        ("case", "state", "state_since"),
        ("verdict", "answer", "reason"),
    ]:
        assert catalogue.unit_of(kind, one) == catalogue.unit_of(kind, other)


def test_what_is_unknown_is_its_own_unit() -> None:
    assert catalogue.unit_of("kind_of_tomorrow", "x") == "x"
    assert catalogue.unit_of("case", "field_of_tomorrow") == "field_of_tomorrow"
    assert catalogue.fields_of_unit("kind_of_tomorrow", "x") == ("x",)


def test_a_removable_kind_says_so_by_a_bool() -> None:
    for kind in catalogue.KINDS.values():
        for name in ("removed", "void", "discarded", "demo", "revoked", "left"):
            if name in kind.fields:
                assert kind.fields[name].type == "bool"


# -- numbers ----------------------------------------------------------------------------------------------------------

_short = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)
_numbers = st.builds(
    Number,
    year=st.integers(2000, 2999),
    short=_short,
    kind=st.sampled_from(sorted(numbering.WORDS)),
    series=st.sampled_from(series_codes()),
    n=st.integers(1, 999_999),
    tail=st.just("") | st.integers(1, 999).map("-补{}".format) | st.integers(2, 999).map("-{}".format),
)


@given(_numbers, st.sampled_from(["（）", "〔〕", "()"]))
def test_a_number_is_read_as_it_was_written(number: Number, brackets: str) -> None:
    assert parse(number.text(brackets=brackets)) == number
    assert parse(f"  {number.text(brackets=brackets)}\n") == number


@given(st.text(max_size=30) | _numbers.map(Number.text).flatmap(lambda t: st.permutations(t).map("".join)))
def test_what_reads_as_a_number_is_one(text: str) -> None:
    number = parse(text)
    if number is not None:
        assert parse(number.text()) == number


def test_the_number_of_the_example_and_its_children() -> None:
    number = Number(2026, "光凤东坑", "case", "A", 12)
    assert number.text() == "（2026）光凤东坑人调字第A0012号"
    assert number.supplement(1).text() == "（2026）光凤东坑人调字第A0012号-补1"
    assert number.further(2).text() == "（2026）光凤东坑人调字第A0012号-2"
    with pytest.raises(errors.BugError):
        number.further(1)


@pytest.mark.parametrize("text", ["", "第A0012号", "（2026）光凤东坑人调字第I0012号", "（2026）光凤东坑人调字第A012号",
                                  "（2026）光凤东坑人调字第A0012号-1", "（2026）光凤东坑人调字第ABC0012号",
                                  "（2026）人调字第A0012号", "（2026）光凤东坑人调字第A0012号-补0"])  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert parse(text) is None


def test_600_series_codes_without_letters_that_look_like_digits() -> None:
    codes = series_codes()
    assert len(codes) == len(set(codes)) == 600
    assert all(is_series(c) for c in codes)
    assert not set("IO0123456789") & set(LETTERS)
    assert not any(is_series(c) for c in ("", "I", "AO", "a", "ABC", "A1"))


# -- figures and codes ------------------------------------------------------------------------------------------------


@given(st.sampled_from(states.STATES), st.booleans(), st.booleans(), st.sampled_from([None, "2026-11-20T10:00"]))
def test_a_resolved_case_was_accepted_and_no_demonstration_is_ever_counted(
    state: str, discarded: bool, demo: bool, confirmed: str | None
) -> None:
    case: figures.Values = {"state": state, "discarded": discarded, "demo": demo, "confirmed_at": confirmed}
    held = {name for name, holds in figures.PREDICATES.items() if holds(case)}
    assert "counted" in held or held == set()
    assert "resolved" not in held or "accepted" in held
    if discarded or demo:
        assert held == set()


def test_codes_keep_their_area_and_unknown_ones_are_our_own_mistake() -> None:
    assert all(re.fullmatch(r"E-[1-5]\d\d", code) for code in errors.CODES)
    assert list(errors.CODES) == sorted(errors.CODES)
    assert len(set(errors.CODES.values())) == len(errors.CODES)
    with pytest.raises(errors.BugError):
        errors.KnownError("E-000")
    assert "E-101" in str(errors.KnownError("E-101", host="x"))
