"""The harness: Chromium starts, draws WebGL, and its complaints are heard."""

from tests.browser.conftest import Visiting

HAS_WEBGL = "() => document.createElement('canvas').getContext('webgl2') !== null"


def test_chromium_draws_webgl(visit: Visiting) -> None:
    assert visit().page.evaluate(HAS_WEBGL)


def test_complaints_are_heard(visit: Visiting) -> None:
    window = visit()
    window.open("/healthz/")
    window.page.evaluate("() => console.error('broken')")
    window.page.evaluate(
        "() => { document.body.innerHTML = '<img src=\"https://elsewhere.example/x.png\">' }"
    )
    window.page.wait_for_function("() => document.images.length === 1")
    heard, window.complaints = window.complaints, []
    assert any("broken" in text for text in heard)
    assert any("Content Security Policy" in text for text in heard)


def test_axe_is_heard(visit: Visiting) -> None:
    window = visit()
    window.open("/healthz/")
    window.page.evaluate("() => { document.body.innerHTML = '<main><h1>x</h1><button></button></main>' }")
    assert any(finding.startswith("button-name") for finding in window.axe())
