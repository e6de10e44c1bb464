"""What the page refuses: foreign scripts, nonsense in the address, a look at another's state."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from dashboard.app import create_app
from dashboard.query import Tables, open_tables
from dashboard.views import read_address, write_address

Open = Callable[..., Page]
NAMES = ["actor", "type", "from", "to", "text", "denied", "zoom", "event", "lanes", "order",
         "lane", "hide", "fold", "title", "language", "theme", "colour", ""]  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.dates().map(str),
    st.tuples(st.dates(), st.dates()).map(lambda days: f"{days[0]}..{days[1]}"),
    st.sampled_from(["Northland", "Grey Brigade", "bombing", "e05", "fr", "dark", "type", "1", "",
                     "<script>alert(1)</script>", "' OR 1=1 --", "\0", "%", "０７"]),
)  # fmt: skip
QUERIES = st.one_of(
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8).map(urlencode),
    st.text(max_size=60).map(quote),
    st.text(alphabet="%&=;+?#/\\0aF", max_size=40),
)


@pytest.fixture(scope="module")
def tables(table_folder: Path) -> Tables:
    return open_tables(table_folder)


@pytest.fixture(scope="module")
def client(table_folder: Path) -> FlaskClient:
    found: FlaskClient = create_app(table_folder).server.test_client()
    return found


@settings(max_examples=150, deadline=None)
@given(query=QUERIES)
def test_any_query_gives_a_page(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.data
    assert re.search(rb'<html lang="(en|fr)"( data-theme="(light|dark)")?>', answer.data)


@settings(max_examples=150, deadline=None)
@given(query=QUERIES)
def test_any_query_is_a_view_that_its_own_address_gives_back(tables: Tables, query: str) -> None:
    view, _ = read_address(f"?{query}", tables)
    assert read_address(write_address(view), tables) == (view, [])


@settings(max_examples=25, deadline=None)
@given(query=QUERIES)
def test_any_address_is_answered_by_the_callback_that_reads_it(
    client: FlaskClient, query: str
) -> None:
    asked = {
        "output": "..read.data...ignored.children..",
        "outputs": [
            {"id": "read", "property": "data"}, {"id": "ignored", "property": "children"},
        ],
        "inputs": [{"id": "asked", "property": "data", "value": f"?{query}"}],
        "state": [{"id": "language", "property": "data", "value": "en"}],
        "changedPropIds": ["asked.data"],
    }  # fmt: skip
    assert client.post("/_dash-update-component", json=asked).status_code == 200


def test_scripts_come_from_here_alone(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        headers = answer.headers
    rules = dict(
        rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";")
    )
    assert re.fullmatch(r"'self'( 'sha256-[\w+/=]+')+", rules["script-src"])
    for name in ("object-src", "base-uri", "form-action", "frame-ancestors"):
        assert rules[name] == "'none'"
    assert rules["img-src"] == "'self' data: blob:" and rules["connect-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"


def test_text_never_runs_as_a_script(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(address)
    page.wait_for_selector("#overview .main-svg")
    for text in ("window.owned = 1", "window.owned = eval('1')"):
        page.evaluate(
            "(text) => { const made = document.createElement('script');"
            " made.textContent = text; document.body.append(made); }",
            text,
        )
    assert page.evaluate("window.owned === undefined")
    page.close()


def test_two_browsers_never_see_each_others_state(open_page: Open, address: str) -> None:
    one, other = open_page(), open_page(locale="fr-FR", scheme="dark")
    one.fill("#text", "Grey")
    expect(one.locator("#shown")).to_have_text("4 of 13 events")
    one.click("#guide-close")
    one.click("#other-theme")
    one.locator("#rows .row").first.click()
    expect(one.locator("#card h2")).to_be_visible()
    one.click("#other-language")
    expect(one.locator("#shown")).to_have_text("4 événements sur 13")
    other.click("#other-language")
    expect(other.locator("#shown")).to_have_text("12 of 13 events")
    expect(other.locator("#card h2")).to_have_count(0)
    expect(other.locator("#guide")).to_be_visible()
    other.reload()
    expect(other.locator("#shown")).to_have_text("12 of 13 events")
    expect(other.locator("#text")).to_have_value("")
    expect(one.locator("#shown")).to_have_text("4 événements sur 13")


def test_a_server_that_is_gone_or_fails_is_told(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(address)
    page.wait_for_selector("#overview .main-svg")
    trouble = page.locator("#trouble")
    expect(trouble).not_to_be_visible()
    page.route("**/*", lambda route: route.abort())
    page.fill("#text", "Grey")
    expect(trouble).to_contain_text("The server does not answer")
    page.unroute("**/*")
    expect(trouble).to_contain_text("answers again")
    page.route("**/chart", lambda route: route.fulfill(status=500, body="{}"))
    page.fill("#text", "Sable")
    expect(trouble).to_contain_text("Something went wrong")
    page.unroute("**/chart")
    page.get_by_role("button", name="Reload").click()
    expect(page.locator("#shown")).to_have_text("4 of 13 events")
    page.close()
