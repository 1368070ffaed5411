import type {ProgramContext} from '../../../node/program/program.js';
import {checkCertificates} from '../config/check-certificates.js';
import {checkHttp, warningsOf} from '../config/check-http.js';
import {ConfigurationError, LaterError} from '../config/error.js';
import {readConfiguration} from '../config/configuration.js';
import {serverTable} from '../config/server-table.js';
import {configurationPath, type Memory, note, surroundingsOf} from './load.js';
import {versionOf} from './version.js';

/** `nginx -s reload`, `-t`, `-v`: asks, tells, and ends; false when it is to serve. */
export function nginxTool(context: ProgramContext): boolean {
	const {argv, machine} = context;
	const end = (code: number, text = '') => {
		if (text) context.log(text, 'stderr');
		context.exit(code);
		return true;
	};
	if (argv.includes('-v') || argv.includes('-V')) return end(0, `nginx version: nginx/${versionOf(context)}`);
	if (argv.includes('-t') || argv.includes('-T')) {
		const good = `nginx: the configuration file ${configurationPath} syntax is ok\n`;
		try {
			const directives = readConfiguration(machine.files, configurationPath);
			checkHttp(directives, surroundingsOf(machine));
			checkCertificates(machine.files, serverTable(directives));
			const warnings = warningsOf(directives).map(text => `nginx: [warn] ${text}\n`);
			return end(0, `${warnings.join('')}${good}nginx: configuration file ${configurationPath} test is successful`);
		} catch (error) {
			if (!(error instanceof ConfigurationError)) throw error;
			const before = error instanceof LaterError ? good : '';
			return end(1, `${before}nginx: [emerg] ${error.message}\nnginx: configuration file ${configurationPath} test failed`);
		}
	}

	const order = argv[argv.indexOf('-s') + 1];
	if (!argv.includes('-s') || order === undefined) return false;
	const signal = {stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1'}[order];
	if (!signal) return end(1, `nginx: invalid option: "-s ${order}"`);
	const master = machine.processes
		.list()
		.find(process => process.container === machine.container && process.program.startsWith('nginx') && process.pid !== context.pid);
	if (!master) return end(1, `nginx: [error] invalid PID number "" in "/run/nginx.pid"`);
	note(context, 'notice', 'signal process started', (master.memory as Partial<Memory> | undefined)?.directives ?? []);
	const {world, host} = machine;
	context.exit(0);
	world.runtime(host).signalProcess(master.pid, signal);
	return true;
}
