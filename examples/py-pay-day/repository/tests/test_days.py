import datetime
import unittest

from pay.days import due


class Due(unittest.TestCase):
    def test_counts_months(self):
        self.assertEqual(due(datetime.date(2026, 1, 15), 2), datetime.date(2026, 3, 15))

    def test_ends_with_the_month(self):
        self.assertEqual(due(datetime.date(2026, 1, 31), 1), datetime.date(2026, 2, 28))
