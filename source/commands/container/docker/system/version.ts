import {kernelRelease} from '../../../../os/rhel/kernel.js';
import {noDaemon} from '../daemon.js';
import {failure} from '../failure.js';
import {fill} from '../format.js';
import type {Verb} from '../verb.js';

const client = {
	Version: '28.1.1',
	ApiVersion: '1.49',
	DefaultAPIVersion: '1.49',
	GitCommit: '4eba377',
	GoVersion: 'go1.23.8',
	Os: 'linux',
	Arch: 'amd64',
	BuildTime: 'Fri Apr 18 09:54:03 2025',
	Context: 'default',
};
const components = [
	['containerd', '1.7.27', '05044ec0a9a75232cad458027ca83437aae3f4da'],
	['runc', '1.2.5', 'v1.2.5-0-g59923ef'],
	['docker-init', '0.19.0', 'de40ad0'],
] as const;
const server = {
	Platform: {Name: 'Docker Engine - Community'},
	Version: '28.1.1',
	ApiVersion: '1.49',
	MinAPIVersion: '1.24',
	GitCommit: '01f442b',
	GoVersion: 'go1.23.8',
	Os: 'linux',
	Arch: 'amd64',
	KernelVersion: kernelRelease,
	BuildTime: 'Fri Apr 18 09:52:08 2025',
	Components: components.map(([Name, Version, GitCommit]) => ({Name, Version, Details: {GitCommit}})),
};

const row = (name: string, value: string) => ` ${`${name}:`.padEnd(18)}${value}\n`;
const inner = (name: string, value: string) => `  ${`${name}:`.padEnd(17)}${value}\n`;

const clientText =
	'Client: Docker Engine - Community\n' +
	row('Version', client.Version) +
	row('API version', client.ApiVersion) +
	row('Go version', client.GoVersion) +
	row('Git commit', client.GitCommit) +
	row('Built', client.BuildTime) +
	row('OS/Arch', 'linux/amd64') +
	row('Context', client.Context);
const serverText =
	'\nServer: Docker Engine - Community\n Engine:\n' +
	inner('Version', server.Version) +
	inner('API version', `${server.ApiVersion} (minimum version ${server.MinAPIVersion})`) +
	inner('Go version', server.GoVersion) +
	inner('Git commit', server.GitCommit) +
	inner('Built', server.BuildTime) +
	inner('OS/Arch', 'linux/amd64') +
	inner('Experimental', 'false') +
	components.map(([name, version, commit]) => ` ${name}:\n${inner('Version', version)}${inner('GitCommit', commit)}`).join('');

export const version: Verb = {
	name: 'version',
	summary: 'Show the Docker version information',
	usage: '[OPTIONS]',
	options: [['format', 'string', 'f']],
	arguments: [0, 0],
	offline: true,
	*run({values, engine, out}) {
		const format = values.string('format');
		const data = {Client: client, Server: engine ? server : null};
		if (format === 'json') out(`${JSON.stringify(data)}\n`);
		else if (format) out(`${fill(format, data)}\n`);
		else out(clientText + (engine ? serverText : ''));
		if (!engine) throw failure(noDaemon);
		return 0;
	},
};
