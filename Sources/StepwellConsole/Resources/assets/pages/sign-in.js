import { fill, h } from "../core/dom.js";
import { get, post } from "../core/api.js";
import { button, whileBusy } from "../components/buttons.js";
import { field } from "../components/dialog.js";
import { notice } from "../components/notice.js";

/** Signing in with an access key of the server's credentials; `then` is where to go after it. */
export default async function signIn({ main, query, scope, title }) {
    title("Sign in");
    const session = await get("session", {}, scope.signal);
    if (session.signedIn) {
        enter(query.then);
        return;
    }
    const id = h("input", {
        type: "text",
        name: "username",
        autocomplete: "username",
        autocapitalize: "off",
        spellcheck: "false",
        required: true,
    });
    const secret = h("input", {
        type: "password",
        name: "password",
        autocomplete: "current-password",
        required: true,
    });
    const send = button("Sign in", { variant: "primary", type: "submit" });
    const message = h("div", { role: "alert" });
    const form = h(
        "form.card-body",
        {
            onsubmit: (event) => {
                event.preventDefault();
                whileBusy(send, submit);
            },
        },
        field("Access key ID", id),
        field("Secret access key", secret),
        message,
        send,
    );

    async function submit() {
        try {
            await post("session", { accessKeyId: id.value.trim(), secretAccessKey: secret.value });
            enter(query.then);
        } catch (error) {
            fill(message, h("p.form-error", {}, error.message));
            secret.value = "";
            secret.focus();
        }
    }

    fill(
        main,
        h(
            "section.card.sign-in",
            { "aria-labelledby": "sign-in-title" },
            h("header", {}, h("h1", { id: "sign-in-title" }, "Sign in to Stepwell")),
            form,
            h(
                "div.card-body",
                {},
                notice(
                    "This server takes signed requests only. Sign in with an access key of its " +
                        "credentials file; what you do is recorded in its audit under that key.",
                ),
            ),
        ),
    );
    id.focus();
}

/** Shows the page that was wanted, with everything around it as for who is signed in now. */
function enter(then) {
    history.replaceState(null, "", then?.startsWith("#/") ? then : "#/executions");
    location.reload();
}
