"""Refusals of the answer for a plot."""

from django.utils.translation import gettext_lazy as _

from core.errors import NotFound


class NoPlot(NotFound):
    code = "no_plot"
    sentence = _(
        "There is no plot “%(key)s” in force on the asked date. Check the number, choose another date, or pick the "
        "plot on the map."
    )


class NoShape(NotFound):
    code = "no_shape"
    sentence = _(
        "The plot “%(key)s” is known, but nobody has drawn it yet, so nothing can be measured. Ask the cadastre office."
    )
