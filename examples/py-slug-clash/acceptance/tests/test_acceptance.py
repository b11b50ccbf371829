import itertools
import unittest

from blog.slugs import Slugs


class Acceptance(unittest.TestCase):
    def test_no_two_are_alike(self):
        for titles in itertools.product(["News", "News 2", "News 3", "News 2 2"], repeat=5):
            slugs = Slugs()
            given = [slugs.give(title) for title in titles]
            self.assertEqual(len(set(given)), len(given), (titles, given))

    def test_counts_as_before(self):
        slugs = Slugs()
        self.assertEqual([slugs.give("a") for _ in range(3)], ["a", "a-2", "a-3"])
