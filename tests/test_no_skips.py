"""The rule that a skipped test is a failed one, tried on tests that skip in every way."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SKIPPING = """
import pytest

def test_that_skips_itself():
    pytest.skip("no chromium here")

@pytest.mark.skipif(True, reason="not on this machine")
def test_that_is_marked():
    raise AssertionError

@pytest.mark.xfail
def test_that_is_expected_to_fail():
    raise AssertionError

def test_that_runs():
    pass
"""


def test_what_is_skipped_has_failed(tmp_path):
    (tmp_path / "test_some.py").write_text(SKIPPING)
    (tmp_path / "test_module.py").write_text("import pytest\npytest.skip('all of it', allow_module_level=True)\n")
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:cacheprovider", "-p", "tests.no_skips"]
    command += ["--continue-on-collection-errors", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "2 failed, 1 passed, 2 errors" in done.stdout, done.stdout
    assert "no chromium here" in done.stdout
