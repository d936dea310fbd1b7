"""The command line: commands, their options, and the help for each. What commands do is in `pipeline.cli`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from pipeline import correcting, kit
from pipeline.bundle import NAME

RAW = Path("raw")
"""Folder that PDFs are read from by default."""
OUTPUT = Path("output")
"""Folder that results are written to by default."""
GOLD = Path("tests/gold")
"""Folder of annotated commentaries by default."""
RULES = Path("rules")
"""Folder of the user's own rule files by default."""

COMMANDS: dict[str, str] = {
    "all": "do everything: read the PDFs, write every table, the JSON files and the pages",
    "extract": "read the PDFs into text, blocks, notes and marks; writes no tables yet",
    "tag": "extract, then find the names of meetings, ministers, initiatives and others",
    "resolve": "extract and tag, then read citations from the notes",
    "export": "all of the above, then write the tables and JSON files",
    "report": "all of the above, then write the pages to read in a browser",
    "eval": "score tables against annotated commentaries",
    "show": "draw what was read of a PDF into pictures of its pages, or list it as text",
}
"""Commands with what they do."""

EXIT_CODES = """exit codes:
  0    everything was done
  1    a fault in this program; please report it
  2    wrong usage, or nothing to read
  3    some documents failed; the tables hold the others, problems.csv says what to do
       (eval: a score got worse)
  130  interrupted
"""

_EXAMPLES = """examples:
  python -m pipeline all                               PDFs in raw/, results in output/
  python -m pipeline all --raw papers --output tables  other folders
  python -m pipeline extract --verbose                 only read the PDFs, and tell more
  python -m pipeline COMMAND --help                    more about one command
"""

_DETAILS = {
    "all": """Reads every PDF under RAW, subfolders too. What an earlier run did and nothing changed since is not done
again. A PDF that cannot be read is a row in problems.csv and never stops the run.""",
    "extract": "Leaves each document as JSON under OUTPUT/work/extract/.",
    "tag": "Leaves each document as JSON under OUTPUT/work/tag/.",
    "resolve": "Leaves each document as JSON under OUTPUT/work/resolve/.",
    "export": "Replaces the tables in OUTPUT only when all of them are written.",
    "report": "OUTPUT/index.html opens in any browser, without a server or a network.",
    "eval": """Compares OUTPUT's tables with the annotated commentaries in GOLD, and prints each score.
Where GOLD holds floors.toml, no score may fall under what stands there.""",
    "show": """Reads FILE anew and writes a PNG for each page, or for page N alone: blocks by kind in colours, numbered
in reading order, columns, note marks, and in grey what was left out. With --text it prints the same as a list, with
the reason for everything that was left out. Nothing under OUTPUT is read or changed.""",
}

_EXAMPLE = {
    "eval": "--output output --gold tests/gold",
    "show": "raw/commentary804.pdf --page 1 -o page1.png",
}
"""Arguments of the example of a command; the others have one in common."""
_USUAL_EXAMPLE = "--raw papers --output tables --jobs 2"

_ENVIRONMENT = """limits on one document (memory, time, pages and others) are changed by environment variables,
for example PIPELINE_WALL_SECONDS=600; pipeline/limits.py lists them.
"""


