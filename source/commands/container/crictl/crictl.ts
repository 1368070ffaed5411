import type {Machine} from '../../../node/host/machine.js';
import {Re2Error} from '../../../regex/regex-error.js';
import type {Command} from '../../../shell/command.js';
import {type Arguments, type ArgumentSpec, notSimulated, parseArguments} from '../../host/arguments.js';
import type {Verb} from './cri.js';
import {exec} from './exec.js';
import {images, inspecti, pull, rmi} from './images.js';
import {imagefsinfo, info, version} from './info.js';
import {inspect, inspectp} from './inspect.js';
import {logs} from './logs.js';
import {pods} from './pods.js';
import {ps} from './ps.js';
import {stats, statsp} from './stats.js';
import {stop} from './stop.js';

const verbs: Readonly<Record<string, Verb>> = {
	ps,
	pods,
	images,
	image: images,
	img: images,
	logs,
	exec,
	inspect,
	version,
	pull,
	rmi,
	inspecti,
	inspectp,
	stats,
	statsp,
	info,
	imagefsinfo,
	stop,
};
const others = [
	'attach',
	'checkpoint',
	'completion',
	'config',
	'create',
	'events',
	'metricsp',
	'metricdescs',
	'port-forward',
	'rm',
	'rmp',
	'run',
	'runp',
	'runtime-config',
	'start',
	'stopp',
	'update',
	'update-runtime-config',
];

const options: ArgumentSpec = {
	flags: 'aqitlvf',
	values: 'oprns',
	long: {
		...{all: '=a', quiet: '=q', name: 'value', namespace: 'value', state: '=s', pod: '=p', 'runtime-endpoint': '=r', output: '=o'},
		...{tail: 'value', interactive: '=i', tty: '=t', timestamps: '=t', latest: '=l', last: '=n', 'no-trunc': 'flag', version: 'flag'},
		...{digests: 'flag', creds: 'value', prune: 'flag', timeout: 'value', follow: '=f', since: 'value', label: 'value', id: 'value'},
		...{image: 'value', template: 'value', 'image-endpoint': 'value', verbose: '=v'},
	},
};

const usage = `NAME:
   crictl - client for CRI

USAGE:
   crictl [global options] command [command options]

VERSION:
   v1.33.0

COMMANDS:
   exec                Run a command in a running container
   images, image, img  List images
   inspect             Display the status of one or more containers
   inspecti            Return the status of one or more images
   imagefsinfo         Return image filesystem info
   inspectp            Display the status of one or more pods
   logs                Fetch the logs of a container
   ps                  List containers
   pull                Pull an image from a registry
   pods                List pods
   rmi                 Remove one or more images
   info                Display information of the container runtime
   stats               List container(s) resource usage statistics
   statsp              List pod statistics
   stop                Stop one or more running containers
   version             Display runtime version information
   help, h             Shows a list of commands or help for one command
`;

export const crictl = {
	name: 'crictl',
	summary: "look at a node's containers",
	*run(io) {
		const words = io.argv.slice(1);
		const verb = words.find(word => !word.startsWith('-'));
		const args = parseArguments(words, options);
		// What follows `exec ID` belongs to the command that runs there.
		const at = verb === 'exec' ? words.findIndex((word, index) => index > words.indexOf('exec') && !word.startsWith('-')) : -1;
		const own: Arguments =
			at < 0
				? args
				: {
						...parseArguments(words.slice(0, at), {flags: 'its', long: {interactive: '=i', tty: '=t', sync: '=s'}}),
						operands: ['exec', ...words.slice(at)],
					};
		if (own.has('version')) {
			io.out('crictl version v1.33.0\n');
			return 0;
		}

		if (verb === undefined || verb === 'help' || verb === 'h') {
			io.out(usage);
			return 0;
		}

		if (!Object.hasOwn(verbs, verb)) {
			if (others.includes(verb)) return notSimulated(io, `crictl ${verb}`);
			io.err(`No help topic for '${verb}'\n`);
			return 3;
		}

		if (own.problem) return notSimulated(io, `crictl ${words.join(' ')}`);
		if (io.machine.units && io.machine.units.get('containerd')?.activeState !== 'active') {
			io.err(
				'FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused" \n',
			);
			return 1;
		}

		try {
			return yield* verbs[verb]!(io, io.machine.world.runtime(io.machine.host), own);
		} catch (error) {
			if (!(error instanceof Re2Error)) throw error;
			io.err(`FATA[0000] ${error.message} \n`);
			return 1;
		}
	},
	complete: words => (words.length <= 2 ? Object.keys(verbs) : []),
} satisfies Command<Machine>;
