"""Template + values -> the bytes of a paper. The same input gives the same bytes, always and everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from station_app.documents.blocks import Paper, Pictures, inlines
from station_app.documents.compose import compose
from station_app.documents.fonts import FontChain, require_glyphs
from station_app.documents.furniture import Furniture
from station_app.documents.inline import Inline
from station_app.documents.keys.asking import lookup
from station_app.documents.layout import images
from station_app.documents.layout.build import lay_out, sign_pages
from station_app.documents.layout.draw import image_name, page_operators
from station_app.documents.layout.flow import SHEETS, ImageOp, Page
from station_app.documents.pdf import DocumentInfo, PaperFile
from station_app.documents.proof import Proof
from station_app.documents.template import Template

__all__ = ["Proof", "Rendered", "render"]

_PRODUCT = "群众诉求服务站业务系统"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished paper. `text`: its blocks as text, in order; `sign_pages`: pages on which somebody signs or seals."""

    pdf: bytes
    sha256: str
    pages: int
    text: list[str]
    sign_pages: tuple[int, ...] = ()


def render(
    template: Template,
    values: Mapping[str, object],
    *,
    fonts: FontChain,
    proof: Proof | None,
    created_ms: int,
    draft: bool = False,
    demo: bool = False,
    part: int = 2,
    pictures: images.Source | None = None,
) -> Rendered:
    """Make one paper.

    `values`: the shape of `context_keys`; `proof`: None leaves the pages without a code; `draft`: 讨论稿, with
    watermark, without number and code; `demo`: every page says that it is a sample; `created_ms`: machine time
    written into the file; `part`: the part of PDF/A it declares (1 only for validation, the structure is the same);
    `pictures`: gives the bytes of a picture by its SHA-256.
    Raises E-304 (a needed value is missing) and E-301 (a character no font has), both before anything is drawn.
    """
    paper = compose(template, values, draft=draft)
    furniture = _furniture(template, values, proof=proof, draft=draft, demo=demo)
    _check_glyphs(paper, furniture, fonts, template.title)
    jpegs = _jpegs(paper, pictures)
    pages = lay_out(paper, fonts, jpegs)
    file = PaperFile(_info(template, values, created_ms=created_ms, part=part, draft=draft))
    for number, page in enumerate(pages, 1):
        operators = furniture.under(fonts, file.fonts)
        operators += page_operators(page, file.fonts)
        operators += furniture.over(fonts, file.fonts, page=number, pages=len(pages))
        file.add_page(operators, page.sheet.height, _drawn(page, jpegs), width=page.sheet.width)
    pdf = file.finish()
    return Rendered(pdf, sha256(pdf).hexdigest(), len(pages), paper.text(), sign_pages(pages))


def _jpegs(paper: Paper, pictures: images.Source | None) -> dict[str, images.Jpeg]:
    """Every picture of a paper, each once."""
    width, height = images.frame_room()
    named = {sha for block in paper.blocks if isinstance(block, Pictures) for sha, _ in block.items if sha}
    if pictures is None:
        return {}
    return {sha: images.prepared(pictures(sha), width=width, height=height) for sha in sorted(named)}


def _drawn(page: Page, jpegs: dict[str, images.Jpeg]) -> dict[str, images.Jpeg]:
    """The pictures of one page by the names its operators use."""
    ops = (op for _, piece in page.placed for op in piece.ops)
    return {image_name(op.sha): jpegs[op.sha] for op in ops if isinstance(op, ImageOp)}


def _furniture(
    template: Template, values: Mapping[str, object], *, proof: Proof | None, draft: bool, demo: bool
) -> Furniture:
    shown = proof if template.code and not draft else None
    number = (proof.number if proof else None) or str(lookup(values, "paper.number") or "")
    version = proof.version if proof else lookup(values, "paper.version")
    own = f"样式：本系统自拟，版本 {template.edition}，非法定格式"
    return Furniture(
        short_title=template.short,
        number="" if draft else number,
        version=version if isinstance(version, int) and not draft else 0,
        proof=shown,
        draft=draft,
        demo=demo,
        notes=(own,) if template.own_words else (),
        sheet=SHEETS[template.page],
    )


def _check_glyphs(paper: Paper, furniture: Furniture, fonts: FontChain, title: str) -> None:
    for block in paper.blocks:
        for item in inlines(block):
            if item.ticked is None:
                require_glyphs([item], fonts, place=item.place or title)
    require_glyphs([Inline(t) for t in furniture.texts()], fonts, place=title)


def _info(template: Template, values: Mapping[str, object], *, created_ms: int, part: int, draft: bool) -> DocumentInfo:
    number = "" if draft else str(lookup(values, "paper.number") or "")
    return DocumentInfo(
        title=f"{template.title}{number}" if not draft else f"{template.title}（讨论稿）",
        author=str(lookup(values, "committee.full") or lookup(values, "station.name") or _PRODUCT),
        # the title of a complaint names who complains (信访工作条例 30)
        subject=str(
            (lookup(values, "appeal.confidential") is not True and lookup(values, "case.title")) or template.title
        ),
        keywords=f"{template.id} {template.edition}",
        created_ms=created_ms,
        part=part,
    )
