// Runs the scenario under Node: its setting is the argument, its report the output.
import { operations, run } from "./scenario.js";

declare const process: { argv: string[] };

const report = await run(JSON.parse(process.argv[2]));
console.log(JSON.stringify({ ...report, operations: operations() }));
