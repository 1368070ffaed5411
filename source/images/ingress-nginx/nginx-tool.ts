import type {Program} from '../../node/program/program.js';

const path = '/etc/nginx/nginx.conf';
const success = [`nginx: the configuration file ${path} syntax is ok`, `nginx: configuration file ${path} test is successful`].join('\n');

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

		if (option === '-t') return end(0, success);
		if (option === '-T') {
			context.log(success, 'stderr');
			return end(0, `# configuration file ${path}:\n${machine.files.exists(path) ? machine.files.readText(path) : ''}`, 'stdout');
		}

		if (option === '-s' && ['reload', 'reopen', 'quit', 'stop'].includes(order)) {
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
