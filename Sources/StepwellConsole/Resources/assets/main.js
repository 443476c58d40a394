import { navigate, Router } from "./core/router.js";
import { Shell } from "./shell.js";
import { applyTheme } from "./core/theme.js";

applyTheme();
const shell = new Shell();
document.body.replaceChildren(...shell.elements);
const router = new Router(shell.main, (route) => shell.showing(route));
shell.reload = () => router.show();
window.addEventListener("signin-needed", () => {
    if (!location.hash.startsWith("#/sign-in")) {
        navigate(`#/sign-in?then=${encodeURIComponent(location.hash)}`);
    }
});
router.show();
