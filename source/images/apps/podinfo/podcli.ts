import type {Program, ProgramContext} from '../../../node/program/program.js';
import {dialProblem, resolveHostPort} from '../go/dial.js';
import {refuse} from '../interpreter.js';

/** Podinfo's own client, which its manifests probe it with: `podcli check http|tcp ADDRESS`. */
export const podcli: Program = {
	name: 'podcli',
	start(context) {
		const [word, kind, target = ''] = context.argv.slice(1);
		if (word !== 'check' || (kind !== 'http' && kind !== 'tcp')) return refuse(context, `podcli ${word ?? ''}`.trim());
		const problem = check(context, kind, target.replace(/^http:\/\//, ''));
		context.log(
			JSON.stringify(
				problem
					? {level: 'info', msg: 'check failed', address: target, error: problem}
					: {level: 'info', msg: 'check succeed', address: target},
			),
		);
		context.exit(problem ? 1 : 0);
	},
};

function check({machine}: ProgramContext, kind: string, target: string): string | undefined {
	const slash = target.indexOf('/');
	const [place, path] = slash === -1 ? [target, '/'] : [target.slice(0, slash), target.slice(slash)];
	const found = resolveHostPort(machine, place.includes(':') ? place : `${place}:80`);
	if ('error' in found) return found.error;
	const connection = machine.stack.connect(found.address, found.port);
	try {
		const problem = dialProblem(connection.outcome);
		if (problem) return problem.words;
		if (kind === 'tcp') return undefined;
		const {bytes} = connection.exchange(`GET ${path} HTTP/1.1\r\nHost: ${place}\r\nUser-Agent: podcli/1.0\r\n\r\n`);
		const status = /^HTTP\/1\.\d (\d{3})/.exec(bytes)?.[1];
		return status !== undefined && Number(status) < 400 ? undefined : `status ${status ?? 'unknown'}`;
	} finally {
		connection.close();
	}
}
