"""Runs one command: figures or a sentence on the output, an error's sentence beside it, exit code 0 or not."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import closing
from typing import Any

from gridoffice import opening
from gridoffice.cli import actions
from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.core.log import log


def answer(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """The figures and the sentence of a command."""
    if args.command in actions.ALONE:
        return actions.ALONE[args.command](args)
    with closing(opening.open_named(args)) as office:
        return actions.WITH_OFFICE[args.command](office, args)


def run(args: argparse.Namespace) -> int:
    """Run a parsed command line; 0 when all went well, 1 with a sentence otherwise."""
    try:
        figures, words = answer(args)
    except OfficeError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断，没有写入的内容不会留下。", file=sys.stderr)
        return 130
    except OSError as error:
        reason = f"{error.strerror or error}（{error.filename or ''}）"
        print(f"文件读写没有成功：{reason}。办公文件不受影响，请检查磁盘和文件夹后再试。", file=sys.stderr)
        log.exception("file failure")
        return 1
    except Exception:
        log.exception("command %s failed", args.command)
        words = "程序出错了，这一步没有完成。已写入的内容完好，没写完的不会留下。请把日志 {} 交给维护人员。"
        print(words.format(paths.data() / "log" / "gridoffice.log"), file=sys.stderr)
        return 1
    try:
        print(json.dumps(figures, ensure_ascii=False, indent=1) if args.json else words, flush=True)
    except BrokenPipeError:  # the reader has seen enough: list … | head
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    return 0 if args.command != "verify" or figures["valid"] else 1
