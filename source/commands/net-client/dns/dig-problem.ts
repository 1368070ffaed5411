/** Ends dig: what it prints, on which stream, and its status. */
export class DigProblem extends Error {
	readonly out: string;
	readonly err: string;
	readonly exitCode: number;

	constructor(exitCode: number, {out = '', err = ''}: {out?: string; err?: string}) {
		super(err);
		this.out = out;
		this.err = err;
		this.exitCode = exitCode;
	}
}

/** What the real dig has and this one lacks. */
export class UnsimulatedDig extends Error {}

const usage = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options
`;

export const invalidOption = (option: string) => new DigProblem(1, {err: `Invalid option: ${option}\n${usage}`});

export function numberOf(value: string, what: string, most: number, status: number): number {
	const why = /^\d+$/.test(value) ? (Number(value) > most ? 'out of range' : undefined) : 'not a valid number';
	if (why) throw new DigProblem(status, {out: `invalid ${what} '${value}': ${why}\n`, err: `dig: Couldn't parse ${what}\n`});
	return Number(value);
}
