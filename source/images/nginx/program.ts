import type {Program, ProgramContext} from '../../node/program/program.js';
import type {Directive} from './config/configuration.js';
import {serverTable} from './config/server-table.js';
import {running, serve} from './connection/serve.js';
import {runEntrypoint} from './master/entrypoint.js';
import {load, type Memory, note, reopen} from './master/load.js';
import {nginxTool} from './master/tool.js';
import {versionOf} from './master/version.js';
import {numberOf, workersOf} from './master/workers.js';
import type {Modules, Nginx} from './request/exchange.js';

/** nginx: configuration and pages are the container's files. `modules`: what its image adds. */
export const nginxProgram = (name: string, modules: Modules = {}): Program => ({
	name,
	start(context) {
		if (nginxTool(context)) return;
		const status = context.machine.processes.get(context.pid)?.wrapper ? runEntrypoint(context) : 0;
		if (status !== 0) return context.exit(status);
		load(context, true);
	},
	serve: (context, request) => serve(nginxOf(context, modules), request),
	signal(context, signal) {
		if (signal === 'SIGHUP') return load(context, false);
		if (signal === 'SIGUSR1') return reopen(context);
		if (signal === 'SIGWINCH' || signal === 'SIGUSR2') return;
		const gently = signal === 'SIGQUIT';
		note(context, 'notice', `signal ${gently ? '3 (SIGQUIT) received, shutting down' : '15 (SIGTERM) received, exiting'}`);
		note(context, 'notice', 'exit');
		context.exit(0);
	},
});

/** nginx as the official image runs it. */
export const nginx = nginxProgram('nginx');

function nginxOf(context: ProgramContext<Memory | undefined>, modules: Modules): Nginx {
	const directives = context.memory?.directives ?? none;
	const table = serverTable(directives);
	const store = {
		get: () => context.memory,
		set: (memory: Partial<Memory>) => {
			context.memory = memory as Memory;
		},
	};
	return running({context, table, software: `nginx/${versionOf(context)}`, modules, workerPid: numberOf(workersOf(context)[0])}, store);
}

const none: readonly Directive[] = [];
