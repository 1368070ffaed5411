import type {Link} from '../../net/link.js';
import type {Namespace} from '../../net/namespace.js';
import {refuse, stackOf, tool} from './tool.js';

const objects = ['qdisc', 'class', 'filter', 'chain', 'actions', 'monitor', 'exec'];

export default tool({
	name: 'tc',
	summary: 'show traffic control',
	path: '/usr/sbin/tc',
	run(io) {
		const words = io.argv.slice(1);
		const statistics = words.some(word => /^-s(?:t\w*)?$/.test(word));
		const [name, verb = 'show', ...rest] = words.filter(word => !/^-(?:s(?:t\w*)?|d\w*|n\w*)$/.test(word));
		if (name === '-V' || name === '-Version') {
			io.out('tc utility, iproute2-6.11.0, libbpf 1.5.0\n');
			return 0;
		}

		const object = name === undefined || name.startsWith('-') ? undefined : objects.find(each => each.startsWith(name));
		if (name !== undefined && !name.startsWith('-') && !object && name !== 'help') {
			io.err(`Object "${name}" is unknown, try "tc help".\n`);
			return 1;
		}

		const device = rest[0] === 'dev' && rest.length === 2 ? rest[1] : undefined;
		const listing = ['show', 'list', 'lst'].some(each => each.startsWith(verb)) && (rest.length === 0 || device !== undefined);
		if (!listing || !['qdisc', 'class', 'filter'].includes(object ?? '')) return refuse(io, io.argv.join(' '));
		const stack = stackOf(io);
		if (device !== undefined && !stack.links.get(device)) {
			io.err(`Cannot find device "${device}"\n`);
			return 1;
		}

		// Neither the default disciplines nor anything else here has classes or filters.
		if (object === 'qdisc') io.out(disciplines(stack, device, statistics));
		return 0;
	},
});

const codel = 'limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64 ';

/** A device that is down has none that is shown. */
function disciplines({links, kernel}: Namespace, device: string | undefined, statistics: boolean): string {
	const text = (link: Link) => {
		const fair = link.type === 'ethernet';
		const of = device === undefined ? `dev ${link.name} ` : '';
		const line = `qdisc ${fair ? 'fq_codel' : 'noqueue'} 0: ${of}root refcnt 2 ${fair ? codel : ''}\n`;
		if (!statistics) return line;
		const [, , bytes, packets] = fair ? kernel.traffic.of(link.name) : [0, 0, 0, 0];
		const counts = ` Sent ${bytes} bytes ${packets} pkt (dropped 0, overlimits 0 requeues 0) \n backlog 0b 0p requeues 0\n`;
		const flows = '  maxpacket 0 drop_overlimit 0 new_flow_count 0 ecn_mark 0\n  new_flows_len 0 old_flows_len 0\n';
		return `${line}${counts}${fair ? flows : ''}`;
	};
	return links
		.list()
		.filter(link => link.up && (device === undefined || link.name === device))
		.map(text)
		.join('');
}
