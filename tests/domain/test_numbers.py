"""Credit codes, telephone numbers, bank accounts and other documents."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc as judge

from station_app.domain.bank import check_account, group_account, is_card, luhn_fits
from station_app.domain.iddocs import check_document
from station_app.domain.phone import check_phone, mask_phone
from station_app.domain.uscc import ALPHABET, NEVER, check_character, check_registration, check_uscc
from sync.contract.errors import KnownError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("91350100M000100Y43", "91350100M000100Y43"),
        ("91350100m000100y43", "91350100M000100Y43"),
        ("９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
        (" 9144 0300 7152 6726 XG ", "9144030071526726XG"),
        ("91440311MADEM0001R", "91440311MADEM0001R"),
        ("91440311MADEM0002W", "91440311MADEM0002W"),
    ],
)
def test_good_codes(text: str, code: str) -> None:
    assert check_uscc(text) == code


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("91440300MA5EXAMP9X", "E-203", {"code": "91440300MA5EXAMP9X"}),
        ("91350100M000100Y4Z", "E-225", {"wrong": "Z", "why": "characters"}),
        ("91341100MA2SOIVZ1X", "E-225", {"wrong": "S、O、I、V、Z", "never": "I、O、S、V、Z"}),
        ("91350100M000100Y4", "E-225", {"length": 17}),
        ("91350100M000100Y433", "E-225", {"length": 19}),
        ("", "E-225", {"length": 0}),
        ("营业执照", "E-225", {"wrong": "营、业、执、照"}),
        ("440301103456789", "E-225", {"length": 15}),
    ],
)
def test_bad_codes(text: str, code: str, values: dict[str, object]) -> None:
    with pytest.raises(KnownError) as caught:
        check_uscc(text)
    assert caught.value.code == code
    assert values.items() <= caught.value.values.items()


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_check_character_agrees_with_stdnum(first17: str) -> None:
    assert check_character(first17) == judge.calc_check_digit(first17)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_single_slips_are_found(first17: str, place: int, other: str) -> None:
    code = first17 + check_character(first17)
    assert check_uscc(code) == code
    slip = code[:place] + other + code[place + 1 :]
    if slip != code:
        with pytest.raises(KnownError):
            check_uscc(slip)


def test_alphabet() -> None:
    assert len(ALPHABET) == 31
    assert not set(NEVER) & set(ALPHABET)
    assert check_registration("440301103456789") == "440301103456789"
    with pytest.raises(KnownError):
        check_registration("44030110345678")


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("13812345678", "13812345678", "mobile"),
        ("138 1234 5678", "13812345678", "mobile"),
        ("１３８１２３４５６７８", "13812345678", "mobile"),
        ("+86 138-1234-5678", "13812345678", "mobile"),
        ("008613812345678", "13812345678", "mobile"),
        ("19965632122", "19965632122", "mobile"),
        ("0755-27401234", "0755-27401234", "landline"),
        ("075527401234", "0755-27401234", "landline"),
        ("(0755)27401234", "0755-27401234", "landline"),
        ("（０７５５）２７４０１２３４", "0755-27401234", "landline"),
        ("0755 27401234转801", "0755-27401234-801", "landline"),
        ("0755-27401234-801", "0755-27401234-801", "landline"),
        ("+86-755-27401234", "0755-27401234", "landline"),
        ("010-62345678", "010-62345678", "landline"),
        ("02087654321", "020-87654321", "landline"),
        ("0771-5678901", "0771-5678901", "landline"),
        ("12345", "12345", "service"),
        ("95518", "95518", "service"),
        ("400-820-8820", "4008208820", "service"),
        ("+852 9123 4567", "+85291234567", "overseas"),
        ("00853-28781234", "+85328781234", "overseas"),
    ],
)
def test_phones(text: str, number: str, kind: str) -> None:
    phone = check_phone(text)
    assert (phone.number, phone.kind) == (number, kind)
    assert check_phone(number) == phone


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1381234567",
        "138123456789",
        "12812345678",
        "27401234",
        "0755-2740123456789",
        "0755-17401234",
        "0755-27401234-8a",
        "0755-27401234-801-2",
        "无",
        "1.38E+10",
        "13812345678/13912345678",
        "+8612",
        "--",
    ],
)
def test_phones_refused(text: str) -> None:
    with pytest.raises(KnownError) as caught:
        check_phone(text)
    assert caught.value.code == "E-205"


@given(st.text(max_size=20) | st.text("0123456789-+()转x ", max_size=20))
def test_any_text_is_a_phone_or_refused(text: str) -> None:
    code, again = "", None
    try:
        phone = check_phone(text)
        again = check_phone(phone.number) == phone
    except KnownError as error:
        code = error.code
    assert (code, again) in {("", True), ("E-205", None)}


def test_masked_phones() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("0755-27401234") == "0755-****1234"
    assert mask_phone("+85291234567") == "+85******567"
    assert mask_phone("12345") == "1****"


@given(st.text("0123456789", min_size=1, max_size=25))
def test_luhn_agrees_with_stdnum(digits: str) -> None:
    assert luhn_fits(digits) == luhn.is_valid(digits)


def test_accounts() -> None:
    good = check_account(" 6217 0268 5995 2890 781 ")
    assert (good.number, good.hints) == ("6217026859952890781", ())
    assert check_account("6217026859952890782").hints == ("luhn",)
    assert check_account("6217026859952890000").hints == ("luhn", "rounded")
    assert check_account("1101 1234-5678").hints == ()  # an account of a company: no Luhn
    assert check_account("44050177893500000123").hints == ()  # twenty digits: no card
    assert not is_card("1101000000000000")
    assert group_account(good.number) == "6217 0268 5995 2890 781"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E-235"),
        ("1234567", "E-235"),
        ("6217O26859952890781", "E-235"),
        ("1" * 33, "E-235"),
        ("6.21703E+18", "E-240"),
        ("6217026859952890781.0", "E-240"),
    ],
)
def test_accounts_refused(text: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        check_account(text)
    assert caught.value.code == code


def test_accounts_of_the_case_fit() -> None:
    rows = csv.DictReader(
        (Path(__file__).parents[1] / "data" / "rosters" / "wages-8.csv").read_text("utf-8-sig").splitlines()
    )
    assert [check_account(r["账号"]).hints for r in rows] == [()] * 8


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        ("resident", "440311199001011237", "440311199001011237"),
        ("residence_permit", "810000199001011230", "810000199001011230"),
        ("passport_cn", "e12345678", "E12345678"),
        ("passport_cn", "EA1234567", "EA1234567"),
        ("passport", " ab 12345 ", "AB12345"),
        ("permit_hk_macau", "Ｈ12345678", "H12345678"),
        ("permit_hk_macau", "M1234567801", "M1234567801"),
        ("permit_taiwan", "12345678", "12345678"),
        ("permanent_old", "USA110105900101", "USA110105900101"),
        ("uscc", "91350100M000100Y43", "91350100M000100Y43"),
        ("registration", "440301103456789", "440301103456789"),
        ("other", "军字第1234567号", "军字第1234567号"),
    ],
)
def test_documents(kind: str, text: str, number: str) -> None:
    assert check_document(kind, text) == number


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("resident", "810000199001011230", "E-234"),
        ("residence_permit", "440311199001011237", "E-234"),
        ("resident", "440311199001011236", "E-201"),
        ("passport_cn", "12345678", "E-234"),
        ("permit_hk_macau", "X12345678", "E-234"),
        ("permit_taiwan", "1234567", "E-234"),
        ("other", "", "E-234"),
        ("library_card", "1", "E-217"),
    ],
)
def test_documents_refused(kind: str, text: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        check_document(kind, text)
    assert caught.value.code == code
