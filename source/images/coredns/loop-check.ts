import {type CorednsContext, configOf} from './memory.js';
import {type ForwardConfig, upstreamsOf} from './plugins/forward.js';

/** What plugin/loop says when a query sent out would come back to this very server; undefined when it would not. */
export function findLoop(context: CorednsContext): string | undefined {
	if (!configOf(context, 'loop')) return undefined;
	const {files, stack, sim} = context.machine;
	const read = (path: string) => (files.exists(path) ? files.readText(path) : undefined);
	for (const config of (configOf(context, 'forward') ?? []) as readonly ForwardConfig[]) {
		const own = upstreamsOf(config, read).find(
			({address, port}) => port === 53 && (address.startsWith('127.') || stack.hasAddress(address)),
		);
		if (!own) continue;
		const random = sim.random.fork(`coredns/${context.machine.name}/loop`);
		const digits = () => `${1 + random.int(9)}${Array.from({length: 18}, () => random.int(10)).join('')}`;
		const query = `HINFO ${digits()}.${digits()}.`;
		const from = `127.0.0.1:${32_768 + random.int(28_000)}`;
		return `[FATAL] plugin/loop: Loop (${from} -> :53) detected for zone "${config.from}", see https://coredns.io/plugins/loop#troubleshooting. Query: "${query}"`;
	}

	return undefined;
}
