/** What the sample takes from Node, so that it needs no further package to be checked. */
declare const process: { argv: string[] };
