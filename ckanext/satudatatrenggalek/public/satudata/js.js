// CKAN hides some controls when <html> says "js": only a running script may say so.
document.documentElement.classList.add("js");
