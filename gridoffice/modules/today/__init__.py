"""今日: what is due or open, every number opens its list."""

from gridoffice.core.module import Module

MODULE = Module(
    key="today",
    title="今日",
    order=1,
    icon="today",
    page="gridoffice.modules.today.page:TodayPage",
    tour="gridoffice.modules.today.page_tour:tour",
)
