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
from pipeline.arguments import RULES, make_parser
from pipeline.bundle import bundle
from pipeline.console import Bar, log_to_stderr, printable, quiet_libraries
from pipeline.errors import Exit, PipelineError, UsageError
from pipeline.limits import Limits, limits_from_environment
from pipeline.rules import engine
from pipeline.run import Options, Outcome, Silence, run
from pipeline.vocabulary import STATUSES

FLOORS = "floors.toml"
"""File beside annotated commentaries with the scores that may not get worse."""


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
    parts = [f"{counts[status]} {status}" for status in STATUSES if counts[status]]
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
