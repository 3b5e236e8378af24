"""What makes a PDF fit for the archive, PDF/A-2b (ISO 19005-2): its description as XMP and the meaning of its colours.

Every paper of the program is written so: faces embedded with their Unicode maps, pictures in RGB or grey, nothing
encrypted, nothing that runs. A signature keeps it so; a copy encrypted for delivery is no archive copy any more.
(Reference 11: 档案 PDF/A, GB/T 23286.1 = ISO 19005-1; part 2 allows the maps' transparent fields and PDF signatures.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape  # xml.sax would load what fetches pages from a network, a sixth of a second

from gridoffice.core import paths

PRODUCER = "gridoffice"
LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class Description:
    """What a file says of itself: title, author (the office) and when it was made."""

    title: str
    author: str
    made_at: datetime


@lru_cache(maxsize=1)
def colours() -> bytes:
    """The sRGB profile (written by LittleCMS, IEC 61966-2-1): what the numbers of a colour mean on any printer."""
    return (paths.resources() / "colour" / "srgb.icc").read_bytes()


def pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it: D:20261120093000+08'00'."""
    zone = moment.strftime("%z") or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def xmp(about: Description) -> bytes:
    """The description as XMP (ISO 16684-1), which must say the same as the file's own dictionary."""
    zone = about.made_at.strftime("%z") or "+0000"
    moment = f"{about.made_at:%Y-%m-%dT%H:%M:%S}{zone[:3]}:{zone[3:5]}"
    title = escape(about.title)
    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author if about.author else ""}<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
{(" " * 79 + chr(10)) * 8}<?xpacket end="w"?>""".encode()
