"""A handbook of 240 pages with 40 tables of 150 rows against Typst, whole processes: python bench_handbook.py [rounds].

Both set the same words in the same faces on A5: contents with page numbers, running head, page numbers, a two-level
head repeated on each page, justified text. Target: 1.5 times Typst's pages a second (issue 5).
"""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLES, ROWS = 40, 150

OURS = """
import json, sys
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from gridoffice.papers import handbook
from gridoffice.papers.handbook_view import BookView, ChapterView, Heading, Listed, TableLine, Words
heads = (Heading("序号", align="right"), Heading("户主", "户"), Heading("住址", "户"), Heading("网格员", "责任人"),
         Heading("电话", "责任人"), Heading("备注"))
chapters = tuple(
    ChapterView(one["title"], one["title"], (Words(tuple(one["text"])), Listed("台账", heads,
        tuple(TableLine(row[0], tuple(row)) for row in one["rows"]))))
    for one in json.loads(Path(sys.argv[1], "book.json").read_text("utf-8"))
)
view = BookView("云溪镇", "网格工作手册", 2026, "2026年11月", "册2026-001", date(2026, 11, 20), chapters)
Path(sys.argv[2]).write_bytes(handbook.draw(view))
"""

THEIRS = """
import sys, typst
typst.compile(sys.argv[1] + "/book.typ", output=sys.argv[2], font_paths=[sys.argv[3] + "/resources/fonts"])
"""

PAGE = """
#set page(width: 148mm, height: 210mm, margin: (inside: 18mm, outside: 13mm, top: 22mm, bottom: 18mm), numbering: "1",
  header: text(8pt)[云溪镇])
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: 2em, leading: 6.5pt)
#set heading(numbering: none)
#show heading.where(level: 1): it => { pagebreak(weak: true); text(17pt, font: "Noto Sans SC", it) }
#let book = json("book.json")
#text(34pt)[网格工作手册]
#pagebreak()
#outline(title: [目　录])
#for one in book {
  heading(level: 1, one.title)
  for words in one.text { par(words) }
  heading(level: 2, "台账")
  set text(8.8pt, font: "Noto Sans SC")
  table(
    columns: (9mm, 14mm, 1fr, 14mm, 23mm, 25mm), stroke: (bottom: 0.15mm + luma(210)), inset: (x: 1.4mm, y: 1.6mm),
    align: (right, left, left, left, left, left),
    table.header(
      table.cell(rowspan: 2)[序号], table.cell(colspan: 2)[户], table.cell(colspan: 2)[责任人],
      table.cell(rowspan: 2)[备注],
      [户主], [住址], [网格员], [电话],
    ),
    ..one.rows.flatten(),
  )
}
"""


def prepare(folder: Path) -> None:
    """The words for both; not timed."""
    surnames, given = "张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗", "建国秀兰志强桂花海燕文军丽华春梅永福小红伟"
    body = "网格员每个工作日到网格巡查一次，发现隐患和问题及时登记上报；经常走访住户，听取意见，一次性告知办事材料。"
    book = []
    for number in range(TABLES):
        rows = [
            [
                str(row + 1),
                surnames[(row * 7 + number) % len(surnames)]
                + given[(row * 3 + number) % len(given)]
                + given[(row + number * 5) % len(given)],
                f"石桥村{row % 12 + 1}组{row * 13 % 200 + 1}号",
                surnames[(row + number) % len(surnames)] + given[row % len(given)],
                f"138{(row * 7919 + number * 104729) % 10**8:08d}",
                ("", "常住", "外出，节日返乡", "租住")[row % 4],
            ]
            for row in range(ROWS)
        ]
        book.append({"title": f"第{number + 1}村台账和说明", "text": [body * 2, body], "rows": rows})
    (folder / "book.json").write_text(json.dumps(book, ensure_ascii=False), "utf-8")
    (folder / "book.typ").write_text(PAGE, "utf-8")


def timed(code: str, folder: Path, out: str) -> float:
    """Seconds of one whole process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(folder), str(folder / out), str(ROOT)], check=True)
    return time.perf_counter() - begun


def pages(path: Path) -> int:
    """How many pages a PDF has."""
    said = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"Pages:\s+(\d+)", said)
    return int(found[1]) if found else 0


def main(rounds: int = 5) -> None:
    """Print pages a second of both, medians of interleaved rounds, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        timed(OURS, folder, "ours.pdf"), timed(THEIRS, folder, "theirs.pdf")
        pairs = [(timed(OURS, folder, "ours.pdf"), timed(THEIRS, folder, "theirs.pdf")) for _ in range(rounds)]
        counts = pages(folder / "ours.pdf"), pages(folder / "theirs.pdf")
        sizes = [(folder / one).stat().st_size / 1024 for one in ("ours.pdf", "theirs.pdf")]
    ours, theirs = (statistics.median(one) for one in zip(*pairs, strict=True))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"本程序：{counts[0]} 页，{counts[0] / ours:,.0f} 页/秒（{ours:.2f} 秒），{sizes[0]:,.0f} KB")
    print(f"Typst：{counts[1]} 页，{counts[1] / theirs:,.0f} 页/秒（{theirs:.2f} 秒），{sizes[1]:,.0f} KB")
    print(f"同样内容的时间比：{theirs / ours:.2f}（要求不低于 1.5）；内存最多 {most:,.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
