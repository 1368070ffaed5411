import type {Image} from '../../node/image/image.js';
import {debianSlimTools, mirrors, osRelease} from '../base/tools.js';
import {httpDate} from '../http/answer.js';
import {webServer} from './web-server.js';

/** A million square roots for each request, on the processor of the classroom. */
const answerMs = 42;
const answerMicros = 36_000;

const script = '<?php\n$x = 0.0001;\nfor ($i = 0; $i <= 1000000; $i++) {\n\t$x += sqrt($x);\n}\necho "OK!";\n?>\n';

/** Apache with a page that makes work: what autoscalers are tried with. */
export const phpApache = {
	...webServer({
		name: 'apache2-foreground',
		port: () => 80,
		terminated: 0,
		greeting: ({machine}) =>
			`AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${machine.hostname}. Set the 'ServerName' directive globally to suppress this message`,
		answer({machine}, request) {
			const nowMs = machine.sim.clock.now();
			const isPage = request.path === '/' || request.path === '/index.php';
			const body = isPage
				? 'OK!'
				: `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL ${request.path} was not found on this server.</p>\n<hr>\n<address>Apache/2.4.10 (Debian) Server at ${request.headers['host'] ?? ''} Port 80</address>\n</body></html>\n`;
			return {
				status: isPage ? 200 : 404,
				statusText: isPage ? 'OK' : 'Not Found',
				headers: [
					['Date', httpDate(nowMs)],
					['Server', 'Apache/2.4.10 (Debian)'],
					...(isPage ? [['X-Powered-By', 'PHP/5.6.14'] as const] : []),
					['Content-Length', String(body.length)],
					['Content-Type', isPage ? 'text/html; charset=UTF-8' : 'text/html; charset=iso-8859-1'],
				],
				body,
				delayMs: isPage ? answerMs : 1,
			};
		},
	}),
	answerMicros,
};

export default {
	repository: 'registry.k8s.io/hpa-example',
	aliases: ['k8s.gcr.io/hpa-example', ...mirrors('hpa-example')],
	tags: {
		latest: {
			sizeBytes: 187_622_193,
			entrypoint: [],
			command: ['apache2-foreground'],
			workingDir: '/var/www/html',
			ports: ['80/tcp'],
			files: {'/var/www/html/index.php': script, '/etc/os-release': osRelease.debian},
		},
	},
	program: phpApache,
	tools: [...debianSlimTools, 'curl', '/usr/local/bin/apache2-foreground'],
} satisfies Image;
