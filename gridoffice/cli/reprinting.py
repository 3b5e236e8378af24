"""Which issued papers must be printed anew, and printing just those, without a screen."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load
from gridoffice.db.office import Office

CHECK = "gridoffice.modules.documents.reprint"
BATCH = "gridoffice.modules.documents.batch"
WORDS = {"changed": "要重印", "gone": "该收回", "failed": "做不出来"}


def reprint(office: Office, args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """List what is no longer as printed; with `--out` print what changed into a folder."""
    answer = load(f"{CHECK}:check")(office)
    told: dict[str, Any] = {
        "compared": answer.compared,
        "papers": [{**asdict(one), "made_on": one.made_on.isoformat(), "name": one.name} for one in answer.parts],
    }
    lines = [
        f"{WORDS[one.state]}　{one.number}　{one.name}　{one.reason or '；'.join(one.changes)}"
        + (f"　在：{'、'.join(one.where)}" if one.where else "")
        for one in answer.parts
    ]
    lines.append(f"对照了 {answer.compared} 份在用的文书，{len(answer.to_print)} 份要重印。")
    if args.out is not None:
        made = _print(office, args, answer)
        told["files"] = [str(one.path) for one in made if one.path is not None]
        lines += [f"{one.number}　{one.path}" if one.path else f"没有做成：{one.title}　{one.problem}" for one in made]
    return told, "\n".join(lines)


def _print(office: Office, args: argparse.Namespace, answer: Any) -> list[Any]:
    wanted = load(f"{BATCH}:Wanted")
    jobs = load(f"{CHECK}:jobs")(office, answer.parts)
    if not jobs:
        return []
    try:
        args.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OfficeError(
            f"文件夹“{args.out}”建不了", safe="什么也没有登记", do=f"请换一个（{error.strerror}）"
        ) from error
    made: list[Any] = load(f"{BATCH}:issue")(
        office, [wanted(job.maker, job.title, job.options) for job in jobs], args.out
    )
    return made
