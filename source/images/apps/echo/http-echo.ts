import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import {tagsOf} from '../../base/tags.js';
import {goAnswer} from '../go/answer.js';
import {goFlags} from '../go/flags.js';
import {goLine} from '../go/log.js';
import {hostPort} from '../go/request.js';
import {released, versionIn} from '../version.js';
import {webServer} from '../web-server.js';

const settingsOf = ({argv, env}: ProgramContext) => {
	const {values, args} = goFlags(argv.slice(1), ['version']);
	return {
		listen: values.get('listen') ?? ':5678',
		text: values.get('text') || (env['ECHO_TEXT'] ?? ''),
		version: values.has('version'),
		args,
	};
};

/** HashiCorp's http-echo: `-text=hello`. */
const httpEcho = webServer({
	name: 'http-echo',
	port: context => Number(/(\d+)$/.exec(settingsOf(context).listen)?.[1] ?? 5678),
	ends(context) {
		const {text, version, args} = settingsOf(context);
		const end = (line: string, code: number) => {
			context.log(line, 'stderr');
			context.exit(code);
			return true;
		};
		if (version) return end(`http-echo v${versionOf(context)}`, 0);
		if (text === '') return end('Missing -text option OR ENV var TEXT is empty!', 127);
		return args.length > 0 && end('Too many arguments!', 127);
	},
	greeting: context => goLine(context, `[INFO] server is listening on ${settingsOf(context).listen}`),
	answer(context, {path}) {
		const headers = [
			['X-App-Name', 'http-echo'],
			['X-App-Version', versionOf(context)],
		] as const;
		return goAnswer(context.machine.sim.clock.now(), path === '/health' ? '{"status":"ok"}\n' : `${settingsOf(context).text}\n`, {headers});
	},
	logLine({machine}, {method, path, headers}, peer, {status, body}) {
		if (path === '/health') return '';
		const [when, agent] = [strftime('%Y/%m/%d %H:%M:%S', machine.sim.clock.now()), headers['user-agent'] ?? ''];
		return `${when} ${headers['host'] ?? ''} ${hostPort(peer)} "${method} ${path} HTTP/1.1" ${status} ${body.length} "${agent}" ${took}`;
	},
	terminated: 2,
});

/** What it takes; a virtual clock does not see it. */
const took = '19.5µs';

const executable = '/http-echo';
const versionOf = ({machine}: ProgramContext): string => versionIn(machine, executable, '1.0.0');

const image: Image = {
	repository: 'docker.io/hashicorp/http-echo',
	tags: tagsOf({latest: 3.7, '1.0': 3.7, '1.0.0': 3.7, '0.2.3': 1.6, '0.2.1': 1.6}, tag => ({
		entrypoint: [executable],
		command: [],
		ports: ['5678/tcp'],
		files: released(executable, tag.startsWith('0.') ? tag : '1.0.0'),
	})),
	program: httpEcho,
	tools: [],
};

export default image;
