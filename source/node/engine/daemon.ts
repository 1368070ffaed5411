import type {Program} from '../program/program.js';

/** dockerd's process: the engine lives as long as it does; containers end with it, as without `live-restore`. */
export const dockerDaemon: Program = {
	name: 'dockerd',
	start(context) {
		const {engine, files} = context.machine;
		const path = '/etc/docker/daemon.json';
		const text = files.exists(path) ? files.readText(path) : '';
		const problem = text.trim() === '' ? undefined : configProblem(text);
		if (problem) {
			context.log(`unable to configure the Docker daemon with file ${path}: ${problem}`);
			context.exit(1);
			return;
		}

		engine?.up(context.pid);
		context.log('level=info msg="API listen on /run/docker.sock"');
	},
	serve: (context, request) => context.machine.engine?.serveName(request) ?? {bytes: '', end: 'timeout'},
	signal(context, signal) {
		if (signal === 'SIGHUP') return;
		context.machine.engine?.down();
		context.exit(0);
	},
};

function configProblem(text: string): string | undefined {
	try {
		const parsed: unknown = JSON.parse(text);
		return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
			? undefined
			: 'json: cannot unmarshal into Go value of type map[string]interface {}';
	} catch {
		const odd = /[^\s{}[\]:,"\w.+-]/.exec(text)?.[0];
		return odd ? `invalid character '${odd}' looking for beginning of value` : 'unexpected end of JSON input';
	}
}
