import type {Namespace} from '../../../net/namespace.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {refuse} from '../refuse.js';

const arping: Command<Machine> = {
	name: 'arping',
	summary: 'ask who has an address on the link',
	path: '/usr/sbin/arping',
	*run(io) {
		const words = io.argv.slice(1);
		const values = new Map<string, string>();
		let target: string | undefined;
		for (let i = 0; i < words.length; i++) {
			const match = /^-([cIwfqUADbs])(.*)$/.exec(words[i]!);
			if (!match) {
				if (words[i]!.startsWith('-')) return refuse(io, `arping ${words[i]}`);
				target = words[i];
			} else if ('fqb'.includes(match[1]!)) values.set(match[1]!, '');
			else if ('UAD'.includes(match[1]!)) return refuse(io, `arping -${match[1]}`);
			else values.set(match[1]!, match[2] || (words[++i] ?? ''));
		}

		if (target === undefined) return refuse(io, 'arping without an address');
		const {stack, sim} = io.machine;
		const route = stack.routes.lookup(target);
		const device = values.get('I') ?? route?.dev ?? 'eth0';
		const link = stack.links.get(device);
		if (!link) {
			io.err(`arping: Device ${device} not available.\n`);
			return 2;
		}

		const own = link.addresses.find(({address}) => !address.includes(':'))?.address ?? '0.0.0.0';
		io.out(`ARPING ${target} from ${own} ${device}\n`);
		const random = sim.random.fork(`arping/${io.machine.name}`);
		const count = Number(values.get('c') ?? (values.has('w') ? Number(values.get('w')) : Number.POSITIVE_INFINITY));
		let sent = 0;
		let received = 0;
		try {
			while (sent < count) {
				sent++;
				const mac = ask(stack as Namespace, device, target);
				if (mac) {
					received++;
					if (!values.has('q'))
						io.out(`Unicast reply from ${target} [${mac.toUpperCase()}]  ${(0.6 + random.int(400) / 1000).toFixed(3)}ms\n`);
				}

				if (sent >= count || (mac && values.has('f'))) break;
				yield {sleepMs: 1000};
			}
		} finally {
			io.out(`Sent ${sent} probes (1 broadcast(s))\nReceived ${received} response(s)\n`);
		}

		return received > 0 ? 0 : 1;
	},
};

export default arping;

/** A fresh question: what the cache knows does not count. */
function ask(stack: Namespace, device: string, target: string): string | undefined {
	stack.neighbours.remove(device, target);
	stack.ping(target);
	return stack.neighbours.get(device, target)?.mac;
}
