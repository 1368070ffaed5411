import type {Program} from '../program/program.js';
import type {PublishedPort} from './model.js';

/** What dockerd starts for each published port, for those connections that iptables does not see: from the host to its own loopback. */
export const proxyArguments = ({protocol, hostAddress, hostPort, containerPort}: PublishedPort, address: string): readonly string[] => [
	'/usr/bin/docker-proxy',
	...['-proto', protocol, '-host-ip', hostAddress || '0.0.0.0', '-host-port', String(hostPort)],
	...['-container-ip', address, '-container-port', String(containerPort), '-use-listen-fd'],
];

const option = (argv: readonly string[], name: string): string => argv[argv.indexOf(name) + 1] ?? '';

export const dockerProxy: Program = {
	name: 'docker-proxy',
	start(context) {
		const {argv} = context;
		const address = option(argv, '-host-ip');
		context.listen(
			option(argv, '-proto') === 'udp' ? 'udp' : 'tcp',
			address === '0.0.0.0' ? '*' : address,
			Number(option(argv, '-host-port')),
		);
	},
	serve({argv, machine: {stack}}, {bytes}) {
		const [address, port] = [option(argv, '-container-ip'), Number(option(argv, '-container-port'))];
		if (option(argv, '-proto') === 'udp') {
			const {payload, delayMs} = stack.exchange(address, port, bytes);
			return payload === undefined ? {bytes: '', end: 'timeout'} : {bytes: payload, delayMs};
		}

		const connection = stack.connect(address, port);
		if (connection.outcome.kind !== 'connected') return {bytes: '', end: 'closed'};
		const answer = connection.exchange(bytes);
		connection.close();
		return answer.end === 'timeout' && bytes === '' ? {bytes: '', end: 'open'} : answer;
	},
};
