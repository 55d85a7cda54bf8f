// Runs the scenario in a page: its setting comes from the page's own server, which its report goes to.
import { operations, run } from "./scenario.js";

const setting = await (await fetch("/setting")).json();
let report: object;
try {
    report = { ...await run(setting), operations: operations() };
} catch (problem) {
    report = { called: [], operations: [], failures: [String(problem)] };
}
await fetch("/report", { method: "POST", body: JSON.stringify(report) });
