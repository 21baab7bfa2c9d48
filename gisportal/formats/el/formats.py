"""Greek, with the month in the genitive and 24 hours."""

DATE_FORMAT = "j E Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "l j E Y, H:i"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
