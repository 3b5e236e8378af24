"""Contact cards against Typst on the same cards, whole processes: python bench_cards.py [cards] [rounds]."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OURS = """
import json, sys
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from gridoffice.papers import cards
from gridoffice.papers.views import CardView, PersonView
people = json.loads(Path(sys.argv[1], "people.json").read_text("utf-8"))
day = date(2026, 11, 20)
made = [
    CardView("云溪镇", PersonView(p["name"], "网格员（A岗）", p["phone"], Path(sys.argv[1], p["photo"]).read_bytes()),
        p["grid"], PersonView("李秀兰", "B岗", "13800009999"), "0000-8888 1234", tuple(p["services"]),
        (("卫生院", "0000-8888 0002"),), (("火警", "119"), ("急救", "120"), ("报警", "110")), p["number"], day)
    for p in people
]
Path(sys.argv[2]).write_bytes(cards.draw(made))
"""

THEIRS = """
import json, sys, typst
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from gridoffice.papers.codes import dark_runs, qr_modules
folder = Path(sys.argv[1])
for p in json.loads((folder / "people.json").read_text("utf-8")):
    rows = qr_modules("tel:" + p["phone"])
    path = "".join(f"M{x} {y}h{n}v1h-{n}z" for y, row in enumerate(rows) for x, n in dark_runs(row))
    size = len(rows) + 4
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {size} {size}">'
    (folder / p["code"]).write_text(head + '<path d="' + path + '"/></svg>')
typst.compile(sys.argv[1] + "/cards.typ", output=sys.argv[2], font_paths=[sys.argv[3] + "/resources/fonts"])
"""
"""Both sides encode the codes with the same library: Typst has no encoder of its own."""

PAGE = """
#set page(width: 210mm, height: 297mm, margin: (x: 15mm, y: 13.5mm))
#set text(font: "Noto Sans SC", size: 9pt)
#let people = json("people.json")
#let red = rgb("#B3261E")
#let blue = rgb("#1B4F91")
#let front(p) = box(width: 90mm, height: 54mm)[
  #place(rect(width: 90mm, height: 10.5mm, fill: red))
  #place(dx: 5mm, dy: 3mm, text(11pt, white, weight: "bold")[云溪镇 · 便民服务联系卡])
  #place(dx: 5mm, dy: 15mm, box(clip: true, radius: 1.5mm, image(p.photo, width: 22.8mm, height: 32mm, fit: "cover")))
  #place(dx: 32mm, dy: 14mm, text(19pt, weight: "bold")[#p.name])
  #place(dx: 32mm, dy: 24mm)[#p.grid 网格员（A岗）]
  #place(dx: 32mm, dy: 29mm, text(16.5pt, blue, weight: "bold")[#p.phone])
  #place(dx: 32mm, dy: 39mm, text(8pt)[不在时请找 李秀兰（B岗） 13800009999])
  #place(dx: 32mm, dy: 48mm, text(7.5pt)[监督电话 0000-8888 1234])
  #place(dx: 70.5mm, dy: 36.2mm, image(p.code, width: 15mm))
]
#let back(p) = box(width: 90mm, height: 54mm)[
  #place(dx: 6mm, dy: 6mm, text(12pt, weight: "bold")[可以找我])
  #place(dx: 6mm, dy: 12mm, box(width: 78mm, p.services.join("    ")))
  #place(dx: 6mm, dy: 27mm)[卫生院 0000-8888 0002]
  #place(dx: 6mm, dy: 41mm, text(9.5pt, blue, weight: "bold")[火警 119    急救 120    报警 110])
  #place(dx: 6mm, dy: 48mm, text(6.2pt)[#p.number · 2026年11月20日 · 信息有变请以村公示牌为准])
]
#for ten in people.chunks(10) {
  for side in (front, back) {
    grid(columns: (90mm, 90mm), ..ten.map(side))
    pagebreak(weak: true)
  }
}
"""


def prepare(folder: Path, count: int) -> None:
    """Photos and data for both; not timed."""
    sys.path.insert(0, str(ROOT))
    from gridoffice.domain import portrait

    people = []
    for number in range(count):
        (folder / f"{number}.jpg").write_bytes(portrait.draw(number, woman=number % 2 == 0))
        phone = f"1380000{number:04d}"
        person = {"name": f"张{chr(0x4E00 + number * 7)}", "phone": phone, "photo": f"{number}.jpg"}
        person |= {"code": f"{number}.svg", "grid": "石桥村第2网格", "number": f"卡2026-001-{number:03d}"}
        people.append(
            {**person, "services": ["反映困难和问题", "邻里矛盾调解", "消防和用电隐患", "路灯、道路、环境卫生"]}
        )
    (folder / "people.json").write_text(json.dumps(people, ensure_ascii=False), "utf-8")
    (folder / "cards.typ").write_text(PAGE, "utf-8")


def timed(code: str, folder: Path, out: str) -> float:
    """Seconds of one whole process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(folder), str(folder / out), str(ROOT)], check=True)
    return time.perf_counter() - begun


def main(count: int = 300, rounds: int = 5) -> None:
    """Print cards a second of both, medians of interleaved rounds, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, count)
        timed(OURS, folder, "ours.pdf"), timed(THEIRS, folder, "theirs.pdf")
        pairs = [(timed(OURS, folder, "ours.pdf"), timed(THEIRS, folder, "theirs.pdf")) for _ in range(rounds)]
    ours, theirs = (statistics.median(one) for one in zip(*pairs, strict=True))
    print(f"本程序：{count / ours:,.0f} 张/秒（{ours:.2f} 秒）")
    print(f"Typst：{count / theirs:,.0f} 张/秒（{theirs:.2f} 秒）")
    print(f"速度比：{theirs / ours:.2f}（目标 4）")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
