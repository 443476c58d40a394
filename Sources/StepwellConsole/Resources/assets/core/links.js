/** The addresses of the console's pages, each a deep link. */

import { queryText } from "./api.js";

/** A part of a path; the colons of an ARN stay legible. */
function part(text) {
    return encodeURIComponent(text).replaceAll("%3A", ":");
}

export const links = {
    machines: (query = {}) => `#/machines${queryText(query)}`,
    newMachine: () => "#/machines/new",
    machine: (arn, query = {}) => `#/machine/${part(arn)}${queryText(query)}`,
    editMachine: (arn) => `#/machine/${part(arn)}/edit`,
    testState: (arn, state) => `#/machine/${part(arn)}/test${queryText({ state })}`,
    executions: (query = {}) => `#/executions${queryText(query)}`,
    execution: (arn, query = {}) => `#/execution/${part(arn)}${queryText(query)}`,
    mapRuns: (arn) => `#/map-runs/${part(arn)}`,
    rule: (bus, name) => `#/rule/${part(bus)}/${part(name)}`,
    tasks: (query = {}) => `#/tasks${queryText(query)}`,
    triggers: (query = {}) => `#/triggers${queryText(query)}`,
    mapRun: (arn) => `#/map-run/${part(arn)}`,
};
