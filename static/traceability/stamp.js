// A counted check has a result page: it goes into the address bar, so that a restored tab or a
// forwarded link opens the result again instead of counting another check.
const check = document.getElementById("check");
if (check) history.replaceState(null, "", check.getAttribute("href"));
