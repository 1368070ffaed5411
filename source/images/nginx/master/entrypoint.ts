import type {ProgramContext} from '../../../node/program/program.js';
import {FileError, type Files} from '../../../os/files.js';
import {baseName} from '../../../node/image/image-tree.js';
import {safePattern} from '../config/find-location.js';

/** What one script of /docker-entrypoint.d says and does. */
type Part = (context: ProgramContext, say: (text: string) => void) => void;

const folder = '/docker-entrypoint.d';
const script = '/docker-entrypoint.sh';
const own = '10-listen-on-ipv6-by-default.sh';
const serverPath = '/etc/nginx/conf.d/default.conf';

/**
 * What the official image's entry point does before it becomes nginx: it runs the scripts of /docker-entrypoint.d, in the order of
 * their names. Those of the image are known here, a learner's own are run. Gives the status of one that failed.
 */
export function runEntrypoint(context: ProgramContext): number {
	const {machine, env} = context;
	const quiet = Boolean(env['NGINX_ENTRYPOINT_QUIET_LOGS']);
	const say = (text: string) => void (quiet || context.log(text));
	const names = scriptsIn(machine.files);
	if (names.length === 0) {
		say(`${script}: No files found in ${folder}/, skipping configuration`);
		return 0;
	}

	say(`${script}: ${folder}/ is not empty, will attempt to perform configuration`);
	say(`${script}: Looking for shell scripts in ${folder}/`);
	for (const name of names) {
		const status = runScript(context, `${folder}/${name}`, say);
		if (status !== 0) return status;
	}

	say(`${script}: Configuration complete; ready for start up`);
	return 0;
}

function scriptsIn(files: Files): readonly string[] {
	try {
		return files.list(folder).filter(name => files.stat(`${folder}/${name}`).type === 'file');
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return [];
	}
}

function runScript(context: ProgramContext, path: string, say: (text: string) => void): number {
	const {machine} = context;
	const sourced = path.endsWith('.envsh');
	if (!sourced && !path.endsWith('.sh')) say(`${script}: Ignoring ${path}`);
	else if ((machine.files.stat(path).mode & 0o111) === 0) say(`${script}: Ignoring ${path}, not executable`);
	else {
		say(`${script}: ${sourced ? 'Sourcing' : 'Launching'} ${path}`);
		const known = parts[baseName(path)];
		if (!known) return runOwn(context, path);
		known(context, text => say(`${baseName(path)}: ${text}`));
	}

	return 0;
}

function runOwn({machine, log}: ProgramContext, path: string): number {
	const {stdout, stderr, exitCode} = machine.world.runtime(machine.host).execNow(machine.container, ['sh', path]);
	if (stdout) log(stdout.replace(/\n$/, ''));
	if (stderr) log(stderr.replace(/\n$/, ''), 'stderr');
	return exitCode;
}

const parts: Readonly<Record<string, Part>> = {
	[own]({machine: {files}}, say) {
		if (!files.exists(serverPath)) return say(`info: ${serverPath} is not a file or does not exist`);
		const text = files.readText(serverPath);
		try {
			files.write(serverPath, '', {append: true});
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			return say(`info: can not modify ${serverPath} (read-only file system?)`);
		}

		if (/listen {2}\[::]:80;/.test(text)) return say('info: IPv6 listen already enabled');
		say(`info: Getting the checksum of ${serverPath}`);
		if (text !== packagedServer) return say(`info: ${serverPath} differs from the packaged version`);
		files.write(serverPath, text.replace('listen       80;', 'listen       80;\n    listen  [::]:80;'));
		say(`info: Enabled listen on IPv6 in ${serverPath}`);
	},
	'15-local-resolvers.envsh': () => {},
	'20-envsubst-on-templates.sh': substituteTemplates,
	'30-tune-worker-processes.sh': () => {},
};

/** Each `*.template` becomes a file beside the servers, with the variables that are set. */
function substituteTemplates({machine: {files}, env}: ProgramContext, say: (text: string) => void): void {
	const from = env['NGINX_ENVSUBST_TEMPLATE_DIR'] || '/etc/nginx/templates';
	const suffix = env['NGINX_ENVSUBST_TEMPLATE_SUFFIX'] || '.template';
	const to = env['NGINX_ENVSUBST_OUTPUT_DIR'] || '/etc/nginx/conf.d';
	const wanted = safePattern(env['NGINX_ENVSUBST_FILTER'] ?? '', false);
	if (!files.exists(from)) return;
	for (const name of templates(files, from, suffix)) {
		const target = `${to}/${name.slice(0, -suffix.length)}`;
		say(`Running envsubst on ${from}/${name} to ${target}`);
		const text = files.readText(`${from}/${name}`).replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced?: string, bare?: string) => {
			const variable = (braced ?? bare)!;
			return wanted.test(variable) ? (env[variable] ?? all) : all;
		});
		try {
			files.makeFolder(target.slice(0, target.lastIndexOf('/')), {recursive: true});
			files.write(target, text);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			say(`ERROR: ${from} exists, but ${to} is not writable`);
			return;
		}
	}
}

/** Files below a folder, as paths relative to it. */
function templates(files: Files, top: string, suffix: string, below = ''): string[] {
	return files.list(`${top}/${below}`).flatMap(name => {
		if (name.startsWith('..')) return [];
		const {type} = files.stat(`${top}/${below}${name}`);
		if (type === 'folder') return templates(files, top, suffix, `${below}${name}/`);
		return name.endsWith(suffix) ? [`${below}${name}`] : [];
	});
}

/** conf.d/default.conf as the package brings it. */
export const packagedServer = `server {
    listen       80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # redirect server error pages to the static page /50x.html
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const stub = (purpose: string) => ({text: `#!/bin/sh\n# ${purpose}\n`, mode: 0o775});

/** The entry point and its scripts, as files of the image. */
export const entrypointFiles = {
	[script]: stub('Runs what lies in /docker-entrypoint.d, then the command'),
	[`${folder}/${own}`]: stub('Lets the default server listen on IPv6, too'),
	[`${folder}/15-local-resolvers.envsh`]: stub('Exports the resolvers of /etc/resolv.conf when it is asked to'),
	[`${folder}/20-envsubst-on-templates.sh`]: stub('Fills in the templates of /etc/nginx/templates'),
	[`${folder}/30-tune-worker-processes.sh`]: stub('Counts the processors when it is asked to'),
};
