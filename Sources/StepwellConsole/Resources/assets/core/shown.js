import { fill } from "./dom.js";
import { isAbort } from "./api.js";
import { failure, loading } from "../components/placeholders.js";

/**
 * Fills a place with what `build()` promises: something that loads until then, and the reason with
 * another try when it fails. A place that shows something already keeps it until then.
 */
export async function show(place, scope, build) {
    if (!place.hasChildNodes()) fill(place, loading(4));
    try {
        const content = await build();
        if (!scope.ended) fill(place, content);
    } catch (error) {
        if (scope.ended || isAbort(error)) return;
        fill(place, failure(error, () => fill(place) && show(place, scope, build)));
    }
}
