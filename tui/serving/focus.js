// Keys go to the terminal as soon as it has drawn something, without a click.
const watcher = new MutationObserver(() => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys && document.body.classList.contains("-first-byte")) {
    watcher.disconnect();
    keys.focus();
  }
});
document.addEventListener("DOMContentLoaded", () => watcher.observe(document.body, { attributeFilter: ["class"] }));
