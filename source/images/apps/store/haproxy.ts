import type {Image} from '../../../node/image/image.js';
import type {Program} from '../../../node/program/program.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, mirrors, osRelease} from '../../base/tools.js';
import {refuse} from '../interpreter.js';
import {released, versionIn} from '../version.js';

const executable = '/usr/local/sbin/haproxy';

/** HAProxy without a configuration ends as the real one does; what a configuration says is not simulated. */
const haproxy: Program = {
	name: 'haproxy',
	start(context) {
		const {argv, machine} = context;
		const path = argv[argv.indexOf('-f') + 1] ?? '';
		const version = versionIn(machine, executable, '3.1.7');
		if (argv.includes('-v') || argv.includes('-vv')) {
			context.log(`HAProxy version ${version} 2025/04/17 - https://haproxy.org/`);
			return context.exit(0);
		}

		if (argv.includes('-f') && machine.files.exists(path)) return refuse(context, 'a configuration of haproxy');
		context.log(
			`[NOTICE]   (1) : haproxy version is ${version}\n[NOTICE]   (1) : path to executable is ${executable}\n[ALERT]    (1) : config : Cannot open configuration file/directory ${path} : No such file or directory`,
			'stderr',
		);
		context.exit(1);
	},
};

const versions: Readonly<Record<string, string>> = {
	latest: '3.1.7',
	lts: '3.0.10',
	'3.1': '3.1.7',
	'3.0': '3.0.10',
	'2.9': '2.9.15',
	'2.8': '2.8.15',
	'2.6': '2.6.22',
	'2.4': '2.4.28',
	alpine: '3.1.7',
	'2.8-alpine': '2.8.15',
};

export default {
	repository: 'docker.io/library/haproxy',
	aliases: mirrors('haproxy'),
	tags: tagsOf(Object.fromEntries(Object.keys(versions).map(tag => [tag, tag.includes('alpine') ? 13 : 42])), tag => ({
		entrypoint: ['docker-entrypoint.sh'],
		wordsGoTo: 'haproxy',
		command: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
		env: {HAPROXY_VERSION: versions[tag]!},
		stopSignal: 'SIGUSR1',
		user: 'haproxy',
		files: {
			'/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nhaproxy:x:99:99::/var/lib/haproxy:/bin/false\n',
			'/usr/local/etc/haproxy': {folder: true},
			'/usr/local/bin/docker-entrypoint.sh': {text: '#!/bin/sh\nexec "$@"\n', mode: 0o755},
			'/etc/os-release': osRelease.debian,
			...released(executable, versions[tag]!),
		},
	})),
	program: haproxy,
	tools: debianSlimTools,
} satisfies Image;
