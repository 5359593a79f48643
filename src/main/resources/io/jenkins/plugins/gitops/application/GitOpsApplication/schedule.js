/* Schedules a build without leaving the page. */
window.gitopsSchedule = function (link, event) {
  event.preventDefault();
  const failed = () => notificationBar.show(link.dataset.failure, notificationBar.ERROR);
  fetch(link.href, { method: "post", headers: crumb.wrap({}) }).then((response) => {
    if (response.ok) {
      notificationBar.show(link.dataset.success, notificationBar.SUCCESS);
    } else {
      failed();
    }
  }, failed);
};
