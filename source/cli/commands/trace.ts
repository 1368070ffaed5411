import type {Cluster} from '../../cluster/cluster.js';
import {type CliCommand, type CliOptions, exitStatus, usageError} from '../command.js';
import type {Host} from '../host.js';
import {openWorld} from '../open-world.js';
import {readText} from './sh.js';

const command: CliCommand = {
	name: 'trace',
	summary: 'The path of a request, hop by hop, and what decided',
	usage: 'trace [--json] [--from HOST|POD] COMMAND | trace --compare iptables,ipvs [--from HOST|POD] COMMAND',
	options: {
		from: {type: 'string', value: 'HOST|POD', help: 'who asks: a host (the first when absent), or a pod NAME, NAMESPACE/NAME'},
		compare: {type: 'string', value: 'MODES', help: 'the same request in several kube-proxy modes: iptables,ipvs'},
		json: {type: 'boolean', help: 'one document with hops and verdict (docs/trace.md)'},
		verbose: {type: 'boolean', short: 'v', help: 'also rules that matched without consequence'},
		after: {type: 'string', value: 'FILE', help: 'a script that is run in the world first'},
		lab: {type: 'string', value: 'ID', help: 'start from a lab'},
		profile: {type: 'string', value: 'NAME', help: 'start from a profile: base (default), empty, ...'},
		seed: {type: 'string', value: 'TEXT', help: 'seed of all that is random'},
	},
	words: {min: 1, max: 200},
	verbatim: true,
	async run(words, options, host) {
		const cluster = await openWorld(options);
		if (typeof options['after'] === 'string') await runBefore(cluster, readText(options['after']));
		try {
			await show(cluster, words, options, host);
		} catch (error) {
			const {TraceError} = await import('../../trace/walk/request.js');
			if (error instanceof TraceError) throw usageError(`${error.message}.`);
			throw error;
		}
		return exitStatus.done;
	},
};
export default command;

async function runBefore(cluster: Cluster, script: string): Promise<void> {
	const {createPlayer} = await import('../../lab/player.js');
	const player = createPlayer(cluster, {breathe: () => new Promise(setImmediate)});
	for (const line of await player.commandsOf(script)) {
		await player.play(line);
		if (player.session.closed) break;
	}
}

async function show(cluster: Cluster, words: readonly string[], {from, compare, json, verbose}: CliOptions, host: Host): Promise<void> {
	const request = {words, ...(typeof from === 'string' && {from})};
	const asJson = (value: unknown) => host.out(`${JSON.stringify(value, undefined, 2)}\n`);
	if (typeof compare === 'string') {
		const [{compareModes}, {readModes}, {comparedText}] = await Promise.all([
			import('../../trace/compare.js'),
			import('../../trace/walk/options.js'),
			import('../../trace/print/columns.js'),
		]);
		const compared = compareModes(cluster, request, readModes(compare));
		await (json ? asJson(compared) : host.out(comparedText(compared, host.columns, Boolean(verbose))));
		return;
	}
	const [{traceRequest}, {traceText}] = await Promise.all([import('../../trace/walk/request.js'), import('../../trace/print/text.js')]);
	const trace = traceRequest(cluster, {...request, draws: true});
	await (json ? asJson(trace) : host.out(traceText(trace, {columns: host.columns, verbose: Boolean(verbose)})));
}
