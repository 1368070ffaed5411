import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, osRelease} from '../../base/tools.js';
import {nginxFiles} from '../../nginx/image-files.js';
import {nginx} from '../../nginx/program.js';
import {goAnswer} from '../go/answer.js';
import {webServer} from '../web-server.js';

const hello = webServer({
	name: 'hello-go',
	port: () => 80,
	answer: ({machine}) => goAnswer(machine.sim.clock.now(), '{"message":"Hello"}\n', {headers: [['Content-Type', 'application/json']]}),
	terminated: 2,
});

const frontend = `upstream Backend {
    server hello;
}

server {
    listen 80;

    location / {
        proxy_pass http://Backend;
    }
}
`;

const nginxMinor = 14;

/** The two tiers of "Connect a Frontend to a Backend Using Services": the frontend asks the Service `hello`. */
export default [
	{
		repository: 'gcr.io/google-samples/hello-go-gke',
		tags: tagsOf({'1.0': 4.1}, () => ({entrypoint: [], command: ['/hello-go'], ports: ['80/tcp'], files: {}})),
		program: hello,
		tools: [],
	},
	{
		repository: 'gcr.io/google-samples/hello-frontend',
		tags: tagsOf({'1.0': 42.5}, () => ({
			entrypoint: [],
			command: ['nginx', '-g', 'daemon off;'],
			env: {NGINX_VERSION: '1.14.2-1~stretch'},
			ports: ['80/tcp'],
			files: {...nginxFiles(nginxMinor), '/etc/nginx/conf.d/default.conf': frontend, '/etc/os-release': osRelease.debian},
		})),
		program: nginx,
		tools: [...debianSlimTools, '/usr/sbin/nginx'],
	},
] satisfies readonly Image[];
