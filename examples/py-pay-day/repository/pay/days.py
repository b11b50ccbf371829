"""When people are paid."""

import datetime

from dateutil.relativedelta import relativedelta


def due(signed: datetime.date, months: int) -> datetime.date:
    """The day so many months after a contract was signed; the last of a month that has no such day."""
    return signed + relativedelta(months=months)