def make_parser() -> argparse.ArgumentParser:
    """The parser of the command line, with help for every command and option."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="Turns PDF commentaries into tables of text, notes, citations and tagged names.",
        epilog=f"{_EXAMPLES}\n{EXIT_CODES}\n{_ENVIRONMENT}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, does in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=does,
            description=f"{does[0].upper()}{does[1:]}.\n{_DETAILS[name]}",
            epilog=f"example:\n  python -m pipeline {name} {_EXAMPLE.get(name, _USUAL_EXAMPLE)}\n\n{EXIT_CODES}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add_loudness(command)
        if name == "show":
            _add_shown(command)
            continue
        _add_output(command)
        if name == "eval":
            _add_gold(command)
        else:
            _add_input(command)
    _add_kit(commands)
    _add_bundle(commands)
    return parser


def _add_kit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands for people who write rules."""
    does = "check, try and list the rules that find names"
    command = commands.add_parser("rules", help=does, description=f"{does[0].upper()}{does[1:]}.")
    actions = command.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    for name, what in kit.ACTIONS.items():
        action = actions.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        if name == "try":
            action.add_argument("text", nargs="+", help="a text, for example a sentence")
            action.add_argument(
                "--note",
                action="store_true",
                help="show the citations in the texts, read as the notes of a document, one after the other",
            )
        if name == "check":
            action.add_argument(
                "--gold",
                type=Path,
                default=GOLD,
                metavar="FOLDER",
                help="annotated commentaries (default: %(default)s)",
            )
        if name == "unused":
            _add_output(action)
        _add_rules(action)
    does = "say why a mention is there: what found it, what competed, why this entity"
    command = commands.add_parser("explain", help=does, description=f"{does[0].upper()}{does[1:]}.")
    command.add_argument("mention_id", help="an id of mentions.csv")
    _add_output(command)
    _add_rules(command)
    command = commands.add_parser(
        "correct",
        help=correcting.DOES,
        description=correcting.DETAILS,
        epilog=correcting.EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    correcting.add_arguments(command)
    _add_output(command)
    _add_corrections(command)


def _add_bundle(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    does = "put the tables and everything else that a run left into one zip file for a colleague"
    command = commands.add_parser("bundle", help=does, description=f"{does[0].upper()}{does[1:]}: OUTPUT/{NAME}.")
    command.add_argument("--pictures", action="store_true", help="with the pictures of pages")
    _add_output(command)


def _add_corrections(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corrections",
        type=Path,
        default=correcting.FOLDER,
        metavar="FOLDER",
        help="corrections by hand (default: %(default)s, if that folder is there)",
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output", type=Path, default=OUTPUT, metavar="FOLDER", help="folder of results (default: %(default)s)"
    )


def _add_rules(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules", type=Path, metavar="FOLDER", help="your own rule files (default: rules, if that folder is there)"
    )


def _add_shown(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="the PDF")
    command.add_argument("--page", type=_whole, metavar="N", help="this page alone, counted from 1 (default: all)")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="print blocks and what was left out instead of drawing")
    form.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PATH",
        help="file for the picture of one page, or folder for pictures (default: FILE-pN.png in the current folder)",
    )


def _add_input(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--raw", type=Path, default=RAW, metavar="FOLDER", help="folder with PDFs (default: %(default)s)"
    )
    _add_rules(command)
    _add_corrections(command)
    command.add_argument("--grammar-alone", action="store_true", help="know no catalogued meeting and initiative")
    command.add_argument(
        "--verify", action="store_true", help="read every file again to see what changed, not only its size and times"
    )
    command.add_argument(
        "--jobs", type=_whole, default=_processors(), metavar="N", help="PDFs read at once (default: all processors)"
    )
    command.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help="have the workers of a Dask scheduler do the work, for example tcp://node1:8786, instead of --jobs",
    )


def _add_gold(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--gold", type=Path, default=GOLD, metavar="FOLDER", help="folder with *.gold.json (default: %(default)s)"
    )
    command.add_argument(
        "--errors", action="store_true", help="print everything that differs, with the words around it"
    )
    command.add_argument(
        "--grammar-alone",
        action="store_true",
        help="the tables were made without catalogued names: use the floors for that",
    )
    command.add_argument(
        "--write-floors", action="store_true", help="keep these scores as those that may not get worse"
    )
    command.add_argument("--lower-floors", action="store_true", help="the same, also where a score got worse")


def _add_loudness(command: argparse.ArgumentParser) -> None:
    loudness = command.add_mutually_exclusive_group()
    loudness.add_argument("--verbose", action="store_true", help="tell of each document and show tracebacks")
    loudness.add_argument("--quiet", action="store_true", help="tell of errors only; no progress bar, no closing line")


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
