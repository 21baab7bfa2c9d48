"""A canvas as a PDF file of one page, with the letters that it uses inside; and PDF as a picture."""

import io
from typing import Any

import pydyf

from layers.drawing.canvas import Canvas, Picture
from layers.drawing.fonts import letters
from layers.drawing.paths import UNITS

POINTS_PER_MM = 72 / 25.4
UNUSED = ("GPOS", "GSUB", "GDEF", "STAT", "name", "post", "prep", "gasp")  # of a font in a PDF


def page_of(canvas: Canvas, *, is_kept: bool = True) -> bytes:
    """The file; its page is as large as the canvas. Not kept: it becomes a picture at once, so its fonts are put in
    whole and nothing is made small, which is quicker."""
    pdf = pydyf.PDF()
    fonts = {
        f"F{weight}": _font(pdf, weight, seen, is_kept).reference for weight, seen in canvas.used.items()
    }
    states = {
        f"O{percent}": pydyf.Dictionary({"CA": percent / 100, "ca": percent / 100})
        for percent in sorted(canvas.opacities)
    }
    scale = POINTS_PER_MM / UNITS
    content = pydyf.Stream(
        [f"{scale:.12f} 0 0 {scale:.12f} 0 0 cm".encode(), *(part.encode() for part in canvas.operators)],
        compress=is_kept,
    )
    pdf.add_object(content)
    box = [0, 0, round(canvas.width * POINTS_PER_MM, 4), round(canvas.height * POINTS_PER_MM, 4)]
    images = {f"I{number}": _image(pdf, one, is_kept).reference for number, one in enumerate(canvas.images)}
    resources = pydyf.Dictionary(
        {
            "Font": pydyf.Dictionary(fonts),
            "ExtGState": pydyf.Dictionary(states),
            "XObject": pydyf.Dictionary(images),
        }
    )
    page = {
        "Type": "/Page",
        "Parent": pdf.pages.reference,
        "MediaBox": pydyf.Array(box),
        "Contents": content.reference,
        "Resources": resources,
        "Group": pydyf.Dictionary({"S": "/Transparency", "CS": "/DeviceRGB"}),
    }
    pdf.add_page(pydyf.Dictionary(page))
    written = io.BytesIO()
    pdf.write(written)
    return written.getvalue()


def _image(pdf: pydyf.PDF, picture: Picture, is_kept: bool) -> pydyf.Stream:
    """Colours, and how solid they are as a mask of their own."""
    _bands, height, width = picture.shape
    shared = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
    }
    mask = pydyf.Stream([picture[3].tobytes()], {**shared, "ColorSpace": "/DeviceGray"}, compress=is_kept)
    pdf.add_object(mask)
    colors = picture[:3].transpose(1, 2, 0).tobytes()
    extra = {**shared, "ColorSpace": "/DeviceRGB", "SMask": mask.reference, "Interpolate": "true"}
    image = pydyf.Stream([colors], extra, compress=is_kept)
    pdf.add_object(image)
    return image


def _font(pdf: pydyf.PDF, weight: int, seen: dict[int, str], is_cut: bool) -> pydyf.Dictionary:
    """A composite font whose codes are the numbers of glyphs, cut down to those that are used."""
    font = letters(weight)
    name = f"/{_tag(seen)}+NotoSans-{weight}"
    content = _subset(weight, seen) if is_cut else font.file.read_bytes()
    file = pydyf.Stream([content], compress=is_cut)
    unicode = pydyf.Stream([_character_map(seen).encode()], compress=True)
    facts = {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": 4,
        "FontBBox": pydyf.Array([-600, font.descent, 2000, font.ascent]),
        "ItalicAngle": 0,
        "Ascent": font.ascent,
        "Descent": font.descent,
        "CapHeight": 714,
        "StemV": 80,
    }
    widths = pydyf.Array([part for number in sorted(seen) for part in (number, f"[{font.advances[number]}]")])
    pdf.add_object(file)
    pdf.add_object(unicode)
    descriptor = pydyf.Dictionary({**facts, "FontFile2": file.reference})
    pdf.add_object(descriptor)
    inner = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pydyf.Dictionary(
                {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
            ),
            "CIDToGIDMap": "/Identity",
            "FontDescriptor": descriptor.reference,
            "W": widths,
        }
    )
    pdf.add_object(inner)
    outer = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([inner.reference]),
            "ToUnicode": unicode.reference,
        }
    )
    pdf.add_object(outer)
    return outer


def _subset(weight: int, seen: dict[int, str]) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font: Any = TTFont(letters(weight).file)
    for table in UNUSED:
        if table in font:
            del font[table]
    cutter = Subsetter(Options(retain_gids=True, notdef_outline=True, hinting=False, layout_features=[]))
    cutter.populate(gids=[0, *seen])
    cutter.subset(font)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _character_map(seen: dict[int, str]) -> str:
    """Which character each glyph is, so that text can be searched and copied."""
    pairs = [
        f"<{number:04x}> <{letter.encode('utf-16-be').hex()}>" for number, letter in sorted(seen.items())
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    said = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n"
        "/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{said}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _tag(seen: dict[int, str]) -> str:
    """Six letters that tell this cut of the font from another."""
    number = hash(tuple(sorted(seen)))
    return "".join(chr(65 + (number >> (5 * place)) % 26) for place in range(6))
