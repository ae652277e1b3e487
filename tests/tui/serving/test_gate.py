"""Who is let in to `ascribe serve`, what they are given, and that nothing is left when they go."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator

import pytest

from reasoner.evidence.workspace import Workspace
from tests.tui.serving.served import Served, serving, until
from tui.serving.server import MOST_VISITORS


@pytest.fixture(scope="module")
def door(copied: Workspace) -> Iterator[Served]:
    """A server nobody gets into."""
    with serving(copied.rules.parent) as server:
        yield server
        assert [] == server.visits


@pytest.fixture
def served(workspace: Workspace) -> Iterator[Served]:
    """A server on the made-up case."""
    with serving(workspace.rules.parent) as server:
        yield server


def test_only_who_has_the_token_comes_in(door: Served) -> None:
    """Page, websocket, files and downloads alike are refused to anybody else, and nothing is started for them."""
    wrong = door.token[:-1] + ("a" if door.token[-1] != "a" else "b")
    for path in ("/", f"/{wrong}/", f"/{wrong}/static/js/textual.js", f"/download/{wrong}/key", "/static/", "/%C3%A9/"):
        status, _, text = door.get(path)
        assert status == 403, path
        assert door.token not in text
        assert "not complete" in text
    assert 403 == door.knock(f"/{wrong}/ws")[0]
    assert 200 == door.get(f"/{door.token}/")[0]
    assert len(door.token) >= 43


def test_no_other_page_comes_in(door: Served) -> None:
    """Neither a page of another origin, though it has the address, nor a name that was made to point here."""
    page, socket_path = f"/{door.token}/", f"/{door.token}/ws"
    elsewhere = "http://127.0.0.1:1"
    assert 403 == door.knock(socket_path, Origin=elsewhere)[0]
    assert 403 == door.knock(socket_path, Origin="null")[0]
    assert 403 == door.knock(socket_path, Origin="")[0]
    assert 403 == door.knock(socket_path, Host="rebound.example", Origin="http://rebound.example")[0]
    assert 403 == door.get(page, {"Origin": elsewhere})[0]
    for host in ("rebound.example", f"rebound.example:{door.host.split(':')[1]}", "127.0.0.1.rebound.example", ""):
        assert 403 == door.get(page, {"Host": host})[0], host
    assert 200 == door.get(page, {"Host": "localhost:9000"})[0]


def test_it_is_served_to_this_machine_only(door: Served) -> None:
    """It listens on no address that another machine could reach."""
    port = int(door.host.split(":")[1])
    assert door.host.startswith("127.0.0.1:")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), 1)


def test_the_page_keeps_to_itself(door: Served) -> None:
    """It loads nothing from elsewhere, is framed by nobody, tells nobody its address, and no folder is listed."""
    base = f"/{door.token}"
    _, headers, text = door.get(f"{base}/")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers
    assert "https://" not in text
    assert text.count("http://") == 0
    assert 200 == door.get(f"{base}/static/js/textual.js")[0]
    for path in (
        "static",
        "static/",
        "static/js/",
        "static/../server.py",
        "static/%2e%2e/server.py",
        "static//etc/hosts",
    ):
        assert door.get(f"{base}/{path}")[0] in (403, 404), path
    assert 404 == door.get(f"/download/{door.token}/none")[0]


def test_a_visitors_process_may_not_write_unless_asked(served: Served, workspace: Workspace) -> None:
    """Without `--edit` it is not told so; it is started without a shell, from words."""
    with served.visit():
        ((*words,),) = served.visits
    assert "--edit" not in words
    assert str(workspace.rules) in words
    with serving(workspace.rules.parent, "--edit") as open_to_all, open_to_all.visit():
        assert "--edit" in open_to_all.visits[0]


def test_so_many_and_no_more(served: Served) -> None:
    """Each visitor has a process, up to a limit; the next gets a page that says so, and comes in when one leaves."""
    lines = [served.visit() for _ in range(MOST_VISITORS)]
    assert MOST_VISITORS == len(served.visits)
    status, _, text = served.get(f"/{served.token}/")
    assert status == 503
    assert f"{MOST_VISITORS} visitors are here already" in text
    assert 503 == served.knock(f"/{served.token}/ws")[0]
    assert MOST_VISITORS == len(served.visits)

    lines.pop().close()
    until(lambda: len(served.visits) < MOST_VISITORS, "the end of one process")
    until(lambda: 200 == served.get(f"/{served.token}/")[0], "room for another")
    assert 0 == served.end(signal.SIGINT)
    assert [] == served.visits


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left(served: Served, how: signal.Signals) -> None:
    """All visits end with the server, whether it is told to end or killed."""
    with served.visit(), served.visit():
        code = served.end(how)
        until(lambda: not served.visits, "the end of the processes")
    if how is not signal.SIGKILL:
        assert 0 == code
        assert served.process.stderr is not None
        assert "Traceback" not in served.process.stderr.read()


def test_shipped_files_cannot_be_opened_for_editing(workspace: Workspace) -> None:
    """`--edit` on the files that came with ascribe says what to do instead."""
    from click.testing import CliRunner

    from reasoner.cli import cli

    (workspace.facts / "cases" / "harbour_2030.yaml").unlink()
    for folder in (workspace.facts, workspace.rules):
        folder.rename(folder.with_name(f"not_{folder.name}"))
    done = CliRunner().invoke(cli, ["serve", "--edit", "--port", "0"])
    assert 2 == done.exit_code
    assert "ascribe init" in done.output


def test_a_port_that_is_taken(door: Served) -> None:
    """It says so, and how to get another."""
    from click.testing import CliRunner

    from reasoner.cli import cli
    from reasoner.problems import InputError

    done = CliRunner().invoke(cli, ["serve", "--port", door.host.split(":")[1]])
    assert isinstance(done.exception, InputError)
    assert "--port" in str(done.exception.problems[0].hint)
