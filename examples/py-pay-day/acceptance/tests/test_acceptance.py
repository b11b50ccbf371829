import datetime
import unittest

from pay.days import schedule


class Acceptance(unittest.TestCase):
    def test_keeps_the_day_after_a_short_month(self):
        day = datetime.date
        self.assertEqual(
            schedule(day(2026, 1, 31), 4),
            [day(2026, 1, 30), day(2026, 2, 27), day(2026, 3, 31), day(2026, 4, 30)],
        )

    def test_none(self):
        self.assertEqual(schedule(datetime.date(2026, 1, 1), 0), [])

    def test_weekend(self):
        # Saturday and Sunday both go back to Friday.
        self.assertEqual(schedule(datetime.date(2026, 8, 1), 2), [datetime.date(2026, 7, 31), datetime.date(2026, 9, 1)])
        self.assertEqual(schedule(datetime.date(2026, 11, 1), 1), [datetime.date(2026, 10, 30)])
