"""What may stand where: rules that no import contract can see, each with its cure in the message."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.support.source import Module, dotted, imported, modules

CODE: Final = ("station_app", "sync")

CLOCKS: Final = {
    "station_app/clock.py": "the station's clock",
    "sync/server/clock.py": "the server's clock",
    "station_app/services/local/faults.py": "names a crash report when nothing that was passed in can be trusted",
}
"""The only readers of the machine's time, and why; everything else receives a clock."""

WALL_TIME: Final = re.compile(
    r"^(datetime\.)?(datetime\.(now|utcnow|today)|date\.today)$|^time\.(time|time_ns|localtime|gmtime|strftime)$"
)

THREADS: Final = {
    "station_app/ui/tasks.py": "the three lanes",
    "station_app/documents/batch.py": "batch layout in a worker process",
    "sync/client/calls.py": "one request is under way while the next batch is packed; its thread only waits",
}
"""Where a thread or process may be named, and why."""

SQL: Final = ("sqlalchemy", "sqlmodel", "sqlite3", "sqlcipher3", "psycopg", "alembic")

PRINTS: Final = ("station_app/cli/", "station_app/__main__.py", "sync/server/cli.py")


def _calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def test_time_is_passed_in() -> None:
    reads = [
        f"{module.at(call)} {name}(): take a Clock (station_app.clock) as a parameter"
        for module in modules(*CODE)
        if module.path not in CLOCKS
        for call, name in _calls(module)
        if WALL_TIME.search(name)
    ]
    assert reads == []


def test_time_is_not_read_under_another_name() -> None:
    """`from time import time` would hide from the check above."""
    hidden = [
        f"{module.at(node)} import the module, not {name}"
        for module in modules(*CODE)
        for node, name in imported(module.tree)
        if name in {"time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime"}
    ]
    assert hidden == []


def test_threads_live_in_one_place() -> None:
    """Starting one is what counts: a lock or a thread's own storage may stand where it guards something."""
    starters = re.compile(
        r"(^|\.)(Thread|Timer|ThreadPoolExecutor|ProcessPoolExecutor|Process|Pool|QThread|QThreadPool|QRunnable|"
        r"start_new_thread|to_thread|run_in_executor)$"
    )
    started = [
        f"{module.at(call)} {name}(): go through station_app/ui/tasks.py"
        for module in modules("station_app", "sync/client", "sync/contract")
        if module.path not in THREADS
        for call, name in _calls(module)
        if starters.search(name)
    ]
    derived = [
        f"{module.at(node)} class {node.name}: go through station_app/ui/tasks.py"
        for module in modules("station_app", "sync/client", "sync/contract")
        if module.path not in THREADS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and any(starters.search(dotted(base)) for base in node.bases)
    ]
    assert started + derived == []


def test_no_object_moves_to_another_qt_thread() -> None:
    """Slots of such an object run in the wrong thread: emit from an object of the main thread instead."""
    moved = [module.at(call) for module in modules(*CODE) for call, name in _calls(module) if "moveToThread" in name]
    assert moved == []


def test_domain_and_contract_know_no_sql() -> None:
    found = [
        f"{module.at(node)} {name}"
        for module in modules("station_app/domain", "sync/contract")
        for node, name in imported(module.tree)
        if name.split(".")[0] in SQL
    ]
    tables = [
        f"{module.at(node)} table=True"
        for module in modules("station_app/domain", "sync/contract")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and any(keyword.arg == "table" for keyword in node.keywords)
    ]
    assert found + tables == []


def test_domain_and_contract_do_no_input_or_output() -> None:
    """Facts and rules are functions of their arguments; data files are read by the loaders named here."""
    names = (
        "codes",
        "rules",
        "labels",
        "court/laws",
        "clauses/clause",
        "intake/copy_list",
        "names/letters",
        "intake/phrases",
    )
    loaders = {f"station_app/domain/{name}.py" for name in names}
    found = [
        f"{module.at(call)} {name}()"
        for module in modules("station_app/domain", "sync/contract")
        if module.path not in loaders
        for call, name in _calls(module)
        if name in {"open", "input", "exec", "eval", "os.getenv"}
        or name.endswith((".read_text", ".read_bytes", ".write_text", ".write_bytes", ".urlopen"))
    ]
    assert found == []


def test_only_commands_print() -> None:
    found = [
        f"{module.at(call)} log it, or raise KnownError"
        for module in modules(*CODE)
        if not module.path.startswith(PRINTS)
        for call, name in _calls(module)
        if name == "print"
    ]
    assert found == []


def test_one_file_knows_the_frozen_program() -> None:
    found = [m.path for m in modules(*CODE) if "_MEIPASS" in m.text and m.path != "station_app/paths.py"]
    assert found == []


def test_every_ignored_type_error_has_a_code_and_a_reason() -> None:
    bare = re.compile(r"#\s*type:\s*ignore(?!\[[\w, -]+\]\s+#\s*\S)")
    found = [
        f"{module.path}:{number}: write `# type: ignore[code]  # because ...`"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), 1)
        if bare.search(line) and "re.compile" not in line and "write `" not in line
    ]
    assert found == []


def test_every_skip_has_a_reason() -> None:
    found = [
        module.at(call)
        for module in modules("tests")
        for call, name in _calls(module)
        if name in {"pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}
        and not (call.args if name == "pytest.skip" else [k for k in call.keywords if k.arg == "reason"])
    ]
    bare = [
        module.at(decorator)
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        for decorator in node.decorator_list
        if dotted(decorator) in {"pytest.mark.skip", "pytest.mark.xfail"}
    ]
    assert found + bare == []


def test_no_test_blocks_in_a_modal_dialog() -> None:
    """`exec()` waits for a person: use `open()` and `accept()`."""
    found = [
        module.at(call)
        for module in modules("tests/ui")
        for call, name in _calls(module)
        if name.endswith((".exec", ".exec_"))
    ]
    assert found == []
