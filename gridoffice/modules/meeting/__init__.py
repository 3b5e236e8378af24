"""例会: the weekly meeting's slides."""

from gridoffice.core.module import Module

MODULE = Module(
    key="meeting",
    title="例会",
    order=10,
    icon="meeting",
    page="gridoffice.modules.meeting.page:MeetingPage",
    commands="gridoffice.modules.meeting.commands:COMMANDS",
)
