import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';
import {certs} from './certs.js';
import {config} from './config.js';
import {init} from './init.js';
import {join} from './join.js';
import {failed} from './preflight.js';
import {reset} from './reset.js';
import {token} from './token.js';

/** Commands that the real one has as well. */
const others = ['alpha', 'completion', 'help', 'kubeconfig', 'upgrade'];

export default {
	name: 'kubeadm',
	summary: 'take nodes in and out of the cluster, tokens, certificates',
	*run(io) {
		const verb = io.argv[1];
		if (verb === 'token') return yield* token(io);
		if (verb === 'reset') return yield* reset(io);
		if (verb === 'join') return yield* join(io);
		if (verb === 'certs') return certs(io);
		if (verb === 'init') return init(io);
		if (verb === 'config') return yield* config(io);
		if (verb === 'version') {
			const short = io.argv.includes('-o') || io.argv.some(word => word.startsWith('-oshort') || word === '--output=short');
			io.out(
				short
					? 'v1.33.1\n'
					: 'kubeadm version: &version.Info{Major:"1", Minor:"33", EmulationMajor:"", EmulationMinor:"", MinCompatibilityMajor:"", MinCompatibilityMinor:"", GitVersion:"v1.33.1", GitCommit:"8adc0f041b8e7ad1d30e29cc59c6ae7a15e19828", GitTreeState:"clean", BuildDate:"2025-05-15T08:25:33Z", GoVersion:"go1.24.2", Compiler:"gc", Platform:"linux/amd64"}\n',
			);
			return 0;
		}

		if (verb === undefined || others.includes(verb) || verb.startsWith('-')) return notSimulated(io, io.argv.join(' '));
		return failed(io, `unknown command "${verb}" for "kubeadm"`, '');
	},
} satisfies Command<Machine>;
