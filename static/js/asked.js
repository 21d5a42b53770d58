// Notes before the page is drawn that its address asks something, so that what stands there before a
// question is not drawn first and taken away again. The search deletes the note with its answer.
if (new URLSearchParams(location.search).get("q")) document.documentElement.dataset.asked = "";
