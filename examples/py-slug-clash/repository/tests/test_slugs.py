import unittest

from blog.slugs import Slugs, slug


class Slug(unittest.TestCase):
    def test_words(self):
        self.assertEqual(slug("Hello, World!"), "hello-world")
        self.assertEqual(slug("???"), "post")

    def test_counts(self):
        slugs = Slugs()
        self.assertEqual([slugs.give("News"), slugs.give("news"), slugs.give("NEWS")], ["news", "news-2", "news-3"])
