"""What all commands have in common."""

from __future__ import annotations

import click
import pytest
from command_line import kg

import kg as package
from kg.commands import COMMANDS, commands


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    assert command.name == name
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.name}"
    summary = command.get_short_help_str(limit=72)
    assert summary.endswith(".")
    assert not summary.endswith("..."), f"the first line of the help of {name} is too long"


def test_commands_are_sorted() -> None:
    assert list(COMMANDS) == sorted(COMMANDS)


def test_help_and_version() -> None:
    assert kg("--version").stdout == f"kg {package.__version__}\n"
    assert kg("--help").stdout == kg("-h").stdout
    assert all(name in kg("--help").stdout for name in COMMANDS)
    for name in ("build", "query"):
        assert kg(name, "--help").returncode == 0


def test_without_a_command_the_help_is_shown() -> None:
    done = kg()
    assert done.returncode == 2
    assert "Commands:" in done.stderr


def test_a_defect_is_said_in_one_line_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from kg import doctor
    from kg.commands import DEFECT, main

    def broken() -> None:
        raise ZeroDivisionError("\x1b[31mnot a user's mistake")

    monkeypatch.setattr(doctor, "check", broken)
    with pytest.raises(SystemExit) as left:
        main(["doctor"])
    assert left.value.code == DEFECT
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "ZeroDivisionError" in said
    assert "--debug" in said
    assert "\x1b" not in said
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "doctor"])
