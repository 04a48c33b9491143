"""Whether a page of a scanner's PDF can lie in an archival file as it is: one picture, nothing that PDF/A forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pikepdf

_OPERATORS: Final = frozenset({"q", "Q", "cm", "Do"})
_RESOURCES: Final = frozenset({"/XObject", "/ProcSet"})
_FILTERS: Final = frozenset({"/DCTDecode", "/FlateDecode"})
_SPACES: Final = frozenset({"/DeviceGray", "/DeviceRGB"})
_NEVER: Final = ("/SMask", "/Mask", "/Alternates", "/OPI", "/F")


def plain(page: pikepdf.Page) -> bool:
    """True where the page draws pictures and nothing else, each grey or RGB, deflated or JPEG, without transparency.

    Text behind a picture, colours for presses, JPEG 2000 and fax codes are left to be drawn as a picture: what a
    viewer of that day makes of them is what the archive keeps.
    """
    import pikepdf

    if "/Group" in page.obj or set(page.resources.keys()) - _RESOURCES:
        return False
    drawn: Any = page.resources.get("/XObject", pikepdf.Dictionary())
    if not all(_picture(item) for item in drawn.as_dict().values()):
        return False
    try:
        return all(str(step.operator) in _OPERATORS for step in pikepdf.parse_content_stream(page))
    except pikepdf.PdfError:
        return False


def _picture(item: Any) -> bool:
    import pikepdf

    filters = item.get("/Filter")
    names = {str(f) for f in filters} if isinstance(filters, pikepdf.Array) else {str(filters)}
    if item.get("/Subtype") != "/Image" or item.get("/Interpolate") or any(name in item for name in _NEVER):
        return False
    return names <= _FILTERS and str(item.get("/ColorSpace")) in _SPACES
