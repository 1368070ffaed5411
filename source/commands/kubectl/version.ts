import {versionInfo} from '../../api/http/version.js';
import {failure} from './failure.js';
import {toJson} from './output/json-print.js';
import {toYaml} from './output/yaml-print.js';
import type {Verb} from './verb.js';

const kustomizeVersion = 'v5.6.0';
const {emulationMajor: _a, emulationMinor: _b, minCompatibilityMajor: _c, minCompatibilityMinor: _d, ...clientVersion} = versionInfo;

const version: Verb = {
	name: 'version',
	summary: 'Print the client and server version information',
	group: 'Other Commands:',
	usage: 'version [flags]',
	flags: [
		['client', 'bool', 'false'],
		['output', 'string', '', 'o'],
	],
	*run({flags, session, args}) {
		const output = flags.string('output');
		if (args.length > 0) throw failure(`extra arguments: [${args.join(' ')}]`);
		if (output !== '' && output !== 'yaml' && output !== 'json') throw failure("--output must be 'yaml' or 'json'");
		const client = flags.bool('client');
		let problem: unknown;
		if (!client) {
			try {
				void session.api;
			} catch (error) {
				problem = error;
			}
		}

		const server = !client && problem === undefined;
		const info = {clientVersion, kustomizeVersion, ...(server && {serverVersion: versionInfo})};
		if (output === 'json') session.out(`${toJson(info, false)}\n`);
		else if (output === 'yaml') session.out(`${toYaml(info)}\n`);
		else
			session.out(
				`Client Version: ${versionInfo.gitVersion}\nKustomize Version: ${kustomizeVersion}\n${server ? `Server Version: ${versionInfo.gitVersion}\n` : ''}`,
			);
		if (problem !== undefined) throw problem;
		return 0;
	},
};

export default version;
