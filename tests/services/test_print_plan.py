"""The order of printing: numbers of 份, chosen pages, stacks turned by hand; checked with a stack of real sheets."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.services.printjobs.plan import (
    BLANK,
    STACK,
    BackOrder,
    Item,
    Order,
    Stage,
    copies_of,
    parse_pages,
    stages,
)
from sync.contract.errors import KnownError

Face = tuple[int, int]
"""(份, page); (0, 0) for an empty side, (0, 1) for a separator."""


def item(case: str = "c1", paper: str = "p1", *, pages: int = 2, copies: int = 1) -> Item:
    return Item(case, f"号{case}", paper, paper, f"文书{paper}", 1, pages, copies)


items = st.lists(
    st.builds(
        item,
        st.sampled_from(["c1", "c2", "c3"]),
        st.sampled_from(["p1", "p2"]),
        pages=st.integers(1, 7),
        copies=st.integers(1, 6),
    ),
    min_size=1,
    max_size=6,
).map(lambda found: tuple(sorted(found, key=lambda i: i.case)))


def faces(stage: Stage) -> list[Face]:
    """The sides in the order in which the printer prints them."""
    return [(send.copy.no if send.copy and page else 0, page) for send in stage.sends for page in send.pages]


def by_hand(front: Stage, back: Stage | None, order: BackOrder) -> list[tuple[Face, Face]]:
    """What a printer and a person do with sheets of paper: the pile read through like a book, (front, back) each.

    The printer lays sheets face down on its tray. The person takes the pile as it lies and puts it where the blank
    sides are printed next: `reverse` printers draw from the top (the last sheet), `forward` ones from the bottom.
    """
    tray: list[list[Face]] = [[face] for face in faces(front)]  # bottom to top, printed side down
    if back is not None:
        drawn = tray[::-1] if order == "reverse" else tray
        printed = faces(back)
        assert len(printed) == len(drawn), "as many backs as sheets"
        for sheet, face in zip(drawn, printed, strict=True):
            sheet.append(face)
    return [(sheet[0], sheet[1] if len(sheet) > 1 else (0, BLANK)) for sheet in tray]


def run(order: Order, start: int = 1) -> tuple[list[tuple[Face, Face]], list[int]]:
    """All sheets of a job turned by hand, and the height of each stack."""
    sheets: list[tuple[Face, Face]] = []
    heights: list[int] = []
    made = stages(order, start=start)
    while made:
        front = made.pop(0)
        back = made.pop(0) if made and made[0].side == "back" else None
        assert front.side == ("front" if back else "all")
        heights.append(front.sheets)
        sheets += by_hand(front, back, order.back_order)
    return sheets, heights


@given(items, st.sampled_from(["reverse", "forward"]), st.booleans())
def test_turned_sheets_read_like_a_book(found: tuple[Item, ...], backs: BackOrder, separators: bool) -> None:
    order = Order(found, "甲", "manual", separators=separators, back_order=backs)
    sheets, heights = run(order)
    read = [face for sheet in sheets for face in sheet if face != (0, BLANK) and face[0]]
    assert read == [(c.no, page) for c in copies_of(order) for page in range(1, c.item.pages + 1)]
    for front, back in sheets:
        assert back == (0, BLANK) or (back[0], back[1]) == (front[0], front[1] + 1), "one 份 and its next page"
    assert sum(front == (0, 1) for front, _ in sheets) == (len(order.cases) if separators else 0)
    assert max(heights) <= max(STACK, *((c.item.pages + 1) // 2 + 1 for c in copies_of(order)))


@given(items, st.sampled_from(["single", "long", "manual"]), st.data())
def test_going_on_prints_each_once(found: tuple[Item, ...], duplex: str, data: st.DataObject) -> None:
    """What was printed up to a 份 and what comes after it are together the whole job."""
    order = Order(found, "甲", duplex, separators=True)  # type: ignore[arg-type]  # one of the three
    start = data.draw(st.integers(1, order.total))
    numbers = sorted(
        {send.copy.no for stage in stages(order, start=start) for send in stage.sends if send.copy is not None}
    )
    assert numbers == list(range(start, order.total + 1))


def test_copies_of_a_paper_stay_together_and_papers_of_a_case() -> None:
    order = Order((item(copies=2), item(paper="p2"), item("c2", copies=2)), "甲", separators=True)
    assert [(c.no, c.item.case, c.item.paper, c.nth, c.first) for c in copies_of(order)] == [
        (1, "c1", "p1", 1, True),
        (2, "c1", "p1", 2, False),
        (3, "c1", "p2", 1, False),
        (4, "c2", "p1", 1, True),
        (5, "c2", "p1", 2, False),
    ]
    (only,) = stages(order)
    assert [send.copy.no if send.copy else 0 for send in only.sends] == [0, 1, 2, 3, 0, 4, 5]


def test_single_pages_need_no_turning() -> None:
    made = stages(Order((item(pages=1, copies=5),), "甲", "manual"))
    assert [(s.side, s.whole) for s in made] == [("all", True)]


def test_stacks_can_be_turned_by_hand() -> None:
    made = stages(Order((item(pages=5, copies=20),), "甲", "manual"))
    fronts = [s for s in made if s.side == "front"]
    assert [s.sheets for s in fronts] == [39, 21]
    assert [s.starts for s in fronts] == [1, 14], "a 份 is never torn"


@pytest.mark.parametrize(
    ("words", "pages"),
    [("", ()), ("1-2", (1, 2)), ("3", (3,)), ("1，3－4", (1, 3, 4)), ("2, 2,1", (2, 1)), ("1至3", (1, 2, 3))],
)
def test_pages_are_understood(words: str, pages: Sequence[int]) -> None:
    assert parse_pages(words) == tuple(pages)


@pytest.mark.parametrize("words", ["0", "3-1", "a", "1-", "1;;2", "-2", "1-99999"])
def test_pages_not_understood_are_refused(words: str) -> None:
    with pytest.raises(KnownError) as refused:
        parse_pages(words)
    assert refused.value.code == "E-321"


def test_a_paper_without_the_chosen_pages_is_left_out_and_never_all() -> None:
    order = Order((item(pages=1), item(paper="p2", pages=3)), "甲", pages=(2, 3))
    assert [c.item.paper for c in copies_of(order)] == ["p2"]
    with pytest.raises(KnownError) as refused:
        copies_of(Order((item(pages=1),), "甲", pages=(2,)))
    assert (refused.value.code, refused.value.values["why"]) == ("E-321", "beyond")


def test_chosen_pages_of_one_sheet_come_on_one_sheet() -> None:
    sheets, _ = run(Order((item(pages=6, copies=1),), "甲", "manual", pages=(3, 4)))
    assert sheets == [((1, 3), (1, 4))]
