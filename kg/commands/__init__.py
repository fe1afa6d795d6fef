"""The command `kg`: one module a command, imported when it is used; each parses, calls one function and prints.

Results go to stdout, progress and messages to stderr.  Exit codes: 0 done; 1 documents failed, or findings; 2 wrong
use, or anything else that a user can mend (`kg.errors`), said in one line; 70 a defect of kg; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from kg import __version__
from kg.errors import KGError

COMMANDS = {
    "build": "kg.commands.build:build",
    "conflicts": "kg.commands.conflicts:conflicts",
    "diff": "kg.commands.diff:diff",
    "doctor": "kg.commands.doctor:doctor",
    "evaluate": "kg.commands.evaluate:evaluate",
    "explain": "kg.commands.explain:explain",
    "export": "kg.commands.export:export",
    "extract": "kg.commands.extract:extract",
    "init": "kg.commands.init:init",
    "query": "kg.commands.query:query",
    "remove": "kg.commands.remove:remove",
    "serve": "kg.commands.serve:serve",
    "stats": "kg.commands.stats:stats",
    "train": "kg.commands.train:train",
    "validate": "kg.commands.validate:validate",
    "view": "kg.commands.view:view",
}
"""Every command and where it is."""

WRONG_USE, DEFECT, INTERRUPTED = 2, 70, 130


class Commands(click.Group):
    """A group whose commands are imported when they are called; their errors become a line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        import difflib

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"commands: {', '.join(COMMANDS)}"
            raise click.UsageError(f"there is no command {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except BrokenPipeError:
            _drop_output()  # whoever read our output has seen enough
            ctx.exit(0)
        except (Exception, KeyboardInterrupt) as error:
            if ctx.params.get("debug"):
                raise
            _fail(ctx, error)


@click.group(
    cls=Commands,
    name="kg",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command has its own help: kg build --help",
)
@click.option("--debug", is_flag=True, help="Show the traceback when something goes wrong.")
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def commands(debug: bool) -> None:
    """Build a knowledge graph from documents, and ask it.

    Every statement in it leads to the words that say so.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what a console cannot show must not stop anything
            stream.reconfigure(errors="backslashreplace")
    try:
        code = commands.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = WRONG_USE
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        _say(f"{error.format_message().rstrip('.')}; see {context.command_path if context else 'kg'} --help")
        code = error.exit_code
    except click.Abort:
        _say("interrupted")
        code = INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        code = 0
    if code == INTERRUPTED:
        # Python remembers an interrupt that left an `exec` or `eval`, as those of imported modules, and would die of it
        # at its end in place of leaving with the code; the next one forgets it.
        eval("None")
    sys.exit(code if isinstance(code, int) else 0)


def _fail(ctx: click.Context, error: BaseException) -> NoReturn:
    """Say what went wrong in one line, and leave with its exit code."""
    if isinstance(error, KeyboardInterrupt):
        _say("interrupted; nothing was changed")
        ctx.exit(INTERRUPTED)
    if isinstance(error, KGError):
        _say(str(error))
        ctx.exit(WRONG_USE)
    if isinstance(error, OSError) and error.strerror:
        _say(f"{error.filename}: {error.strerror}" if error.filename is not None else error.strerror)
        ctx.exit(WRONG_USE)
    _say(f"a defect in kg: {type(error).__name__}: {error}; kg --debug shows where; please report it")
    ctx.exit(DEFECT)


def _say(message: str) -> None:
    from kg.commands.printing import say

    say(message)


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that the interpreter's own flush at its end is quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
