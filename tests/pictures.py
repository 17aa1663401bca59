"""`make pictures`: starts the demonstration on an empty folder, walks through it as its people, draws docs/pictures/."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Browser, Page, sync_playwright

from config.env import BASE_DIR
from tests.chromium import EXECUTABLE, FLAGS
from tests.config.test_start import started

FOLDER = BASE_DIR / "docs" / "pictures"
LEARNER, GRADUATE = "alva.exempel@example.se", "ludmila.pahitt@example.se"
MANAGER, TRAINER = "birgitta.fabel@example.se", "tuva.tavelkrita@example.se"
LESSON = "/moduler/informationsdelning/sekretessen-dar-jag-arbetar/"
PHONE, DESK = (360, 720), (1280, 860)
SHARPNESS = {PHONE: 2.0, DESK: 1.0}
CERTIFICATE_DPI = 72
COLOURS, BYTES = 48, 60_000
OVERVIEW_COLOURS, OVERVIEW_BYTES = 96, 150_000
PAPER = "#f4f1ea"


class Session:
    """The product, running, and a browser before it."""

    def __init__(self, browser: Browser, address: str, password: str) -> None:
        self.browser, self.address, self.password = browser, address, password

    @contextmanager
    def of(self, login: str, screen: tuple[int, int]) -> Iterator[Page]:
        """Log somebody in before a screen."""
        context = self.browser.new_context(
            base_url=self.address,
            locale="sv-SE",
            viewport={"width": screen[0], "height": screen[1]},
            device_scale_factor=SHARPNESS[screen],
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto("/konto/logga-in/")
        page.locator("[name=login]").fill(login)
        page.locator("[name=password]").fill(self.password)
        page.locator("main form button[type=submit]").click()
        page.locator("a[href='/konto/logga-ut/']").wait_for()
        yield page
        context.close()


def main() -> None:
    """Draw every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var, started(Path(var)) as (_run, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)
        session = Session(browser, f"http://127.0.0.1:{port}", printed_password(Path(var) / "output"))
        picture_learner(session)
        picture_manager(session)
        picture_certificate(session)
        picture_trainer(session)
        browser.close()
    picture_overview()


def printed_password(output: Path) -> str:
    """Return the password that the start printed above the accounts."""
    found = re.search(r"lösenordet (\S+):", output.read_text())
    if found is None:
        raise SystemExit(output.read_text())
    return found[1]


def picture_learner(session: Session) -> None:
    """The start page, a lesson, and what is said after an answer."""
    with session.of(LEARNER, PHONE) as page:
        page.goto("/")
        take(page, "learner-start")
        page.goto(LESSON)
        take(page, "learner-lesson")
        question = page.locator("form:has([name=question])").first
        question.locator(".choice label").first.click()
        question.locator("button").click()
        page.locator(".feedback").first.evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 12)")
        take(page, "learner-answer")


def picture_manager(session: Session) -> None:
    """How far a whole administration has come."""
    with session.of(MANAGER, DESK) as page:
        page.goto("/chef/")
        take(page, "manager")


def picture_certificate(session: Session) -> None:
    """The stored document of somebody who is done."""
    with session.of(GRADUATE, DESK) as page, tempfile.NamedTemporaryFile(suffix=".pdf") as document:
        page.goto("/mina-intyg/")
        address = page.locator("main a[href$='.pdf']").first.get_attribute("href")
        document.write(page.request.get(str(address)).body())
        document.flush()
        subprocess.run(
            ["pdftoppm", "-r", str(CERTIFICATE_DPI), "-png", "-singlefile", document.name, FOLDER / "certificate"], check=True
        )
    make_small(FOLDER / "certificate.png", COLOURS, BYTES)


def picture_trainer(session: Session) -> None:
    """The trainer's first page, and giving out a lesson that has just got a better title."""
    with session.of(TRAINER, DESK) as page:
        page.goto("/admin/utgavor/")
        page.locator("main a[href^='/admin/utgavor/']").first.click()
        give_out = page.url
        page.locator("main a[href^='/admin/pages/']").first.click()
        page.locator("main").get_by_role("link", name="Rättigheter först").first.click()
        page.locator("#id_title").fill("Börja med rättigheterna")
        page.locator("footer .w-dropdown__toggle").click()
        page.locator("button[name=action-publish]").click()
        page.locator(".messages .success").wait_for()
        page.goto("/admin/")
        take(page, "trainer-home")
        page.goto(give_out)
        take(page, "trainer-editions")


def take(page: Page, name: str) -> None:
    """Keep what the screen shows."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    make_small(FOLDER / f"{name}.png", COLOURS, BYTES)


def make_small(path: Path, colours: int, most: int) -> None:
    """Keep so many colours, and fewer still until the file is no larger than `most` bytes."""
    full = Image.open(path).convert("RGB")
    while True:
        full.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= most:
            return
        colours -= 8


def picture_overview() -> None:
    """Lay a learner's telephone beside a manager's screen."""
    wide = Image.open(FOLDER / "manager.png").convert("RGB").resize((960, 645), Image.Resampling.LANCZOS)
    tall = Image.open(FOLDER / "learner-start.png").convert("RGB").resize((322, 645), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (1402, 725), PAPER)
    lay(sheet, tall, (40, 40), radius=26)
    lay(sheet, wide, (402, 40), radius=10)
    sheet.save(FOLDER / "overview.png")
    make_small(FOLDER / "overview.png", OVERVIEW_COLOURS, OVERVIEW_BYTES)


def lay(sheet: Image.Image, picture: Image.Image, place: tuple[int, int], radius: int) -> None:
    """Lay a picture with round corners and a soft shadow on the sheet."""
    corners = [(place[0], place[1]), (place[0] + picture.width, place[1] + picture.height)]
    shadow = Image.new("L", sheet.size, 0)
    ImageDraw.Draw(shadow).rounded_rectangle(corners, radius, fill=90)
    sheet.paste("#0b3a40", mask=shadow.filter(ImageFilter.GaussianBlur(12)))
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle([(0, 0), (picture.width - 1, picture.height - 1)], radius, fill=255)
    sheet.paste(picture, place, mask)
    ImageDraw.Draw(sheet).rounded_rectangle(corners, radius, outline="#c9c4b8", width=1)


if __name__ == "__main__":
    main()
