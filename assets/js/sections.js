// On a phone the list of pages scrolls sideways: the page that is open comes into view.
document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
