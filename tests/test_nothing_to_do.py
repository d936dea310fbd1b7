"""A run with nothing to do loads nothing that takes time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SLOW = ("spacy", "thinc", "numpy", "pandas", "duckdb", "xlsxwriter", "pdfplumber", "pdfminer", "jinja2", "PIL", "tqdm")
PROGRAM = """
import json, sys
from pipeline.cli import main
code = main(sys.argv[1:])
print(json.dumps({"code": code, "loaded": sorted(sys.modules)}))
"""


def test_a_run_with_nothing_to_do_loads_no_slow_library(sample_output: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(sample_output, output)
    before = {path: path.stat().st_ino for path in output.glob("*.*")}
    command = [sys.executable, "-c", PROGRAM, "all", "--raw", "raw", "--output", str(output), "--quiet"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(said.stdout.splitlines()[-1])
    assert found["code"] == 0
    assert {name.partition(".")[0] for name in found["loaded"]}.isdisjoint(SLOW)
    assert {path: path.stat().st_ino for path in output.glob("*.*")} == before
