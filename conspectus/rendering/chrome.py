"""What stands around every page, rendered once for all pages that share it.

Head, header and footer are a third of a paper's page and differ by three things only: the way to
the site's root, the kind of page, and whether the page itself is behind one of their doors.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import Environment
from markupsafe import Markup

from conspectus.model.site import Page
from conspectus.siteplan import urls
from conspectus.siteplan.views import Frame

_Key = tuple[str, str, str, str]
HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Chrome:
    """Renders `chrome/<part>.html`, and remembers what it rendered."""

    env: Environment
    frame: Frame
    _known: dict[_Key, Markup] = field(default_factory=dict)

    def __call__(self, part: str, page: Page, root: str) -> Markup:
        """One part as the page shows it; `root` leads from the page to the site's root."""
        doors = {HOME, *(door.permalink for door in self.frame.doors)}
        here = page.permalink if page.permalink in doors else ""
        key = (part, root, page.kind, here)
        if key not in self._known:
            template = self.env.get_template(f"chrome/{part}.html")
            text = template.render(page=page, root=root, url=urls.Linker(root))
            self._known[key] = Markup(text)
        return self._known[key]
