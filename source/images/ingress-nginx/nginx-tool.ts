import type {Program} from '../../node/program/program.js';
import {confPath} from './conf/path.js';
import {complaintInFile} from './conf/test.js';
import {mainProcess} from './shutdown.js';

const success = [`nginx: the configuration file ${confPath} syntax is ok`, `nginx: configuration file ${confPath} test is successful`].join(
	'\n',
);
const failure = (why: string) => `nginx: [emerg] ${why}\nnginx: configuration file ${confPath} test failed`;

/** `nginx -v`, `-t`, `-T`, `-s reload` in the controller's pod; nginx itself is part of the controller's process. */
export const nginxTool: Program = {
	name: 'ingress-nginx-tool',
	start(context) {
		const {argv, machine} = context;
		const [option = '', order = ''] = argv.slice(1);
		const end = (code: number, text = '', stream: 'stdout' | 'stderr' = 'stderr') => {
			if (text !== '') context.log(text, stream);
			context.exit(code);
		};
		if (option === '-v') return end(0, 'nginx version: nginx/1.25.5');
		if (option === '-V') {
			const lines = [
				'nginx version: nginx/1.25.5',
				'built by gcc 13.2.1 20240309 (Alpine 13.2.1_git20240309)',
				'built with OpenSSL 3.3.1 4 Jun 2024',
				'TLS SNI support enabled',
			];
			return end(0, lines.join('\n'));
		}

		const text = machine.files.exists(confPath) ? machine.files.readText(confPath) : '';
		const wrong = ['-t', '-T', '-s'].includes(option) ? complaintInFile(text, confPath) : undefined;
		if (option === '-t') return end(wrong === undefined ? 0 : 1, wrong === undefined ? success : failure(wrong));
		if (option === '-T') {
			if (wrong !== undefined) return end(1, failure(wrong));
			context.log(success, 'stderr');
			return end(0, `# configuration file ${confPath}:\n${text}`, 'stdout');
		}

		if (option === '-s' && ['reload', 'reopen', 'quit', 'stop'].includes(order)) {
			if (wrong !== undefined) return end(1, `nginx: [emerg] ${wrong}`);
			const main = mainProcess(machine);
			if (order === 'reload' && main) machine.world.runtime(machine.host).signalProcess(main.pid, 'SIGHUP');
			if (order === 'reload' || order === 'reopen') return end(0);
			machine.sim.notes.notSimulated(`nginx -s ${order} in the ingress-nginx pod`);
			return end(125, `kubelab: not simulated: nginx -s ${order}`);
		}

		if (option === '-s') return end(1, `nginx: invalid option: "-s ${order}"`);
		return end(
			option === '-h' || option === '-?' ? 0 : 1,
			option.startsWith('-h')
				? 'nginx version: nginx/1.25.5\nUsage: nginx [-?hvVtTq] [-s signal] [-p prefix]\n             [-e filename] [-c filename] [-g directives]'
				: `nginx: invalid option: "${option}"`,
		);
	},
};
