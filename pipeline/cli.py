"""Commands and exit codes. The only module that prints."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import FrameType

from pipeline import correcting, kit
from pipeline.bundle import NAME, bundle
from pipeline.console import Bar, log_to_stderr, printable, quiet_libraries
from pipeline.errors import Exit, PipelineError, UsageError
from pipeline.limits import Limits, limits_from_environment
from pipeline.rules import engine
from pipeline.run import Options, Outcome, Silence, run

RAW = Path("raw")
"""Folder that PDFs are read from by default."""
OUTPUT = Path("output")
"""Folder that results are written to by default."""
GOLD = Path("tests/gold")
"""Folder of annotated commentaries by default."""
RULES = Path("rules")
"""Folder of the user's own rule files by default."""
FLOORS = "floors.toml"
"""File beside them with the scores that may not get worse."""

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command with the given arguments (default: those of the process); returns the exit code."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help(sys.stderr)
        return Exit.USAGE
    quiet_libraries()
    log_to_stderr(_loudness(options))
    before = signal.signal(signal.SIGTERM, _terminated)
    try:
        return _ACTS.get(options.command, _run)(options)
    except PipelineError as error:
        print(f"pipeline: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # Whoever reads what is printed (head, less) has seen enough.
        sys.stdout = None
        return Exit.OK
    except KeyboardInterrupt:
        print("pipeline: interrupted; what is done so far is kept for the next run", file=sys.stderr)
        return Exit.INTERRUPTED
    finally:
        signal.signal(signal.SIGTERM, before)


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


def _run(asked: argparse.Namespace) -> int:
    _use_rules(asked.rules)
    if asked.corrections != correcting.FOLDER and not asked.corrections.is_dir():
        raise UsageError(f"There is no folder {asked.corrections}. Name the one with your corrections.")
    options = Options(
        asked.raw,
        asked.output,
        asked.jobs,
        _limits(),
        grammar_alone=asked.grammar_alone,
        corrections=asked.corrections,
        verify=asked.verify,
        cluster=asked.cluster,
    )
    last = "report" if asked.command == "all" else asked.command
    show = sys.stderr.isatty() and not asked.quiet
    outcomes = run(options, last, Bar() if show else Silence())
    failed = [outcome for outcome in outcomes if outcome.errors]
    for outcome in failed:
        for message in outcome.errors:
            print(f"pipeline: {printable(outcome.source_file)}: {message}", file=sys.stderr)
    if not asked.quiet:
        print(_closing_line(asked.command, outcomes, asked.output))
    return Exit.SOME_FAILED if failed else Exit.OK


def _rules(asked: argparse.Namespace) -> int:
    # Reading notes is more than all other commands but the stages need.
    from pipeline.resolve.describe import describe  # noqa: PLC0415

    _use_rules(asked.rules)
    acts: dict[str, Callable[[], Iterator[str]]] = {
        "check": lambda: kit.check(asked.gold),
        "try": lambda: describe(*asked.text) if asked.note else chain.from_iterable(map(kit.try_text, asked.text)),
        "list": kit.list_rules,
        "unused": lambda: kit.unused(asked.output),
    }
    for line in acts[asked.action]():
        print(printable(line))
    return Exit.OK


def _explain(asked: argparse.Namespace) -> int:
    _use_rules(asked.rules)
    for line in kit.explain(asked.output, asked.mention_id):
        print(printable(line))
    return Exit.OK


def _correct(asked: argparse.Namespace) -> int:
    for line in correcting.write(asked, asked.corrections):
        print(printable(line))
    return Exit.OK


def _bundle(asked: argparse.Namespace) -> int:
    for line in bundle(asked.output, pictures=asked.pictures):
        print(printable(line))
    return Exit.OK


def _use_rules(folder: Path | None) -> None:
    """The user's rule files, for this process and those it starts."""
    if folder is not None:
        os.environ[engine.VARIABLE] = str(folder)
    elif RULES.is_dir():
        os.environ.setdefault(engine.VARIABLE, str(RULES))


def _limits() -> Limits:
    try:
        return limits_from_environment()
    except ValueError as error:
        raise UsageError(str(error)) from None


def _closing_line(command: str, outcomes: Sequence[Outcome], output: Path) -> str:
    counts = Counter(outcome.status for outcome in outcomes)
    parts = [f"{counts[status]} {status}" for status in ("ok", "warning", "failed", "duplicate") if counts[status]]
    found = f"{len(outcomes)} PDF{'' if len(outcomes) == 1 else 's'}: {', '.join(parts)}."
    where = {
        "all": f"Open {output}/index.html in a browser; the tables stand beside it.",
        "export": f"Tables are in {output}/",
        "report": f"Open {output}/index.html in a browser; the tables stand beside it.",
    }
    return f"{found} {where.get(command, f'Documents are in {output}/work/{command}/')}"


def _eval(asked: argparse.Namespace) -> int:
    # Its library is installed for development only, and no other command needs it.
    from pipeline.evaluate import check_floors, evaluate, render, write_floors  # noqa: PLC0415

    gold = sorted(asked.gold.glob("*.gold.json"))
    if not gold:
        raise UsageError(f"There is no *.gold.json in {asked.gold}. Name another folder with --gold.")
    if not (asked.output / "documents.csv").is_file():
        raise UsageError(f"There are no tables in {asked.output}. Write them first: python -m pipeline export")
    scores = evaluate(asked.output, gold)
    if not asked.quiet:
        print(render(scores, asked.errors), end="")
    floors = asked.gold / FLOORS
    table = "grammar_alone" if asked.grammar_alone else "floors"
    if asked.write_floors or asked.lower_floors:
        write_floors(scores, gold, floors, table, lower=asked.lower_floors)
        return Exit.OK
    complaints = check_floors(scores, gold, floors, table) if floors.exists() else []
    for complaint in complaints:
        print(f"pipeline: {complaint}", file=sys.stderr)
    return Exit.SOME_FAILED if complaints else Exit.OK


def _show(asked: argparse.Namespace) -> int:
    # Its drawing library is wanted by no other command.
    from pipeline.show import Wanted, show_pictures, show_text  # noqa: PLC0415

    wanted = Wanted(asked.file, asked.page, asked.output, _limits())
    if asked.text:
        print(_printable_lines(show_text(wanted)), end="")
        return Exit.OK
    for path in show_pictures(wanted):
        if not asked.quiet:
            print(printable(str(path)), flush=True)
    return Exit.OK


def _printable_lines(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))


_ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "eval": _eval,
    "show": _show,
    "rules": _rules,
    "explain": _explain,
    "correct": _correct,
    "bundle": _bundle,
}
"""What a command does that is no stage."""


def _loudness(asked: argparse.Namespace) -> int:
    if getattr(asked, "verbose", False):
        return logging.DEBUG
    return logging.ERROR if getattr(asked, "quiet", False) else logging.WARNING


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
