"""设置: the office's own settings, import, backup, log."""

from gridoffice.core.module import Module

MODULE = Module(
    key="office",
    title="设置",
    order=11,
    icon="office",
    page="gridoffice.modules.office.page:OfficePage",
    listings="gridoffice.modules.office.service:LISTINGS",
    places="gridoffice.modules.office.page:PLACES",
    commands="gridoffice.modules.office.commands:COMMANDS",
    tour="gridoffice.modules.office.page_tour:tour",
)
