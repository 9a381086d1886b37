"""Somebody at the work pages: opens addresses and presses buttons as a browser without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag

from ..world import World


@dataclass(frozen=True)
class Visitor:
    """``who``: a name of the world's accounts, None for somebody not signed in."""

    portal: Any
    world: World
    who: str | None

    def answer(self, url: str, status: int = 200) -> Any:
        """The raw answer to opening an address; redirects are not followed."""
        headers = self.world.headers(self.who)
        return self.portal.get(url, headers=headers, status=status, follow_redirects=False)

    def open(self, url: str, status: int = 200) -> BeautifulSoup:
        """The page at an address."""
        return BeautifulSoup(self.answer(url, status).body, "html.parser")

    def press(
        self, page: BeautifulSoup, button: str, status: int = 302, **typed: Any
    ) -> BeautifulSoup:
        """Fill in a form and press its button.

        :param button: words the button begins with. :param typed: fields by name; a list is a
            set of ticks, None leaves the field out.
        :returns: the page that comes back; after a redirect, the page it leads to.
        """
        pressed = button_of(page, button)
        form = pressed.find_parent("form")
        assert isinstance(form, Tag)
        sent = controls(form, page)
        if pressed.get("name"):
            sent[str(pressed["name"])] = [str(pressed.get("value", ""))]
        for name, value in typed.items():
            sent[name] = [] if value is None else value if isinstance(value, list) else [value]
        address = str(pressed.get("formaction") or form.get("action")).split("#")[0]
        answer = self.portal.post(
            address,
            data=sent,
            headers=self.world.headers(self.who),
            status=status,
            follow_redirects=False,
        )
        if status == 302:
            return self.open(answer.headers["Location"].split("#")[0])
        return BeautifulSoup(answer.body, "html.parser")


def button_of(page: BeautifulSoup, words: str) -> Tag:
    """The one button that begins with these words."""
    found = [b for b in page.select("#content button") if text_of(b).startswith(words)]
    assert found, f"no button {words!r} among {buttons(page)}"
    return found[0]


def buttons(page: BeautifulSoup) -> list[str]:
    """What the buttons of the page's content say."""
    return [text_of(button) for button in page.select("#content button")]


def controls(form: Tag, page: Tag | None = None) -> dict[str, list[str]]:
    """What a browser would send of a form; fields elsewhere on the page may name it as theirs."""
    sent: dict[str, list[str]] = {}
    named = "input[name], textarea[name], select[name]"
    within = [field for field in form.select(named) if not field.has_attr("form")]
    elsewhere = page.select(f"[form='{form['id']}'][name]") if page and form.has_attr("id") else []
    for field in [*within, *elsewhere]:
        for value in _values(field):
            sent.setdefault(str(field["name"]), []).append(value)
    return sent


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text()]
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select_one("option")
        return [str(chosen.get("value", ""))] if chosen else []
    if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
        return []
    return [str(field.get("value", ""))]


def text_of(part: Any) -> str:
    """The words of a part of a page, white space put right."""
    return " ".join(part.get_text(" ").split()) if part else ""


def content(page: BeautifulSoup) -> str:
    """The words of the page's content."""
    return text_of(page.select_one("#content"))


def refusal(page: BeautifulSoup) -> str:
    """The sentence of the refusal; the summary takes the focus and leads to its place."""
    box = page.select_one(".sd-errors[role=alert][autofocus][tabindex='-1']")
    assert box is not None, content(page)
    link = box.select_one("a[href]")
    if link is not None:
        assert page.select_one(str(link["href"])) is not None, link
    return text_of(box.select_one("ul"))
