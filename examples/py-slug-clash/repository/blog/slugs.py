"""Addresses of posts."""

import re


def slug(title):
    """Small letters and digits, with dashes between words."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "post"


class Slugs:
    """Gives each post an address of its own."""

    def __init__(self):
        self.taken = {}

    def give(self, title):
        name = slug(title)
        count = self.taken.get(name, 0) + 1
        self.taken[name] = count
        return name if count == 1 else f"{name}-{count}"
