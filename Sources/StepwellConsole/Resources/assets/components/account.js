import { h } from "../core/dom.js";
import { remove } from "../core/api.js";
import { navigate } from "../core/router.js";
import { menu } from "./menu.js";

/** Who is signed in, with the way out; nothing where the server asks for no signature. */
export function account(session) {
    if (!session.authentication || !session.signedIn) return h("span", {});
    const name = session.readOnly ? `${session.accessKeyId} (read-only)` : session.accessKeyId;
    return menu(name, [{ label: "Sign out", onclick: signOut }], {
        variant: "quiet",
    });
}

async function signOut() {
    await remove("session");
    navigate("#/sign-in");
    location.reload();
}
