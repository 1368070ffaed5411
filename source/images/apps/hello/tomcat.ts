import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {FileError} from '../../../os/files.js';
import {join, normalise} from '../../../os/layer.js';
import {strftime} from '../../../sim/strftime.js';
import {type HttpAnswer, httpDate, type HttpRequest, lengthOf} from '../../http/answer.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, mirrors, osRelease} from '../../base/tools.js';
import {mimeTypes} from '../../nginx/content/mime-types.js';
import {webServer} from '../web-server.js';

const home = '/usr/local/tomcat';

const missing = (path: string, version: string): string =>
	`<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head><body><h1>HTTP Status 404 – Not Found</h1><hr class="line" /><p><b>Type</b> Status Report</p><p><b>Message</b> The requested resource [${path}] is not available</p><p><b>Description</b> The origin server did not find a current representation for the target resource or is not willing to disclose that one exists.</p><hr class="line" /><h3>Apache Tomcat/${version}</h3></body></html>`;

const versionOf = ({env}: ProgramContext): string => env['TOMCAT_VERSION'] ?? '10.1.41';

/** The web application `ROOT` is that of `/`; since 8.5 the image has none. */
function page({machine: {files}}: ProgramContext, path: string): {text: string; type: string} | undefined {
	const [, first = '', ...rest] = path.split('/');
	const apps = `${home}/webapps`;
	const [app, inner] = first !== '' && files.exists(`${apps}/${first}`) ? [first, rest.join('/')] : ['ROOT', path.slice(1)];
	try {
		let file = normalise(`${apps}/${app}/${inner}`);
		if (files.stat(file).type === 'folder')
			file = ['index.html', 'index.htm', 'index.jsp'].map(name => join(file, name)).find(each => files.exists(each)) ?? file;
		const type = mimeTypes[/\.([^./]+)$/.exec(file)?.[1] ?? ''] ?? 'text/html';
		return {text: files.readText(file), type: file.endsWith('.jsp') ? 'text/html;charset=UTF-8' : type};
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return undefined;
	}
}

function answer(context: ProgramContext, {path}: HttpRequest): HttpAnswer {
	const found = page(context, path);
	const body = found?.text ?? missing(path, versionOf(context));
	return {
		status: found ? 200 : 404,
		statusText: '',
		headers: [
			['Content-Type', found?.type ?? 'text/html;charset=utf-8'],
			...(found ? [] : [['Content-Language', 'en'] as const]),
			['Content-Length', lengthOf(body)],
			['Date', httpDate(context.machine.sim.clock.now())],
		],
		body,
	};
}

const tomcat = webServer({
	name: 'catalina.sh',
	port: () => 8080,
	greeting(context) {
		const ms = context.machine.sim.clock.now();
		const line = (text: string) => `${strftime('%d-%b-%Y %H:%M:%S', ms)}.${String(ms % 1000).padStart(3, '0')} INFO [main] ${text}`;
		const version = versionOf(context);
		return [
			line(`org.apache.catalina.startup.VersionLoggerListener.log Server version name:   Apache Tomcat/${version}`),
			line(`org.apache.catalina.startup.VersionLoggerListener.log CATALINA_HOME:         ${home}`),
			line('org.apache.coyote.AbstractProtocol.init Initializing ProtocolHandler ["http-nio-8080"]'),
			line('org.apache.catalina.startup.Catalina.load Server initialization in [438] milliseconds'),
			line('org.apache.catalina.core.StandardService.startInternal Starting service [Catalina]'),
			line(`org.apache.catalina.core.StandardEngine.startInternal Starting Servlet engine: [Apache Tomcat/${version}]`),
			line('org.apache.coyote.AbstractProtocol.start Starting ProtocolHandler ["http-nio-8080"]'),
			line('org.apache.catalina.startup.Catalina.start Server startup in [73] milliseconds'),
		].join('\n');
	},
	answer,
});

const versions: Readonly<Record<string, string>> = {
	latest: '11.0.7',
	'11': '11.0.7',
	'11.0': '11.0.7',
	'10': '10.1.41',
	'10.1': '10.1.41',
	'9': '9.0.105',
	'9.0': '9.0.105',
	'8': '8.5.100',
	'8.5': '8.5.100',
	'8.0': '8.0.53',
	'7': '7.0.109',
};

export default {
	repository: 'docker.io/library/tomcat',
	aliases: mirrors('tomcat'),
	tags: tagsOf(Object.fromEntries(Object.keys(versions).map(tag => [tag, 188])), tag => ({
		entrypoint: [],
		command: ['catalina.sh', 'run'],
		env: {
			CATALINA_HOME: home,
			PATH: `${home}/bin:/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
			JAVA_HOME: '/opt/java/openjdk',
			TOMCAT_VERSION: versions[tag]!,
		},
		workingDir: home,
		ports: ['8080/tcp'],
		files: {
			[`${home}/webapps`]: {folder: true},
			[`${home}/webapps.dist/ROOT/index.jsp`]: `<!DOCTYPE html>\n<html lang="en"><head><title>Apache Tomcat/${versions[tag]}</title></head><body>If you're seeing this, you've successfully installed Tomcat. Congratulations!</body></html>\n`,
			[`${home}/bin/catalina.sh`]: {text: '\u007fELF catalina.sh\n', mode: 0o755},
			'/etc/os-release': osRelease.ubuntu('24.04'),
		},
	})),
	program: tomcat,
	tools: [...debianSlimTools, 'curl'],
} satisfies Image;
