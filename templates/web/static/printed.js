// A page of the desk may lie open for hours: the moment of printing is that of the press on the button.
addEventListener("beforeprint", () => {
  const parts = new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
  }).formatToParts(new Date());
  const part = (type) => parts.find((each) => each.type === type).value;
  const words = `${part("year")}年${part("month")}月${part("day")}日 ${part("hour")}:${part("minute")}`;
  document.querySelectorAll("[data-printed]").forEach((place) => { place.textContent = words; });
});
